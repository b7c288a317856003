"""A row as Elasticsearch takes it in."""

from search.elastic.indexes import TEXTS
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
    return made


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
