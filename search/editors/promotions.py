"""Which pages editors recommend for a question."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone

from core import generation
from core.languages import reading_order
from search.editors.models import Promotion
from search.models import SearchDocument
from search.questions import Question, sought
from search.text.lemmas import written_with

MOST = 500  # of a language
MOST_SHOWN = 3  # for a question


def recommended(request, question: Question) -> tuple[UUID, ...]:
    """The items that are recommended today for the words of a question that nothing narrows.

    One query when something has changed, and otherwise none.
    """
    if question.is_narrowed or question.sort != "best":
        return ()
    versions = tuple(map(written_with, settings.CONTENT_LANGUAGES))
    known = generation.kept(request, ("promotions", versions), read)
    if not known:
        return ()
    today = timezone.localdate()
    found = [
        item
        for language in question.languages
        for since, until, item in known.get((language, telling_of(question.text, language)), ())
        if (since is None or since <= today) and (until is None or today <= until)
    ]
    return tuple(dict.fromkeys(found))[:MOST_SHOWN]


def read() -> dict[tuple, list[tuple]]:
    """All that is not over, by language and words: first and last day, and the item."""
    stored = Promotion.objects.exclude(until__lt=timezone.localdate()).order_by("pk")
    found: dict[tuple, list[tuple]] = {}
    for language, words, *promotion in stored.values_list(
        "language", "question", "since", "until", "page__translation_key"
    ):
        found.setdefault((language, telling_of(words, language)), []).append(tuple(promotion))
    return found


def telling_of(text: str, language: str) -> frozenset[str]:
    """What two questions have in common that ask for the same: the lemmas of their words."""
    return frozenset(forms[0] for forms in sought(text, language))


def taken_out(
    items: tuple[UUID, ...], documents: dict[int, SearchDocument], question: Question
) -> tuple[list[SearchDocument], dict[int, SearchDocument]]:
    """The documents of some items in their order, and the others by their ids: no item stands twice.

    Of each item it is the version that the reader is served: in a chosen language, or the next best.
    """
    order = (*question.languages, *reading_order(question.own, tuple(settings.CONTENT_LANGUAGES)))
    versions: dict[UUID, list[SearchDocument]] = {item: [] for item in items}
    for document in documents.values():
        if document.translation_key in versions and document.language in order:
            versions[document.translation_key].append(document)
    best = [
        min(found, key=lambda one: order.index(one.language))
        for found in versions.values()
        if found
    ]
    rest = {pk: one for pk, one in documents.items() if one.translation_key not in versions}
    return best, rest
