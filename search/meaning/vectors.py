"""The vectors of documents: made in the background, again when the text or the model changes."""

from collections.abc import Sequence
from hashlib import sha256
from secrets import randbelow

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet

from search import versions
from search.engine import Key, engine
from search.meaning.space import LONGEST_TEXT, Space
from search.models import SearchDocument, SearchVector

STORED = np.float16


def source(document: SearchDocument) -> str:
    """Stands for the text that a vector is made from."""
    return sha256("\0".join((document.title, text(document))).encode()).hexdigest()[:32]


def text(document: SearchDocument) -> str:
    return f"{document.summary} {document.body[:LONGEST_TEXT]}".strip()[:LONGEST_TEXT]


def missing(space: Space) -> QuerySet[SearchDocument]:
    """Documents without a vector of their present text in this space."""
    outdated = Q(meaning=None) | Q(meaning__source="") | ~Q(meaning__model=space.name)
    return SearchDocument.objects.filter(outdated).order_by("pk")


def outdate(document: SearchDocument) -> None:
    """Has the vector made again if the text has changed; until then the old one serves."""
    old = SearchVector.objects.filter(document=document).exclude(source=source(document))
    old.update(source="")


def make(space: Space, documents: Sequence[SearchDocument]) -> None:
    """Makes the vectors of documents, and hands those to the engine whose text has not changed meanwhile."""
    made = space.documents([(one.title, text(one)) for one in documents])
    made_of = {one.pk: source(one) for one in documents}
    vectors = dict(zip(made_of, made.astype(STORED), strict=True))
    with transaction.atomic():
        # Turns before rows, and in one order, as everybody takes them; a vector is news to an engine elsewhere.
        keys = {one.pk: Key(str(one.translation_key), one.language) for one in documents}
        numbers = {pk: versions.take(keys[pk]) for pk in sorted(keys, key=lambda pk: str(keys[pk]))}
        present = SearchDocument.objects.select_for_update().filter(pk__in=made_of).order_by("pk")
        unchanged = [one for one in present if source(one) == made_of[one.pk]]
        rows = [
            SearchVector(
                document=one,
                model=space.name,
                source=made_of[one.pk],
                vector=vectors[one.pk].tobytes(),
                stamp=randbelow(2**31),
            )
            for one in unchanged
        ]
        SearchVector.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["document"],
            update_fields=["model", "source", "vector", "stamp"],
        )
        for one in unchanged:
            one.version = numbers[one.pk]
            SearchDocument.objects.filter(pk=one.pk).update(version=one.version)
        engine().index(unchanged)


def read(stored: bytes) -> np.ndarray:
    """A stored vector as numbers."""
    return np.frombuffer(stored, dtype=STORED)
