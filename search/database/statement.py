"""What the database is asked: one statement finds, counts and ranks."""

from collections.abc import Sized
from itertools import groupby
from math import cos, radians

from django.db import connection

from search.database.dialects import Dialect, Statement, Words
from search.database.meaning import Meant, with_meaning
from search.engine import Hit, Near, Query, Results
from search.meaning.fusion import SOME_WORDS

# `missed` is how many of the filters a document does not pass; `miss_0` … say which. What is counted and
# the hits of one page are the rows of one statement, because to find is dearer than both.
SEARCH = """
WITH placed AS MATERIALIZED (
    SELECT matched.*, MIN(CASE WHEN missed = 0 THEN preference END)
                          OVER (PARTITION BY translation_key) AS best
    FROM (
        SELECT found.*, {missed} AS missed, {missing} AS missing FROM ({found}) AS found
    ) AS matched
), items AS NOT MATERIALIZED (
    SELECT * FROM placed WHERE preference < {chosen} AND missed <= 1
), total(number) AS MATERIALIZED (
    SELECT {items} FROM items WHERE missed = 0
), versions AS NOT MATERIALIZED (
    SELECT id, language, score, by_meaning, published, distance, preference,
           CASE WHEN published IS NULL THEN 1 ELSE 0 END AS undated,
           CASE WHEN distance IS NULL THEN 1 ELSE 0 END AS nowhere
    FROM placed WHERE missed = 0 AND preference = best
), hits AS (
    SELECT * FROM versions WHERE preference < {chosen} ORDER BY {order} LIMIT %s
    OFFSET (SELECT CASE WHEN number > %s THEN %s ELSE (number - 1) / %s * %s END FROM total)
), others AS (
    SELECT * FROM versions WHERE preference >= {chosen} ORDER BY {order} LIMIT %s
)
SELECT '{total}' AS part, '' AS code, number, 0.0 AS score, 0 AS by_meaning, 0 AS place FROM total
UNION ALL
SELECT '{by_words}', '', COUNT(*), 0.0, 0, 0 FROM items WHERE by_meaning = 0
UNION ALL
SELECT '{languages}', language, COUNT(*), 0.0, 0, 0 FROM placed
WHERE missed = 0 AND (preference < {chosen} OR best >= {chosen}) GROUP BY language
UNION ALL
SELECT '{without}', missing, {items}, 0.0, 0, 0 FROM items WHERE missed = 1 GROUP BY missing
UNION ALL
SELECT '{facets}', code, COUNT(*), 0.0, 0, 0 FROM (
    SELECT {distinct} code, translation_key FROM ({coded}) AS coded
    WHERE {counted} AND (missed = 0 OR {missed_here} = 1)
) AS codes GROUP BY code
UNION ALL
SELECT '{hits}', language, id, score, by_meaning, ROW_NUMBER() OVER (ORDER BY {order}) FROM hits
UNION ALL
SELECT '{others}', language, id, score, by_meaning, ROW_NUMBER() OVER (ORDER BY {order}) FROM others
ORDER BY place
"""
PARTS = ("total", "by_words", "languages", "without", "facets", "hits", "others")
ORDERS = {
    "best": "score DESC, undated, published DESC, id",
    "newest": "undated, published DESC, score DESC, id",
    "nearest": "nowhere, distance, score DESC, id",
}

KILOMETRES_A_DEGREE = 111.195  # of latitude


def statement(
    dialect: Dialect, query: Query, words: dict[str, Words], near: Meant, *, every: bool
) -> Statement | None:
    """The statement for what has all words, or any of them; none if there is nothing to ask."""
    conditions = narrowing(dialect, query)
    found, params = matching(dialect, query, words, near, conditions, every=every)
    if not found:
        return None
    flags, several = flags_of(conditions), len(query.languages) > 1
    sql = SEARCH.format(
        found=found,
        chosen=len(query.languages),
        missed=" + ".join(["0", *flags]),
        missing=" ".join(
            ["CASE WHEN 1 = 0 THEN ''", *[f"WHEN {flag} = 1 THEN %s" for flag in flags]]
        )
        + " ELSE '' END",
        missed_here=" + ".join(
            ["0", *[f"CASE WHEN code LIKE %s THEN {flag} ELSE 0 END" for flag in flags]]
        ),
        items="COUNT(DISTINCT translation_key)" if several else "COUNT(*)",
        distinct="DISTINCT" if several else "",
        counted="1 = 1" if query.counted else "1 = 0",
        order=ORDERS["best" if query.sort == "nearest" and not query.near else query.sort],
        coded=dialect.coded,
        **{part: part for part in PARTS},
    )
    page = [query.limit, query.offset, query.offset, query.limit, query.limit, query.other_limit]
    params = [*conditions, *params, *page, *[f"{name}:%" for name in conditions]]
    return sql, params


