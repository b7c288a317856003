"""What a reader asks: the address of a search, read so that nothing typed can break it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from django.conf import settings
from django.http import QueryDict

from core.languages import reading_order
from search.editors import synonyms
from search.engine import Forms, Near, Query, Sort
from search.facets import FACETS
from search.meaning.space import of_question, space
from search.models import SearchWord
from search.text.analysis import NOTHING, alternatives, fold, words
from search.text.lemmas import dictionary, lemmas
from search.text.stopwords import telling
from search.text.thesaurus import NO_SYNONYMS, Thesaurus
from vocabularies import towns

if TYPE_CHECKING:
    import numpy as np

LONGEST_TEXT = 200
MOST_WORDS = 12
MOST_WORDS_WITH_EQUAL = 24
MOST_FORMS = 12
LETTER_AND_WORD = re.compile(r"\b(\w)-(\w{2,})")  # `e-mail`, which is also written as one word
PER_PAGE = 10
OTHERS = 5
RADII = (25, 50, 100, 200)  # kilometres
LONGEST_PLACE = 80


@dataclass(frozen=True)
class Question:
    """The words, the languages that the reader chose, what narrows the results, and the page.

    `own` is the language that is meant where none is chosen; `filters` has the chosen codes by facet;
    `place` is a town as the reader typed it, known or not.
    """

    text: str
    own: str
    languages: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    place: str = ""
    kilometres: int = RADII[1]
    sort: Sort = "best"
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, interface: str) -> "Question":
        """Keeps only what is known: text without control characters, languages and codes that exist."""
        order = reading_order(interface, tuple(settings.CONTENT_LANGUAGES))
        chosen = [code for code in dict.fromkeys(query.getlist("language")) if code in order]
        filters = {
            name: tuple(code for code in dict.fromkeys(query.getlist(name)) if facet.knows(code))
            for name, facet in FACETS.items()
            if name in query
        }
        page, sort, radius = (query.get(name, "") for name in ("page", "sort", "km"))
        return cls(
            text=clean(query.get("q", "")),
            own=order[0],
            languages=tuple(chosen) or order[:1],
            filters={name: codes for name, codes in filters.items() if codes},
            since=day(query.get("since", "")),
            until=day(query.get("until", "")),
            place=clean(query.get("place", ""))[:LONGEST_PLACE],
            kilometres=int(radius) if radius in map(str, RADII) else RADII[1],
            sort=sort if sort in get_args(Sort) else "best",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, **changes) -> str:
        """The query string of this question with some of its parts changed, always in one order.

        A change that is not of the page leads to the first page.
        """
        asked = replace(self, **{"page": 1, **changes})
        query = QueryDict(mutable=True)
        query["q"] = asked.text
        if tuple(asked.languages) != (self.own,):
            query.setlist("language", asked.languages)
        for name in FACETS:
            query.setlist(name, asked.filters.get(name, ()))
        for name in ("since", "until"):
            if chosen := getattr(asked, name):
                query[name] = chosen.isoformat()
        if asked.place:
            query["place"], query["km"] = asked.place, str(asked.kilometres)
        if asked.sort != "best":
            query["sort"] = asked.sort
        if asked.page > 1:
            query["page"] = str(asked.page)
        return f"?{query.urlencode()}"

    def plain(self) -> "Question":
        """The same words without anything that narrows the results."""
        return Question(text=self.text, own=self.own, languages=(self.own,))

    @property
    def near(self) -> Near | None:
        """Around which point is looked; None where there is no place, or one that nobody knows."""
        town = towns.find(self.place) if self.place else None
        return Near(town.latitude, town.longitude, self.kilometres) if town else None

    def switched(self, name: str, code: str) -> dict[str, tuple[str, ...]]:
        """The filters with a code chosen that was not, or the other way round."""
        chosen = self.filters.get(name, ())
        kept = tuple(one for one in chosen if one != code)
        codes = kept if code in chosen else (*chosen, code)
        others = {key: value for key, value in self.filters.items() if key != name}
        return others | {name: codes} if codes else others

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the languages narrows the results."""
        return bool(self.filters or self.since or self.until or self.place)

    def for_engine(
        self,
        request=None,
        equal: Mapping[str, Thesaurus] | None = None,
        *,
        meaning: bool = True,
    ) -> Query:
        """The question as engines take it: in every content language the forms of every word, and a vector.

        `equal` are the words that are held to be equal, by language: those of the editors if left out,
        which cost no query if the request is given. Without `meaning`, what is found has the words.
        """
        order = reading_order(self.own, tuple(settings.CONTENT_LANGUAGES))
        equal = synonyms.known(request) if equal is None else equal
        return Query(
            text=self.text,
            languages=self.languages,
            other_languages=tuple(code for code in order if code not in self.languages),
            words={code: sought(self.text, code, equal.get(code, NO_SYNONYMS)) for code in order},
            filters=self.filters,
            since=self.since,
            until=self.until,
            near=self.near,
            sort=self.sort,
            counted=tuple(FACETS),
            offset=(self.page - 1) * PER_PAGE,
            limit=PER_PAGE,
            other_limit=OTHERS,
            vector=self.vector() if meaning else None,
        )

    def vector(self) -> "np.ndarray | None":
        """What the question means; None where there is no model, or no word that anybody knows.

        A model gives every row of letters a vector, and something is always near to that.
        """
        typed = telling([match.group() for match in words(self.text)], self.own)
        if not space() or self.unknown.issuperset(typed):
            return None
        return of_question(self.text)

    @cached_property
    def unknown(self) -> frozenset[str]:
        """The typed words that no word list has and no text of the portal; one query at most.

        None where one of the chosen languages has no word list, or not yet.
        """
        if not all(map(dictionary, self.languages)):
            return frozenset()
        order = reading_order(self.own, tuple(settings.CONTENT_LANGUAGES))
        lists = [found for code in order if (found := dictionary(code))]
        typed = {match.group() for match in words(self.text)}
        new = {word for word in typed if not any(found.knows(word) for found in lists)}
        if not new:
            return frozenset()
        texts = SearchWord.objects.filter(language__in=order, folded__in=[*map(fold, new)])
        present = set(texts.values_list("folded", flat=True))
        return frozenset(word for word in new if fold(word) not in present)


