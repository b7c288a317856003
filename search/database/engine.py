"""The database as an engine: PostgreSQL's text vectors, SQLite's FTS5.

The index lies beside the rows and follows them by itself (migrations 0002, 0009), so that it commits
and rolls back with them and cannot fall behind. A search is one query, however many languages, and a
second where nothing has all of several words.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length, Substr

from search.database.dialects import DIALECTS, Dialect, Words
from search.database.meaning import Meant, meant
from search.database.statement import read, statement
from search.documents import SHORTEST_SPELLING
from search.engine import Key, Query, Results
from search.models import SearchDocument, SearchWord
from search.text.analysis import NOTHING, fold
from search.text.slips import allowed, nearest, worth_comparing

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
        results = self.results(query, words, near, every=True)
        if not results.by_words and any(len(words.get(code, ())) > 1 for code in query.languages):
            some = self.results(query, words, near, every=False)
            if some.by_words:
                return some
        return results

    def results(
        self, query: Query, words: dict[str, Words], near: Meant, *, every: bool
    ) -> Results:
        """What has all words, or any of them."""
        asked = statement(self.dialect, query, words, near, every=every)
        if asked is None:
            return Results(all_words=every)
        with connection.cursor() as cursor:
            cursor.execute(*asked)
            return read(query, cursor.fetchall(), every=every)

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


def nearby(folded: str) -> Q:
    """Words that are `worth_comparing`, as a condition for the database."""
    slips = allowed(folded)
    begins = reduce(or_, (Q(folded__startswith=letter) for letter in folded[:2]))
    begins |= Q(second__in=[folded[:2], folded[1:3]])
    return begins & Q(size__range=(len(folded) - slips, len(folded) + slips))
