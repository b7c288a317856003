"""Where files of deals lie: outside of what any address below `MEDIA_URL` reaches."""

import uuid

from django.core.files.storage import Storage, storages


def private() -> Storage:
    """The storage named `private` in the settings; asked for late, so that tests can change it."""
    return storages["private"]


def place_of(attachment, name: str) -> str:
    """A path that tells nothing of the file: its name stands in the database alone."""
    return f"deals/{attachment.message.deal.key}/{uuid.uuid4().hex}"