def day(text: str) -> date | None:
    """A day as forms send it; None for anything else.

    >>> day("2026-02-28"), day("2026-02-30"), day("soon")
    (datetime.date(2026, 2, 28), None, None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def clean(text: str) -> str:
    """One line of printable characters, not too long.

    >>> clean("  real\\torders\\x00\\ud800 ")
    'real orders'
    """
    line = " ".join(text[: LONGEST_TEXT * 4].split())
    return "".join(letter for letter in line if letter.isprintable())[:LONGEST_TEXT].strip()


def sought(text: str, language: str, equal: Thesaurus = NO_SYNONYMS) -> tuple[Forms, ...]:
    """The words of a question in all forms in which they may stand in documents of a language.

    Words that say too little are left out, unless there are no others. Beside the others stands what
    editors hold to be equal.
    """
    known = lemmas(language)
    typed = [match.group() for match in words(text)]
    joined = {word: fold(letter + word) for letter, word in LETTER_AND_WORD.findall(text)}
    forms = [
        (*alternatives(word, known)[:MOST_FORMS], *filter(None, [joined.get(word)]))
        for word in telling(typed, language)
    ]
    kept = list(dict.fromkeys(one for one in forms if NOTHING not in one))[:MOST_WORDS]
    return tuple(dict.fromkeys(equal.expanded(kept)))[:MOST_WORDS_WITH_EQUAL]


def places(words: Mapping[str, tuple[Forms, ...]], language: str) -> dict[str, int]:
    """For each form, which word of the question it belongs to; for marking."""
    return {form: number for number, forms in enumerate(words.get(language, ())) for form in forms}
