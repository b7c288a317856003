"""The database as an engine: PostgreSQL's text vectors, SQLite's FTS5.

The index lies beside the rows and follows them by itself (migration 0002), so that it commits and
rolls back with them and cannot fall behind. A search is two queries, however many languages: one
counts, one ranks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby
from math import cos, radians
from operator import or_

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length, Substr

from search.database.dialects import DIALECTS, Dialect, Statement, Words
from search.database.meaning import Meant, meant, with_meaning
from search.documents import SHORTEST_SPELLING
from search.engine import Hit, Key, Near, Query, Results
from search.meaning.fusion import SOME_WORDS
from search.models import SearchDocument, SearchWord
from search.text.analysis import NOTHING, fold
from search.text.spelling import allowed, nearest, worth_comparing

# `missed` is how many of the filters a document does not pass; `miss_0` … say which.
COUNTED = """
WITH placed AS MATERIALIZED (
    SELECT found.*, MIN(CASE WHEN missed = 0 THEN preference END)
                        OVER (PARTITION BY translation_key) AS best
    FROM (
        SELECT matched.*, {missed} AS missed, {missing} AS missing FROM ({found}) AS matched
    ) AS found
), items AS MATERIALIZED (
    SELECT * FROM placed WHERE preference < {chosen} AND missed <= 1
)
SELECT '{total}', '', {items} FROM items WHERE missed = 0
UNION ALL
SELECT '{by_words}', '', COUNT(*) FROM items WHERE by_meaning = 0
UNION ALL
SELECT '{languages}', language, COUNT(*) FROM placed
WHERE missed = 0 AND (preference < {chosen} OR best >= {chosen}) GROUP BY language
UNION ALL
SELECT '{without}', missing, {items} FROM items WHERE missed = 1 GROUP BY missing
UNION ALL
SELECT facet, code, {items} FROM ({coded}) AS coded
WHERE missed = 0 OR {missed_here} = 1 GROUP BY facet, code
"""
RANKED = """
WITH found AS MATERIALIZED ({found})
SELECT id, language, score, by_meaning, elsewhere FROM (
    SELECT id, language, score, by_meaning, elsewhere,
           ROW_NUMBER() OVER (PARTITION BY elsewhere ORDER BY {order}) AS place
    FROM (
        SELECT id, language, score, by_meaning, published, preference, distance,
               CASE WHEN published IS NULL THEN 1 ELSE 0 END AS undated,
               CASE WHEN distance IS NULL THEN 1 ELSE 0 END AS nowhere,
               CASE WHEN preference < {chosen} THEN 0 ELSE 1 END AS elsewhere,
               MIN(preference) OVER (PARTITION BY translation_key) AS best
        FROM found
    ) AS placed
    WHERE preference = best
) AS ranked
WHERE (elsewhere = 0 AND place > %s AND place <= %s) OR (elsewhere = 1 AND place <= %s)
ORDER BY elsewhere, place
"""
# How the rows of COUNTED are told from counts of facets, whose names are words.
PARTS = {"total": "=", "by_words": "#", "languages": "@", "without": "-"}
ORDERS = {
    "best": "score DESC, undated, published DESC, id",
    "newest": "undated, published DESC, score DESC, id",
    "nearest": "nowhere, distance, score DESC, id",
}

KILOMETRES_A_DEGREE = 111.195  # of latitude

# A question is looked through for slips within these bounds, so that it stays cheap.
MOST_SPELLED, LONGEST_SPELLING, MOST_CANDIDATES = 6, 30, 20_000


class DatabaseEngine:
    """Finds documents with the database that holds them."""

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Nothing to do: the index follows the rows."""

    def remove(self, keys: Iterable[Key]) -> None:
        """Nothing to do: the index follows the rows."""

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[connection.vendor]()

    def search(self, query: Query) -> Results:
        words = {code: seekable(forms) for code, forms in query.words.items()}
        near = meant(query)
        results = self.counted(query, words, near, every=True)
        if not results.by_words and any(len(words.get(code, ())) > 1 for code in query.languages):
            some = self.counted(query, words, near, every=False)
            if some.by_words:
                results = some
        if not results.languages:
            return results
        hits = self.ranked(query, words, near, results)
        return replace(
            results,
            hits=tuple(hit for hit, elsewhere in hits if not elsewhere),
            others=tuple(hit for hit, elsewhere in hits if elsewhere),
        )

    def counted(
        self, query: Query, words: dict[str, Words], near: Meant, *, every: bool
    ) -> Results:
        """The figures of the results, without hits."""
        conditions = self.conditions(query)
        found, params = self.found(query, words, near, conditions, every=every)
        if not found:
            return Results(all_words=every)
        flags = [f"miss_{number}" for number in range(len(conditions))]
        statement = COUNTED.format(
            found=found,
            chosen=len(query.languages),
            missed=" + ".join(flags) or "0",
            missing=f"CASE {' '.join(f'WHEN {flag} = 1 THEN %s' for flag in flags)} ELSE '' END"
            if flags
            else "''",
            missed_here=f"CASE facet {' '.join(f'WHEN %s THEN {flag}' for flag in flags)} ELSE 0 END"
            if flags
            else "0",
            items="COUNT(*)" if len(query.languages) == 1 else "COUNT(DISTINCT translation_key)",
            coded=self.dialect.coded(len(query.counted)),
            **PARTS,
        )
        params = [*conditions, *params, *query.counted, *conditions]
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return summed(query, cursor.fetchall(), every=every)

    def ranked(
        self, query: Query, words: dict[str, Words], near: Meant, results: Results
    ) -> list[tuple[Hit, bool]]:
        """The hits of one page, and after them those in other languages."""
        conditions = self.conditions(query)
        found, params = self.found(
            query, words, near, conditions, every=results.all_words, scored=True
        )
        params += [results.offset, results.offset + query.limit, query.other_limit]
        order = ORDERS["best" if query.sort == "nearest" and not query.near else query.sort]
        with connection.cursor() as cursor:
            cursor.execute(
                RANKED.format(found=found, chosen=len(query.languages), order=order), params
            )
            return [
                (Hit(pk, code, float(score), bool(by_meaning)), bool(elsewhere))
                for pk, code, score, by_meaning, elsewhere in cursor.fetchall()
            ]

    def conditions(self, query: Query) -> dict[str, Statement]:
        """The filters of a question by their names."""
        found = {name: self.dialect.has(name, codes) for name, codes in query.filters.items()}
        days = (("d.day >= %s", query.since), ("d.day <= %s", query.until))
        if given := [(condition, day) for condition, day in days if day]:
            adapted = [connection.ops.adapt_datefield_value(day) for _condition, day in given]
            found["date"] = " AND ".join(condition for condition, _day in given), adapted
        if query.near:
            distance, params = squared(query.near)
            degrees = query.near.kilometres / KILOMETRES_A_DEGREE
            found["place"] = f"{distance} <= %s", [*params, degrees**2]
        return found

    def found(
        self,
        query: Query,
        words: dict[str, Words],
        near: Meant,
        conditions: dict[str, Statement],
        *,
        every: bool,
        scored: bool = False,
    ) -> Statement:
        """All documents that match. Documents in other languages must always have every word.

        Scored are those that pass all conditions; the others are told which ones they miss.
        """
        parts, params = [], []
        order = [*query.languages, *query.other_languages]
        if scored:
            distance, place = squared(query.near) if query.near else ("NULL", [])
            columns = f"d.published, {distance} AS distance"
            narrowed = "".join(f" AND {condition}" for condition, _values in conditions.values())
            before, after = place, [one for _sql, values in conditions.values() for one in values]
        else:
            columns = "d.facets" + "".join(
                f", CASE WHEN {condition} THEN 0 ELSE 1 END AS miss_{number}"
                for number, (condition, _values) in enumerate(conditions.values())
            )
            narrowed, after = "", []
            before = [one for _sql, values in conditions.values() for one in values]
        for number, codes in enumerate((query.languages, query.other_languages)):
            asked = sorted((words[code], code) for code in codes if words.get(code))
            for forms, group in groupby(asked, key=lambda pair: pair[0]):
                condition, values = self.dialect.match(forms, every=every or number == 1)
                score, weights = self.dialect.score(forms) if scored else ("0", [])
                same = [code for _forms, code in group]
                whens = " ".join(["WHEN %s THEN %s"] * len(same))
                parts.append(
                    f"SELECT d.id, d.translation_key, d.language, {columns},"
                    f" CASE d.language {whens} END AS preference, {score} AS score,"
                    f" 0 AS by_meaning {condition}"
                    f" AND d.language IN ({', '.join(['%s'] * len(same))}){narrowed}"
                )
                params += before
                for code in same:
                    params += [code, order.index(code)]
                params += [*weights, *values, *same, *after]
        statement = " UNION ALL ".join(parts), params
        if not parts or not near:
            return statement
        return with_meaning(
            statement,
            query,
            near,
            columns=(columns, before),
            narrowed=(narrowed, after) if scored else None,
            weight=1.0 if every else SOME_WORDS,
        )

    def spelling(self, words: Sequence[str], language: str) -> dict[str, str]:
        sought = {
            word: fold(word)
            for word in list(words)[:MOST_SPELLED]
            if SHORTEST_SPELLING <= len(word) <= LONGEST_SPELLING and word.isalpha()
        }
        if not sought:
            return {}
        near = reduce(or_, (nearby(folded) for folded in sought.values()))
        known = list(
            SearchWord.objects.filter(language=language)
            .annotate(size=Length("folded"), second=Substr("folded", 2, 2))
            .filter(near)
            .values_list("folded", "word")[:MOST_CANDIDATES]
        )
        present = {folded for folded, _word in known}
        found = {
            word: nearest(folded, (pair for pair in known if worth_comparing(folded, pair[0])))
            for word, folded in sought.items()
            if folded not in present
        }
        return {word: better for word, better in found.items() if better}

    def repair(self) -> int:
        return self.dialect.repair()


