"""Why an item is found, or not, by a question: word for word, and as the engine answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search import documents
from search.editors import promotions
from search.engine import Forms, Query, engine
from search.facets import FACETS
from search.models import SearchDocument
from search.questions import Question
from search.text.analysis import alternatives, fold, words
from search.text.highlight import spans
from search.text.lemmas import lemmas, written_with
from search.text.stopwords import telling

MOST = 1_000  # results that are looked through
MOST_EXAMPLES = 5
NAMES = {"title": _("Title"), "summary": _("Summary"), "body": _("Text")}


@dataclass(frozen=True)
class Word:
    """A word that is sought: as typed, in which forms, and where it stands as what."""

    typed: str
    forms: Forms
    places: tuple[tuple[str | Promise, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Place:
    """Where the item stands among the results; `number` is None where it does not."""

    number: int | None
    total: int
    score: float
    all_words: bool
    by_meaning: bool = False


@dataclass(frozen=True)
class Explanation:
    """Everything that decides; `document` is None where search does not know the item."""

    is_public: bool
    is_recommended: bool
    document: SearchDocument | None
    is_current: bool
    left_out: tuple[str, ...]
    words: tuple[Word, ...]
    place: Place
    unfiltered: Place | None
    filters: tuple[tuple[str | Promise, bool], ...]

    @property
    def missing(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if not word.places)


def explain(request, question: Question, item: Page) -> Explanation:
    """Looks at the version of an item in the language of a question."""
    language = question.own
    page = Page.objects.filter(
        translation_key=item.translation_key, locale__language_code=language, live=True
    ).first()
    page = page.specific if page and documents.is_item(page) else None
    found = SearchDocument.objects.filter(
        translation_key=item.translation_key, language=language
    ).first()
    query = question.for_engine(request)
    is_narrowed = question.is_narrowed
    return Explanation(
        is_public=page is not None,
        is_recommended=item.translation_key in promotions.recommended(request, question),
        document=found,
        is_current=page is not None and found is not None and is_current(found, page),
        left_out=tuple(left_out(question.text, language)),
        words=tuple(explained(question, query, found)),
        place=place(query, found),
        unfiltered=place(unfiltered(query), found) if is_narrowed else None,
        filters=tuple(passed(query, found)) if is_narrowed else (),
    )


def is_current(document: SearchDocument, page: Page) -> bool:
    """Whether search knows the page as it is now."""
    said = {**documents.fields(page), "analysis": written_with(document.language)}
    return all(getattr(document, name) == value for name, value in said.items())


def left_out(text: str, language: str) -> list[str]:
    """The words that say too little to be sought."""
    typed = [match.group() for match in words(text)]
    kept = telling(typed, language)
    return list(dict.fromkeys(word for word in typed if word not in kept))


def explained(question: Question, query: Query, document: SearchDocument | None) -> Iterator[Word]:
    language = question.own
    typed = telling([match.group() for match in words(question.text)], language)
    for forms in query.words[language]:
        mine = [word for word in typed if set(alternatives(word, lemmas(language))) & set(forms)]
        places = tuple(standing(document, forms)) if document else ()
        yield Word(" ".join(dict.fromkeys(mine)), forms, places)


def standing(document: SearchDocument, forms: Forms) -> Iterator[tuple]:
    """The parts of a document in which a word stands, with how it is written there."""
    for name in documents.TEXTS:
        text, lemmas_ = getattr(document, name), getattr(document, f"{name}_lemmas").split()
        there = {*lemmas_, *getattr(document, f"{name}_words").split()}
        if here := [form for form in forms if form in there]:
            marks = spans(text, lemmas_, dict.fromkeys(here, 0))
            written = dict.fromkeys(text[start:end].lower() for start, end, _word in marks)
            yield NAMES[name], tuple(written or map(fold, here))[:MOST_EXAMPLES]


def place(query: Query, document: SearchDocument | None) -> Place:
    """As the engine answers."""
    results = engine().search(replace(query, offset=0, limit=MOST, other_limit=0, counted=()))
    for number, hit in enumerate(results.hits, 1):
        if document and hit.document == document.pk:
            return Place(number, results.total, hit.score, results.all_words, hit.by_meaning)
    return Place(None, results.total, 0, results.all_words)


def unfiltered(query: Query) -> Query:
    return replace(query, filters={}, since=None, until=None, near=None)


def passed(query: Query, document: SearchDocument | None) -> Iterator[tuple[str | Promise, bool]]:
    """Each filter alone, and whether the item is found with it."""
    plain = unfiltered(query)
    for name, codes in query.filters.items():
        alone = replace(plain, filters={name: codes})
        yield FACETS[name].legend, place(alone, document).number is not None
    if query.since or query.until:
        alone = replace(plain, since=query.since, until=query.until)
        yield _("Date"), place(alone, document).number is not None
    if query.near:
        yield _("Place"), place(replace(plain, near=query.near), document).number is not None
