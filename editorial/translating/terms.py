"""Terms of the glossary in a source text, with what they are called in the language of the translation."""

import re
from functools import cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

import vocabularies

TAG = re.compile(r"(<[^>]*>)")
# A term may end in a few more letters: “apprenticeships”, “työpaikalla”.
ENDING = r"\w{0,3}"
INFLECTED_FROM = 5  # letters; shorter terms must stand as they are


@cache
def termbase(source: str, target: str) -> tuple[re.Pattern | None, dict[str, str]]:
    """A pattern that finds the terms of a language, the longest first, and their translations."""
    glossary = vocabularies.get("glossary")
    pairs: dict[str, str] = {}
    for code in glossary.codes:
        row = glossary.rows[code]
        if row.get(source) and row.get(target):
            pairs[row[source].casefold()] = row[target]
    if not pairs:
        return None, {}
    longest = sorted(pairs, key=len, reverse=True)
    terms = (re.escape(one) + (ENDING if len(one) >= INFLECTED_FROM else "") for one in longest)
    return re.compile(rf"(?<!\w)(?:{'|'.join(terms)})(?!\w)", re.IGNORECASE), pairs


def marked(text: str, source: str, target: str, tags: bool = False) -> tuple[SafeString, list]:
    """The text as HTML with its terms marked, and the terms as `(as written, approved)`.

    With `tags` the text is markup that translators keep: it is shown as it is, and searched between
    its tags only.

    >>> marked("Two apprenticeships.", "en", "fi")
    ('Two <mark>apprenticeships</mark>.', [('apprenticeships', 'Oppisopimuskoulutus')])
    >>> marked("Two apprentİceships.", "en", "fi")
    ('Two apprentİceships.', [])
    """
    pattern, pairs = termbase(source, target)
    found: dict[str, tuple[str, str]] = {}

    def words(part: str) -> str:
        if pattern is None:
            return escape(part)
        shown, at = [], 0
        for match in pattern.finditer(part):
            term = approved(match[0], pairs)
            if term is None:
                continue
            shown += [escape(part[at : match.start()]), format_html("<mark>{}</mark>", match[0])]
            at = match.end()
            found.setdefault(term, (match[0], pairs[term]))
        return "".join([*shown, escape(part[at:])])

    if tags:
        parts = TAG.split(text)
        html = "".join(
            format_html('<span class="translating-tag">{}</span>', part)
            if number % 2
            else words(part)
            for number, part in enumerate(parts)
        )
    else:
        html = words(text)
    return mark_safe(html), list(found.values())  # noqa: S308  (every piece was escaped)


def approved(written: str, pairs: dict[str, str]) -> str | None:
    """The term, as the glossary has it, that some written words are a form of.

    None where a letter has no other case in common with the term, such as “ı” with “i”.
    """
    folded = written.casefold()
    ends = range(len(folded), 0, -1)
    return next((folded[:end] for end in ends if folded[:end] in pairs), None)
