"""The database as an engine: PostgreSQL's text vectors, SQLite's FTS5.

The index lies beside the rows and follows them by itself (migration 0002), so that it commits and
rolls back with them and cannot fall behind. A search is two queries, however many languages: one
counts, one ranks.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import groupby
from operator import or_

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length

from search.database.dialects import DIALECTS, Dialect, Statement, Words
from search.documents import SHORTEST_SPELLING
from search.engine import Hit, Key, Query, Results
from search.models import SearchDocument, SearchWord
from search.text.analysis import NOTHING, fold
from search.text.spelling import allowed, nearest

COUNTED = """
WITH found AS MATERIALIZED ({found})
SELECT language, kind,
       SUM(CASE WHEN preference < {chosen} OR best >= {chosen} THEN 1 ELSE 0 END),
       SUM(CASE WHEN preference < {chosen} AND preference = best THEN 1 ELSE 0 END)
FROM (
    SELECT language, kind, preference,
           MIN(preference) OVER (PARTITION BY translation_key) AS best
    FROM found
) AS placed
GROUP BY language, kind
"""
RANKED = """
WITH found AS MATERIALIZED ({found})
SELECT id, language, score, elsewhere FROM (
    SELECT id, language, score, elsewhere,
           ROW_NUMBER() OVER (
               PARTITION BY elsewhere ORDER BY score DESC, undated, published DESC, id
           ) AS place
    FROM (
        SELECT id, language, score, published, preference,
               CASE WHEN published IS NULL THEN 1 ELSE 0 END AS undated,
               CASE WHEN preference < {chosen} THEN 0 ELSE 1 END AS elsewhere,
               MIN(preference) OVER (PARTITION BY translation_key) AS best
        FROM found
    ) AS placed
    WHERE preference = best
) AS ranked
WHERE (elsewhere = 0 AND place > %s AND place <= %s) OR (elsewhere = 1 AND place <= %s)
ORDER BY elsewhere, place
"""

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
        counts, every = self.counts(query, words, every=True), True
        if not has_items(counts) and any(len(words.get(code, ())) > 1 for code in query.languages):
            some = self.counts(query, words, every=False)
            if has_items(some):
                counts, every = some, False
        results = summed(query, counts, every=every)
        if not results.total and not any(results.languages.values()):
            return results
        hits = self.ranked(query, words, results.offset, every=every)
        return Results(
            hits=tuple(hit for hit, elsewhere in hits if not elsewhere),
            others=tuple(hit for hit, elsewhere in hits if elsewhere),
            total=results.total,
            offset=results.offset,
            all_words=every,
            kinds=results.kinds,
            languages=results.languages,
        )

    def counts(self, query: Query, words: dict[str, Words], *, every: bool) -> list[tuple]:
        """Language, kind, documents and items, for each language and kind in which there are any."""
        found, params = self.found(query, words, every=every)
        if not found:
            return []
        with connection.cursor() as cursor:
            cursor.execute(COUNTED.format(found=found, chosen=len(query.languages)), params)
            return cursor.fetchall()

    def ranked(
        self, query: Query, words: dict[str, Words], offset: int, *, every: bool
    ) -> list[tuple[Hit, bool]]:
        """The hits of one page, and after them those in other languages."""
        found, params = self.found(query, words, every=every, scored=True)
        params += [offset, offset + query.limit, query.other_limit]
        with connection.cursor() as cursor:
            cursor.execute(RANKED.format(found=found, chosen=len(query.languages)), params)
            return [
                (Hit(pk, code, float(score)), bool(elsewhere))
                for pk, code, score, elsewhere in cursor.fetchall()
            ]

    def found(
        self, query: Query, words: dict[str, Words], *, every: bool, scored: bool = False
    ) -> Statement:
        """All documents that match. Documents in other languages must always have every word."""
        parts, params = [], []
        order = [*query.languages, *query.other_languages]
        for number, codes in enumerate((query.languages, query.other_languages)):
            asked = sorted((words[code], code) for code in codes if words.get(code))
            for forms, group in groupby(asked, key=lambda pair: pair[0]):
                condition, values = self.dialect.match(forms, every=every or number == 1)
                score, weights = self.dialect.score(forms) if scored else ("0", [])
                same = [code for _forms, code in group]
                whens = " ".join(["WHEN %s THEN %s"] * len(same))
                parts.append(
                    f"SELECT d.id, d.translation_key, d.language, d.kind, d.published,"
                    f" CASE d.language {whens} END AS preference, {score} AS score {condition}"
                    f" AND d.language IN ({', '.join(['%s'] * len(same))})"
                    + (" AND d.kind = %s" if query.kind and scored else "")
                )
                for code in same:
                    params += [code, order.index(code)]
                params += [*weights, *values, *same]
                params += [query.kind] if query.kind and scored else []
        return " UNION ALL ".join(parts), params

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
            .annotate(size=Length("folded"))
            .filter(near)
            .values_list("folded", "word")[:MOST_CANDIDATES]
        )
        present = {folded for folded, _word in known}
        found = {
            word: nearest(folded, (pair for pair in known if close(folded, pair[0])))
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


def has_items(counts: list[tuple]) -> bool:
    """Whether anything was found in the languages that the reader chose."""
    return any(items for _code, _kind, _documents, items in counts)


def nearby(folded: str) -> Q:
    """Words with the same first letter and about as long, as a condition for the database."""
    slips = allowed(folded)
    return Q(folded__startswith=folded[0], size__range=(len(folded) - slips, len(folded) + slips))


def close(folded: str, known: str) -> bool:
    """Whether a word is worth a comparison."""
    return known[0] == folded[0] and abs(len(known) - len(folded)) <= allowed(folded)


def summed(query: Query, counts: list[tuple], *, every: bool) -> Results:
    """The figures of the results, without hits."""
    kinds: dict[str, int] = {}
    languages: dict[str, int] = {}
    for code, kind, documents, items in counts:
        if items:
            kinds[kind] = kinds.get(kind, 0) + items
        if documents and (not query.kind or kind == query.kind):
            languages[code] = languages.get(code, 0) + documents
    total = kinds.get(query.kind, 0) if query.kind else sum(kinds.values())
    last = (total - 1) // query.limit * query.limit if total else 0
    return Results(
        total=total,
        offset=max(0, min(query.offset, last)),
        all_words=every,
        kinds=kinds,
        languages=languages,
    )
