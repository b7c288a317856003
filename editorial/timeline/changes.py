"""Which fields changed from one version to the next, by their names."""

import json

from django.core.exceptions import FieldDoesNotExist
from wagtail.fields import StreamField

from editorial.differences import as_read
from editorial.gate.guards import UNSEEN
from editorial.places import label

# Written by saving and publishing themselves, not by a person.
TECHNICAL = UNSEEN | {
    "id",
    "pk",
    "live",
    "live_revision",
    "first_published_at",
    "last_published_at",
    "approved_go_live_at",
    "expired",
    "content_type",
    "locale",
    "translation_key",
    "alias_of",
    "wagtail_admin_comments",
}


def changed_names(model, before: dict, after: dict) -> list[str]:
    """The labels of the fields that readers or editors would say are different."""
    names = [name for name in after if name not in TECHNICAL and not name.endswith("_ptr")]
    return [
        label(model, name)
        for name in names
        if value(model, name, before.get(name)) != value(model, name, after[name])
    ]


def value(model, name: str, stored):
    """What a field says, without the ids of blocks and the like."""
    try:
        is_stream = isinstance(model._meta.get_field(name), StreamField)
    except FieldDoesNotExist:
        is_stream = False
    if is_stream and isinstance(stored, str):
        stored = json.loads(stored or "[]")
    return as_read(stored)