def seekable(words: Words) -> Words:
    """The words without what folding left empty."""
    kept = (tuple(form for form in forms if form != NOTHING) for forms in words)
    return tuple(forms for forms in kept if forms)


def squared(near: Near) -> Statement:
    """How far a document is from a place, squared, in degrees of latitude; good to about 1 % in 500 km.

    In Europe a straight line on a map on which degrees of longitude are shortened as at that place.
    """
    east = cos(radians(near.latitude))
    sql = "(d.latitude - %s) * (d.latitude - %s) + (d.longitude - %s) * (d.longitude - %s) * %s"
    return f"({sql})", [*[near.latitude] * 2, *[near.longitude] * 2, east**2]


def nearby(folded: str) -> Q:
    """Words that are `worth_comparing`, as a condition for the database."""
    slips = allowed(folded)
    begins = reduce(or_, (Q(folded__startswith=letter) for letter in folded[:2]))
    begins |= Q(second__in=[folded[:2], folded[1:3]])
    return begins & Q(size__range=(len(folded) - slips, len(folded) + slips))


def summed(query: Query, counts: list[tuple], *, every: bool) -> Results:
    """The figures of the results from rows of part, code and number."""
    found: dict[str, dict[str, int]] = {}
    for part, code, number in counts:
        found.setdefault(part, {})[code] = number
    total = found.pop(PARTS["total"])[""]
    by_words = bool(found.pop(PARTS["by_words"])[""])
    last = (total - 1) // query.limit * query.limit if total else 0
    return Results(
        total=total,
        offset=max(0, min(query.offset, last)),
        all_words=every and (by_words or not total),
        by_words=by_words,
        languages=found.pop(PARTS["languages"], {}),
        without=found.pop(PARTS["without"], {}),
        facets=found,
    )
