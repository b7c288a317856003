"""What PostgreSQL and SQLite say differently: how documents are matched and scored.

The index lies beside the rows and follows them by itself (migration 0002), so that it commits and
rolls back with them and cannot fall behind.
"""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from search.engine import Forms

Words = tuple[Forms, ...]
Statement = tuple[str, list]

# How much a word counts in the title, in the one-sentence summary, and in the body; what the body
# repeats counts less each time, so that no repetition outweighs the title.
TITLE, SUMMARY, BODY = 1.0, 0.4, 0.1
# What it counts if the words stand side by side (PostgreSQL; FTS5 counts it as a word of its own).
SIDE_BY_SIDE = 0.1


class Dialect(Protocol):
    """What the two databases say differently."""

    def match(self, words: Words, languages: Sequence[str], *, every: bool) -> Statement:
        """Tables and condition for documents in some languages that have every word, or any."""

    def score(self, words: Words) -> Statement:
        """An expression for how well a document fits; more is better."""

    def titled(self, beginnings: Sequence[str]) -> Statement:
        """Tables and condition for documents whose title has a word with each of the beginnings."""

    def has(self, facet: str, codes: tuple[str, ...]) -> Statement:
        """A condition for documents that have one of the codes of a facet."""

    codes: str
    """The codes of a document."""

    coded: str
    """The rows of `items` with their `codes`, once for each `code`: *country:LV*."""

    def repair(self) -> int:
        """Makes the index equal to the rows; returns 1 if it was not."""


class PostgreSQL:
    """Lexemes are made by `search.text.analysis` alone; the configuration `simple` keeps them as they are."""

    def match(self, words: Words, languages: Sequence[str], *, every: bool) -> Statement:
        condition = "FROM search_searchdocument d WHERE d.vector @@ %s::tsquery"
        wanted = (" & " if every else " | ").join(map(self.forms, words))
        return condition, [f"({wanted}) & {self.forms([f'@{code}' for code in languages])}"]

    def score(self, words: Words) -> Statement:
        score = "ts_rank(%s::float4[], d.vector, %s::tsquery)"
        weights = f"{{0, {BODY}, {SUMMARY}, {TITLE}}}"
        params = [weights, " | ".join(map(self.forms, words))]
        if len(words) > 1:
            score += f" + CASE WHEN d.vector @@ %s::tsquery THEN {SIDE_BY_SIDE} ELSE 0 END"
            params.append(" <-> ".join(map(self.forms, words)))
        return score, params

    def forms(self, forms: Sequence[str]) -> str:
        """Folded words consist of letters and digits alone, so nothing in them needs escaping."""
        return "(" + " | ".join(f"'{form}'" for form in forms) + ")"

    def titled(self, beginnings: Sequence[str]) -> Statement:
        titles = "to_tsvector('simple'::regconfig, d.title_lemmas || ' ' || d.title_words)"
        condition = f"FROM search_searchdocument d WHERE {titles} @@ %s::tsquery"
        return condition, [" & ".join(f"'{one}':*" for one in beginnings)]

    def has(self, facet: str, codes: tuple[str, ...]) -> Statement:
        return "d.codes && %s::text[]", [[f"{facet}:{code}" for code in codes]]

    codes = "d.codes"
    coded = "SELECT items.*, code FROM items CROSS JOIN LATERAL unnest(items.codes) AS c(code)"

    def repair(self) -> int:
        return 0  # a generated column cannot differ


class SQLite:
    """Six columns of FTS5, lemmas and words of title, summary and body."""

    def match(self, words: Words, languages: Sequence[str], *, every: bool) -> Statement:
        wanted = (" AND " if every else " OR ").join(map(self.forms, words))
        if len(words) > 1:
            wanted = f'({wanted}) OR "{" ".join(forms[0] for forms in words)}"'
        condition = (
            "FROM search_index CROSS JOIN search_searchdocument d ON d.id = search_index.rowid"
            f" WHERE search_index MATCH %s AND d.language IN ({placeholders(len(languages))})"
        )
        return condition, [wanted, *languages]

    def score(self, words: Words) -> Statement:
        # One call for each text: within a call repetition counts less and less, between them it adds.
        parts = (
            (TITLE, "1, .5, 0, 0, 0, 0"),
            (SUMMARY, "0, 0, 1, .5, 0, 0"),
            (BODY, "0, 0, 0, 0, 1, .5"),
        )
        terms = (f"{weight} * bm25(search_index, {columns})" for weight, columns in parts)
        return f"-({' + '.join(terms)})", []  # bm25() is the lower the better

    def forms(self, forms: Forms) -> str:
        return "(" + " OR ".join(f'"{form}"' for form in forms) + ")"

    def titled(self, beginnings: Sequence[str]) -> Statement:
        wanted = " AND ".join(f'"{one}" *' for one in beginnings)
        condition = (
            "FROM search_index CROSS JOIN search_searchdocument d ON d.id = search_index.rowid"
            " WHERE search_index MATCH %s"
        )
        return condition, [f"{{title_lemmas title_words}} : ({wanted})"]

    def has(self, facet: str, codes: tuple[str, ...]) -> Statement:
        found = f"SELECT 1 FROM json_each(d.facets, %s) WHERE value IN ({placeholders(len(codes))})"
        return f"EXISTS ({found})", [f'$."{facet}"', *codes]

    codes = "d.facets AS codes"
    coded = (
        "SELECT items.*, f.key || ':' || c.value AS code FROM items"
        " JOIN json_each(items.codes) AS f JOIN json_each(f.value) AS c"
    )

    def repair(self) -> int:
        with connection.cursor() as cursor:
            try:
                cursor.execute(
                    "INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)"
                )
            except connection.Database.DatabaseError:
                cursor.execute("INSERT INTO search_index(search_index) VALUES('rebuild')")
                return 1
        return 0


DIALECTS: dict[str, type] = {"postgresql": PostgreSQL, "sqlite": SQLite}


def placeholders(number: int) -> str:
    """Places for a number of values; where there are none, one that nothing equals."""
    return ", ".join(["%s"] * number) or "NULL"
