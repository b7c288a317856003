"""Titles and terms that have the words which a reader has typed so far, or words that begin so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings

import vocabularies
from core import registry
from core.languages import reading_order
from core.serving import reading_address
from search.database.titles import titled
from search.models import SearchDocument
from search.questions import clean
from search.text.analysis import NOTHING, fold, words
from vocabularies.glossary import explained

MOST, MOST_TERMS, MOST_WORDS = 8, 2, 8
SHORTEST = 2  # letters, of what was typed in all
LOOKED_THROUGH = 5  # times as many as are shown
TERM = "term"


@dataclass(frozen=True)
class Suggestion:
    """A title or a term with its address; `kind` is one of the registry, or `term`.

    `language` is that of the title, `opens_in` that of what the address shows.
    """

    title: str
    url: str
    kind: str
    language: str
    opens_in: str
    demonstration: bool = False


def suggest(
    text: str, reader: str, languages: Sequence[str], limit: int = MOST
) -> list[Suggestion]:
    """Published titles, and after them terms of the glossary, in which each typed word begins a word.

    Those in `languages` come before those in other languages; an item or a term comes once, in the
    first language in which it was found. It opens in one of `languages`, if it can be read in one.
    Addresses are those for a reader of the interface language `reader`. At most two queries.
    """
    typed = beginnings(text)
    if not typed:
        return []
    known = reading_order(reader, tuple(settings.CONTENT_LANGUAGES))
    others = tuple(code for code in known if code not in languages)
    named = terms(typed, reader, (*languages, *others))[:MOST_TERMS]
    kinds = [item.kind for item in registry.items()]
    rows = titled(typed, languages, others, kinds, LOOKED_THROUGH * limit)
    rows.sort(key=lambda row: (row.language not in languages, not starts(folded(row.title), typed)))
    titles = [of(row, reader) for row in rows[: max(limit - len(named), (limit + 1) // 2)]]
    return [*titles, *named][:limit]


def beginnings(text: str) -> tuple[str, ...]:
    """The folded words of a text; none where they say too little.

    >>> beginnings(" Real, ÓR"), beginnings("a"), beginnings("?!")
    (('real', 'or'), (), ())
    """
    folded = [fold(match.group()) for match in words(clean(text))]
    kept = tuple(dict.fromkeys(word for word in folded if word != NOTHING))[:MOST_WORDS]
    return kept if sum(map(len, kept)) >= SHORTEST else ()


def starts(text: str, typed: Sequence[str]) -> bool:
    """Whether a folded text begins with the words.

    >>> starts("three real orders", ("three", "re")), starts("three real orders", ("real",))
    (True, False)
    """
    return text.startswith(" ".join(typed))


def has(text: str, typed: Sequence[str]) -> bool:
    """Whether each of the words begins a word of a folded text.

    >>> has("three real orders", ("or", "real")), has("three real orders", ("eal",))
    (True, False)
    """
    return all(f" {word}" in f" {text}" for word in typed)


def folded(text: str) -> str:
    """The folded words of a text.

    >>> folded("Work-based  Tēma")
    'work based tema'
    """
    return " ".join(fold(match.group()) for match in words(text))


def of(row: SearchDocument, reader: str) -> Suggestion:
    return Suggestion(
        title=row.title,
        url=reading_address(row.url, reader),
        kind=row.kind,
        language=row.language,
        opens_in=row.url.split("/", 2)[1],
        demonstration=bool(row.facets.get("demonstration")),
    )


def terms(typed: Sequence[str], reader: str, order: Sequence[str]) -> list[Suggestion]:
    """Terms of the glossary, if there is a page of it, in the order of the languages.

    Of one language first those that begin as was typed.
    """
    found: dict[str, Suggestion] = {}
    for language in order:
        named = [one for one in glossary(language) if has(one[2], typed)]
        for code, term, _folded in sorted(named, key=lambda one: not starts(one[2], typed)):
            url = explained([code], reader)[0]["url"]
            found.setdefault(code, Suggestion(term, url, TERM, language, reader))
    if not found or not SearchDocument.objects.filter(kind="glossary").exists():
        return []
    return list(found.values())


@cache
def glossary(language: str) -> list[tuple[str, str, str]]:
    """Codes with their terms, as written and folded."""
    known = vocabularies.get("glossary")
    named = [(code, known.label(code, language)) for code in known.codes]
    return [(code, term, folded(term)) for code, term in named]
