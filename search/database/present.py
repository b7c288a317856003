"""Whether questions would find anything, asked of the index beside the rows, whatever engine searches."""

from collections.abc import Sequence

from django.db import connection

from search.database.dialects import DIALECTS, Words, placeholders


def present(questions: Sequence[Words], language: str, kinds: Sequence[str]) -> list[bool]:
    """For each question, whether a document of a language and of some kinds has all its words. One query."""
    if not questions:
        return []
    dialect = DIALECTS[connection.vendor]()
    parts, params = [], []
    for number, words in enumerate(questions):
        condition, values = dialect.match(words, [language], every=True)
        parts.append(
            f"SELECT {number} WHERE EXISTS (SELECT 1 {condition}"
            f" AND d.kind IN ({placeholders(len(kinds))}))"
        )
        params += [*values, *kinds]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        found = {number for (number,) in cursor.fetchall()}
    return [number in found for number in range(len(questions))]
