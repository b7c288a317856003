"""What a reader asks: the address of a search, read so that nothing typed can break it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict

from core import registry
from core.languages import reading_order
from search.engine import Forms, Query
from search.text.analysis import NOTHING, alternatives, fold, words
from search.text.lemmas import lemmas
from search.text.stopwords import stop_words

LONGEST_TEXT = 200
MOST_WORDS = 12
MOST_FORMS = 8
PER_PAGE = 10
OTHERS = 5


@dataclass(frozen=True)
class Question:
    """The words, the languages that the reader chose, the kind and the page.

    `own` is the language that is meant where none is chosen.
    """

    text: str
    own: str
    languages: tuple[str, ...]
    kind: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, interface: str) -> "Question":
        """Keeps only what is known: text without control characters, languages and kinds that exist."""
        order = reading_order(interface, tuple(settings.CONTENT_LANGUAGES))
        chosen = [code for code in dict.fromkeys(query.getlist("language")) if code in order]
        kind, page = query.get("kind", ""), query.get("page", "")
        return cls(
            text=clean(query.get("q", "")),
            own=order[0],
            languages=tuple(chosen) or order[:1],
            kind=kind if kind in [item.kind for item in registry.items()] else "",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, **changes) -> str:
        """The query string of this question with some of its parts changed, always in one order."""
        query = QueryDict(mutable=True)
        query["q"] = changes.get("text", self.text)
        languages = changes.get("languages", self.languages)
        if tuple(languages) != (self.own,):
            query.setlist("language", languages)
        kind, page = changes.get("kind", self.kind), changes.get("page", 1)
        if kind:
            query["kind"] = kind
        if page > 1:
            query["page"] = str(page)
        return f"?{query.urlencode()}"

    def for_engine(self) -> Query:
        """The question as engines take it: in every content language the forms of every word."""
        order = reading_order(self.own, tuple(settings.CONTENT_LANGUAGES))
        return Query(
            text=self.text,
            languages=self.languages,
            other_languages=tuple(code for code in order if code not in self.languages),
            words={code: sought(self.text, code) for code in order},
            kind=self.kind,
            offset=(self.page - 1) * PER_PAGE,
            limit=PER_PAGE,
            other_limit=OTHERS,
        )


def clean(text: str) -> str:
    """One line of printable characters, not too long.

    >>> clean("  real\\torders\\x00\\ud800 ")
    'real orders'
    """
    line = " ".join(text[: LONGEST_TEXT * 4].split())
    return "".join(letter for letter in line if letter.isprintable())[:LONGEST_TEXT].strip()


def sought(text: str, language: str) -> tuple[Forms, ...]:
    """The words of a question in all forms in which they may stand in documents of a language.

    Words that say too little are left out, unless there are no others.
    """
    known, stops = lemmas(language), stop_words(language)
    typed = [match.group() for match in words(text)]
    telling = [word for word in typed if fold(word) not in stops and is_word(word)]
    forms = [alternatives(word, known)[:MOST_FORMS] for word in telling or typed]
    return tuple(dict.fromkeys(one for one in forms if NOTHING not in one))[:MOST_WORDS]


def is_word(word: str) -> bool:
    """A single letter is none, as in `l'azienda`; a single digit is."""
    return len(word) > 1 or word.isdigit()


def places(words: Mapping[str, tuple[Forms, ...]], language: str) -> dict[str, int]:
    """For each form, which word of the question it belongs to; for marking."""
    return {form: number for number, forms in enumerate(words.get(language, ())) for form in forms}
