"""Which items mean about the same as an item, whatever the languages of both."""

from uuid import UUID

import numpy as np

from core import meaning
from search.meaning.nearest import current
from search.meaning.space import space

MOST = 500


@meaning.told_by
def alike(key: UUID) -> dict[str, float]:
    """The nearest items, at most 500: 0 for what has nothing to do with it, 1 for the same text.

    Two items are as near as the nearest of their versions. None without vectors.
    """
    here = space()
    matrix = here and current(here)
    if not matrix:
        return {}
    items = list(dict.fromkeys(row.item for row in matrix.rows.values()))
    own = matrix.items == (items.index(key) if key in items else -1)
    if not own.any():
        return {}
    versions = (matrix.vectors @ matrix.vectors[own].T).max(axis=1)
    nearness = np.zeros(len(items), dtype=np.float32)
    np.maximum.at(nearness, matrix.items, versions)
    nearness = (nearness - here.threshold) / (1 - here.threshold)
    nearest = np.argsort(-nearness, kind="stable")[: MOST + 1].tolist()
    return {
        str(items[place]): min(float(nearness[place]), 1.0)
        for place in nearest
        if nearness[place] > 0 and items[place] != key
    }
