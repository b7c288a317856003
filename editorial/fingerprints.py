"""How the editorial workflow knows that a text is still the one that was reviewed."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder


def digest(revision) -> str:
    """The fingerprint of a stored revision's content.

    It covers everything that publishing would write; equal content gives equal fingerprints
    whatever the order of its keys.
    """
    content = json.dumps(
        revision.content, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False
    )
    return hashlib.sha256(content.encode()).hexdigest()
