"""What is near in meaning beside what has the words, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.database.dialects import Statement
from search.engine import Query
from search.meaning.fusion import FIRST, K
from search.meaning.nearest import nearest

# Each earns by its place in either list, an item what the best of its versions earns there. The billionths
# put words first among equals, and keep the order of what stands beyond the first hundred.
FUSED = """
WITH placed AS MATERIALIZED (
    SELECT by_words.*, {elsewhere} AS elsewhere, ROW_NUMBER() OVER (
        PARTITION BY {elsewhere}, CASE WHEN {passed} THEN 0 ELSE 1 END
        ORDER BY score DESC, CASE WHEN published IS NULL THEN 1 ELSE 0 END, published DESC, id
    ) AS place FROM ({words}) AS by_words
), near(id, place) AS (
    VALUES {places}
), meant AS MATERIALIZED (
    SELECT found.*, {elsewhere} AS elsewhere, {passed} AS passed FROM (
        SELECT d.id, d.translation_key, d.language, {columns}, {preference} AS preference, near.place
        FROM near JOIN search_searchdocument d ON d.id = near.id
    ) AS found
), best AS (
    SELECT translation_key, elsewhere, MIN(place) AS place FROM placed
    WHERE place <= {first} AND {passed} GROUP BY translation_key, elsewhere
)
SELECT placed.id, placed.translation_key, placed.language, {names}, placed.preference,
       CASE WHEN placed.place <= {first} THEN {weight} / ({k} + placed.place) ELSE 0.0 END
       + 0.0000000001 / placed.place + COALESCE(1.0 / ({k} + meant.place), 0.0) AS score,
       by_meaning
FROM placed LEFT JOIN meant
ON meant.translation_key = placed.translation_key AND meant.elsewhere = placed.elsewhere AND meant.passed
UNION ALL
SELECT meant.id, meant.translation_key, meant.language, {names_meant}, meant.preference,
       COALESCE({weight} / ({k} + best.place), 0.0) + 1.0 / ({k} + meant.place), 1
FROM meant LEFT JOIN best
ON best.translation_key = meant.translation_key AND best.elsewhere = meant.elsewhere
WHERE meant.id NOT IN (SELECT id FROM placed)
"""


@dataclass(frozen=True)
class Meant:
    """Documents near to a question, those in the chosen languages and those in others."""

    own: Sequence[int] = ()
    others: Sequence[int] = ()

    def __bool__(self) -> bool:
        return bool(self.own or self.others)


def meant(query: Query) -> Meant:
    """What is near to a question, if it has a vector."""
    if query.vector is None:
        return Meant()
    return Meant(*nearest(query.vector, query.languages, query.other_languages))


def with_meaning(
    words: Statement,
    query: Query,
    meant: Meant,
    columns: Statement,
    flags: list[str],
    weight: float,
) -> Statement:
    """A statement that finds by words, with what is near beside.

    `columns` are those of a document that it has beside its key and score, of which the `flags` tell
    which filters it does not pass. `weight` is what words count beside meaning.
    """
    sql, params = words
    known = [*query.languages, *query.other_languages]
    whens = " ".join(["WHEN %s THEN %s"] * len(known))
    preferences = [value for place, code in enumerate(known) for value in (code, place)]
    placed = [pair for group in (meant.own, meant.others) for pair in enumerate(group, start=1)]
    names = ["published", "distance", "codes", *flags]
    statement = FUSED.format(
        words=sql,
        columns=columns[0],
        preference=f"CASE d.language {whens} END",
        elsewhere=f"CASE WHEN preference < {len(query.languages)} THEN 0 ELSE 1 END",
        passed=f"({' + '.join(['0', *flags])}) = 0",
        names=", ".join(f"placed.{name}" for name in names),
        names_meant=", ".join(f"meant.{name}" for name in names),
        places=", ".join(["(%s, %s)"] * len(placed)),
        k=K,
        first=FIRST,
        weight=weight,
    )
    pairs = [value for place, document in placed for value in (document, place)]
    return statement, [*params, *pairs, *columns[1], *preferences]
