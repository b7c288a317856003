"""Titles that have words with given beginnings, from the index that the engine has beside the rows."""

from collections.abc import Sequence

from django.db import connection

from search.database.dialects import DIALECTS, placeholders
from search.models import SearchDocument

# Of an item in several languages the title in the first of them; titles that begin so come first. The
# rest of a row is read for the few that are wanted.
TITLED = """
WITH matched AS MATERIALIZED (
    SELECT d.id, d.translation_key, CASE d.language {whens} END AS preference,
           CASE WHEN d.title_lemmas LIKE %s THEN 0 ELSE 1 END AS later,
           LENGTH(d.title_lemmas) AS size
    {found} AND d.language IN ({languages}) AND d.kind IN ({kinds})
), placed AS (
    SELECT id, preference, later, size, CASE WHEN preference < %s THEN 0 ELSE 1 END AS elsewhere,
           ROW_NUMBER() OVER (PARTITION BY translation_key ORDER BY preference) AS place
    FROM matched
), wanted AS (
    SELECT * FROM placed WHERE place = 1 ORDER BY elsewhere, later, preference, size, id LIMIT %s
)
SELECT d.id, d.language, d.kind, d.title, d.facets, COALESCE(CASE WHEN elsewhere = 1 THEN (
    SELECT own.url FROM search_searchdocument own
    WHERE own.translation_key = d.translation_key AND own.language IN ({chosen})
    ORDER BY CASE own.language {whens} END LIMIT 1
) END, d.url) AS url
FROM wanted JOIN search_searchdocument d ON d.id = wanted.id
ORDER BY elsewhere, later, preference, size, wanted.id
"""


def titled(
    beginnings: Sequence[str],
    languages: Sequence[str],
    others: Sequence[str],
    kinds: Sequence[str],
    limit: int,
) -> list[SearchDocument]:
    """Documents whose title has a word with each of the beginnings, one for each item.

    The beginnings are folded (`search.text.analysis`). First come the documents in `languages`, then
    those in `others`; of each first those whose title begins with the first beginning, then the short
    ones. The `url` is that of the title's version, or of one in `languages` if there is one.
    """
    order = [*languages, *others]
    found, params = DIALECTS[connection.vendor]().titled(beginnings)
    statement = TITLED.format(
        found=found,
        whens=" ".join(["WHEN %s THEN %s"] * len(order)),
        languages=placeholders(len(order)),
        chosen=placeholders(len(languages)),
        kinds=placeholders(len(kinds)),
    )
    ranks = [value for rank, code in enumerate(order) for value in (code, rank)]
    params = [*ranks, f"{beginnings[0]}%", *params, *order, *kinds, len(languages), limit]
    params += [*languages, *ranks]
    return list(SearchDocument.objects.raw(statement, params))
