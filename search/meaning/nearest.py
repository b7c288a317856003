"""The nearest documents to a question, exactly: every vector is compared.

Each process keeps the matrix of all vectors (30 MB for 20,000 documents) and reads anew only what has
changed, which one small query a second tells. Where there are more documents than that is good for, the
database engine finds by words alone.
"""

import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Count, QuerySet, Sum

from search.meaning.space import Space, space
from search.meaning.vectors import read
from search.models import SearchVector

LIMITS = {"postgresql": 20_000, "sqlite": 2_000}  # documents
MOST = 50
# What is less than so much as near as the nearest has no part in the answer.
BESIDE_THE_BEST = 0.65
# A term's vector is the mean of many, which is more like everything than each of them is.
MEAN_OF_MANY = 1.2
AT_ONCE = 500
TRUSTED = 1.0  # seconds that the matrix is used without asking what was written


@dataclass(frozen=True)
class Row:
    """What is known of a vector's document."""

    stamp: int
    language: str
    item: UUID


class Matrix:
    """All vectors of a space, one a row, and the documents that they are of."""

    def __init__(self, state: tuple[int, int], rows: dict[int, Row], vectors: np.ndarray):
        self.state, self.rows, self.vectors = state, rows, vectors
        self.documents = np.fromiter(rows, dtype=np.int64, count=len(rows))
        self.codes, self.languages = numbered(row.language for row in rows.values())
        _items, self.items = numbered(row.item for row in rows.values())


def numbered(values: Iterable[Hashable]) -> tuple[dict[Hashable, int], np.ndarray]:
    """A number for each different value, and the numbers in the order of the values."""
    numbers: dict[Hashable, int] = {}
    found = [numbers.setdefault(value, len(numbers)) for value in values]
    return numbers, np.array(found, dtype=np.int32)


_matrices: dict[tuple[str, str], tuple[Matrix | None, float]] = {}
_lock = Lock()


def limit() -> int:
    return LIMITS.get(connection.vendor, 0)


def nearest(
    question: np.ndarray, languages: Sequence[str], others: Sequence[str]
) -> tuple[list[int], list[int]]:
    """Documents near to a question, the nearest first: at most 50 in the languages, 50 in the others.

    An item is as near as the nearest of its versions, and stands in the first of the languages that it
    has: the Latvian version of what a Latvian question finds best in Finnish.
    """
    here = space()
    matrix = here and current(here)
    if not matrix or question.shape != matrix.vectors.shape[1:]:
        return [], []
    order = {code: place for place, code in enumerate((*languages, *others))}
    preference = np.array([order.get(code, len(order)) for code in matrix.codes])[matrix.languages]
    alike = matrix.vectors @ question
    alike[preference == len(order)] = -1
    least = max(here.threshold, BESIDE_THE_BEST * float(alike.max()))
    near = np.isin(matrix.items, matrix.items[alike >= least]) & (preference < len(order))
    best: dict[int, tuple] = {}  # item: how near, and its first version
    for row in np.flatnonzero(near).tolist():
        version = int(preference[row]), int(matrix.documents[row])
        known = best.get(matrix.items[row], (-1.0, version))
        best[matrix.items[row]] = max(known[0], float(alike[row])), min(known[1], version)
    ranked = sorted(best.values(), key=lambda found: (-found[0], found[1]))
    own = [document for _, (place, document) in ranked if place < len(languages)]
    foreign = [document for _, (place, document) in ranked if place >= len(languages)]
    return own[:MOST], foreign[:MOST]


def nearest_terms(question: np.ndarray | None) -> list[str]:
    """Codes of terms of the glossary near to a question, the nearest first; none without a vector."""
    here = space()
    known = here and here.freedom
    if question is None or not known or known.meanings is None:
        return []
    if question.shape != known.meanings.shape[1:]:
        return []
    alike = known.meanings @ question
    least = max(MEAN_OF_MANY * known.threshold, BESIDE_THE_BEST * float(alike.max()))
    return [known.terms[place] for place in np.argsort(-alike) if alike[place] >= least]


def current(here: Space) -> Matrix | None:
    """The matrix as the rows were a second ago at most; None if there are none, or more than the limit."""
    key = connection.settings_dict["NAME"], here.name
    now = time.monotonic()
    with _lock:
        matrix, checked = _matrices.get(key, (None, -TRUSTED))
        if now - checked >= TRUSTED:
            matrix = brought_up_to_date(matrix, here.name)
            _matrices[key] = matrix, now
    return matrix


def brought_up_to_date(matrix: Matrix | None, model: str) -> Matrix | None:
    """The same matrix where nothing was written, which one query tells."""
    vectors = SearchVector.objects.filter(model=model)
    counted = vectors.aggregate(number=Count("pk"), sum=Sum("stamp"))
    state = counted["number"], counted["sum"] or 0
    if not 0 < state[0] <= limit():
        return None
    if matrix and matrix.state == state:
        return matrix
    return changed(matrix, vectors, state)


def changed(matrix: Matrix | None, vectors: QuerySet, state: tuple[int, int]) -> Matrix | None:
    """The matrix with what was written since, without what is gone; None if nothing is left."""
    known = matrix.rows if matrix else {}
    stamps = dict(vectors.values_list("pk", "stamp"))
    rows = {pk: row for pk, row in known.items() if stamps.get(pk) == row.stamp}
    parts = []
    if rows:
        parts.append(matrix.vectors[[pk in rows for pk in known]])
    columns = "pk", "stamp", "document__language", "document__translation_key", "vector"
    written = [pk for pk in stamps if pk not in rows]
    pieces = [written[start : start + AT_ONCE] for start in range(0, len(written), AT_ONCE)]
    for wanted in [vectors.filter(pk__in=piece) for piece in pieces] if rows else [vectors]:
        found = list(wanted.values_list(*columns))
        rows |= {pk: Row(*about) for pk, *about, _vector in found}
        parts.append(np.array([read(one[-1]) for one in found], dtype=np.float32))
    parts = [part for part in parts if len(part)]
    return Matrix(state, rows, np.concatenate(parts)) if parts else None
