"""What readers find now, and what they would find with words that nobody has saved yet."""

from dataclasses import dataclass, replace

from search.editors import synonyms
from search.editors.models import Synonym
from search.engine import Query, engine
from search.models import SearchDocument
from search.questions import Question, clean

SHOWN = 10


@dataclass(frozen=True)
class Found:
    """One line of a list; `is_new` where the other list does not have it."""

    title: str
    is_new: bool


@dataclass(frozen=True)
class Preview:
    """The first results before and after, and how many there are."""

    before: tuple[Found, ...]
    before_total: int
    after: tuple[Found, ...]
    after_total: int


def preview(synonym: Synonym, text: str) -> Preview:
    """Asks the engine twice: with what is stored, and with this group as it is in the form."""
    language = synonym.language
    question = Question(text=clean(text), own=language, languages=(language,))
    now = synonyms.read()
    others = Synonym.objects.filter(language=language, active=True).exclude(pk=synonym.pk)
    groups = [*others.order_by("pk").values_list("words", flat=True)]
    then = now | {language: synonyms.of(language, [synonym.words, *groups])}
    before, after = (search(question.for_engine(equal=one)) for one in (now, then))
    titles = SearchDocument.objects.in_bulk([*before[0], *after[0]])
    return Preview(
        listed(before[0], after[0], titles),
        before[1],
        listed(after[0], before[0], titles),
        after[1],
    )


def search(query: Query) -> tuple[list[int], int]:
    """The first documents and how many items there are."""
    results = engine().search(replace(query, limit=SHOWN, other_limit=0, counted=()))
    return [hit.document for hit in results.hits], results.total


def listed(mine: list[int], others: list[int], documents: dict) -> tuple[Found, ...]:
    return tuple(Found(documents[pk].title, pk not in others) for pk in mine if pk in documents)