def narrowing(dialect: Dialect, query: Query) -> dict[str, Statement]:
    """The filters of a question by their names."""
    found = {name: dialect.has(name, codes) for name, codes in query.filters.items()}
    days = (("d.day >= %s", query.since), ("d.day <= %s", query.until))
    if given := [(condition, day) for condition, day in days if day]:
        adapted = [connection.ops.adapt_datefield_value(day) for _condition, day in given]
        found["date"] = " AND ".join(condition for condition, _day in given), adapted
    if query.near:
        distance, params = squared(query.near)
        degrees = query.near.kilometres / KILOMETRES_A_DEGREE
        found["place"] = f"{distance} <= %s", [*params, degrees**2]
    return found


def matching(
    dialect: Dialect,
    query: Query,
    words: dict[str, Words],
    near: Meant,
    conditions: dict[str, Statement],
    *,
    every: bool,
) -> Statement:
    """All documents that match. Documents in other languages must always have every word.

    `miss_0` … of a document tell which of the conditions it does not pass.
    """
    parts, params = [], []
    order = [*query.languages, *query.other_languages]
    distance, before = squared(query.near) if query.near else ("NULL", [])
    flags = flags_of(conditions)
    columns = f"d.published, {distance} AS distance, {dialect.codes}"
    for flag, (condition, values) in zip(flags, conditions.values(), strict=True):
        columns += f", CASE WHEN {condition} THEN 0 ELSE 1 END AS {flag}"
        before += values
    for number, codes in enumerate((query.languages, query.other_languages)):
        asked = sorted((words[code], code) for code in codes if words.get(code))
        for forms, group in groupby(asked, key=lambda pair: pair[0]):
            same = [code for _forms, code in group]
            condition, values = dialect.match(forms, same, every=every or number == 1)
            score, weights = dialect.score(forms)
            whens = " ".join(["WHEN %s THEN %s"] * len(same))
            parts.append(
                f"SELECT d.id, d.translation_key, d.language, {columns},"
                f" CASE d.language {whens} END AS preference, {score} AS score,"
                f" 0 AS by_meaning {condition}"
            )
            params += before
            for code in same:
                params += [code, order.index(code)]
            params += [*weights, *values]
    found = " UNION ALL ".join(parts), params
    if not parts or not near:
        return found
    return with_meaning(
        found,
        query,
        near,
        columns=(columns, before),
        flags=flags,
        weight=1.0 if every else SOME_WORDS,
    )


def flags_of(conditions: Sized) -> list[str]:
    """The columns that say which of some conditions a document does not pass."""
    return [f"miss_{number}" for number in range(len(conditions))]


def squared(near: Near) -> Statement:
    """How far a document is from a place, squared, in degrees of latitude; good to about 1 % in 500 km.

    In Europe a straight line on a map on which degrees of longitude are shortened as at that place.
    """
    east = cos(radians(near.latitude))
    sql = "(d.latitude - %s) * (d.latitude - %s) + (d.longitude - %s) * (d.longitude - %s) * %s"
    return f"({sql})", [*[near.latitude] * 2, *[near.longitude] * 2, east**2]


def read(query: Query, rows: list[tuple], *, every: bool) -> Results:
    """Results from the rows of a search."""
    counts: dict[str, dict[str, int]] = {part: {} for part in PARTS}
    hits: dict[str, list[Hit]] = {"hits": [], "others": []}
    facets: dict[str, dict[str, int]] = {}
    for part, code, number, score, by_meaning, _place in rows:
        if part in hits:
            hits[part].append(Hit(number, code, float(score), bool(by_meaning)))
        else:
            counts[part][code] = number
    for coded, number in counts["facets"].items():
        facet, code = coded.split(":", 1)
        if facet in query.counted:
            facets.setdefault(facet, {})[code] = number
    total, by_words = counts["total"][""], bool(counts["by_words"][""])
    last = (total - 1) // query.limit * query.limit if total else 0
    return Results(
        hits=tuple(hits["hits"]),
        others=tuple(hits["others"]),
        total=total,
        offset=max(0, min(query.offset, last)),
        all_words=every and (by_words or not total),
        by_words=by_words,
        languages=counts["languages"],
        without=counts["without"],
        facets=facets,
    )
