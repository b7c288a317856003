"""A row as Elasticsearch takes it in."""

from hashlib import sha256

import numpy as np

from search.elastic.indexes import TEXTS
from search.meaning.vectors import read
from search.models import SearchDocument

LONGEST_TEXT = 200_000  # letters that are stemmed; the lemmas have a limit of their own


def document(row: SearchDocument) -> dict:
    """The document of a row; see the mappings in `search.elastic.indexes`."""
    made = {
        "document": row.pk,
        "version": row.version,
        "translation_key": str(row.translation_key),
        "language": row.language,
        "kind": row.kind,
        "facets": {name: codes(value) for name, value in row.facets.items()},
        "published": row.published and row.published.isoformat(),
        "updated": row.updated and row.updated.isoformat(),
        "day": row.day and row.day.isoformat(),
        "place": place(row),
        "organisation": row.organisation,
    }
    for name in TEXTS:
        # Two values: what stands side by side is read from the lemmas alone.
        made[name] = [getattr(row, f"{name}_lemmas"), getattr(row, f"{name}_words")]
        made[f"{name}_stemmed"] = getattr(row, name)[:LONGEST_TEXT]
    return made | {"vectors": vectors(row)}


def vectors(row: SearchDocument) -> dict[str, list[float]]:
    """The vector of a row under the name of its model; one without direction is like nothing."""
    made = getattr(row, "meaning", None)
    numbers = read(made.vector) if made else np.zeros(1)
    return {field(made.model): numbers.astype(float).round(5).tolist()} if numbers.any() else {}


def field(model: str) -> str:
    """What a model is called inside an index, where vectors of several may lie side by side."""
    return sha256(model.encode()).hexdigest()[:8]


def place(row: SearchDocument) -> dict | None:
    if row.latitude is None or row.longitude is None:
        return None
    return {"lat": row.latitude, "lon": row.longitude}


def codes(value) -> list[str]:
    """The values of a facet as codes.

    >>> codes(["LV", "LT"]), codes(True), codes(4), codes(None)
    (['LV', 'LT'], ['true'], ['4'], [])
    """
    values = value if isinstance(value, list) else [value]
    return [
        str(one).lower() if isinstance(one, bool) else str(one) for one in values if one is not None
    ]
