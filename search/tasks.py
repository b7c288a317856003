"""Background work of search: documents, dictionaries, and the daily comparison."""

import logging
import time

from django.conf import settings
from wagtail.models import Page

from core import outbox
from core.models import OutboxEntry
from core.periodic import every
from search import documents
from search.editors import misses
from search.engine import Key
from search.meaning import vectors
from search.meaning.provider import provider
from search.meaning.space import learn_directions, space
from search.text import lemmas

logger = logging.getLogger(__name__)
AT_ONCE = 2_000
VECTORS_AT_ONCE = 16
LONGEST_TURN = 240  # seconds


@outbox.handler("search.index")
def index(translation_key: str, language: str) -> None:
    documents.index(Key(translation_key, language))
    promise_vectors()


@outbox.handler("search.tree")
def tree(page_id: int) -> None:
    """A page may have another address, and then so have all below it."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        for wanted in documents.elsewhere(page):
            promise(wanted)


def promise(wanted: Key) -> None:
    """Promises, as part of the current transaction, to bring a document up to date."""
    outbox.post("search.index", translation_key=wanted.translation_key, language=wanted.language)


def promise_vectors() -> None:
    """Promises to make the vectors that are missing, unless that is promised."""
    waits = OutboxEntry.objects.filter(kind="search.vectors", done_at=None)
    if provider() and not waits.exists():
        outbox.post("search.vectors")


@outbox.handler("search.vectors", slow=True)
def make_vectors() -> None:
    """Makes vectors some at a time, so that a stop loses little, and nothing else waits for all of them."""
    asked, end = provider(), time.monotonic() + LONGEST_TURN
    if asked and not space():
        logger.info("search: learning the directions of %s", asked.model)
        learn_directions(asked)
    if here := space():
        while batch := list(vectors.missing(here)[:VECTORS_AT_ONCE]):
            vectors.make(here, batch)
            if others_wait() or time.monotonic() > end:
                outbox.post("search.vectors")
                return


def others_wait() -> bool:
    """Whether mail or anything else waits for its first turn, for which people wait."""
    waiting = OutboxEntry.objects.filter(done_at=None, attempts=0, not_before=None)
    return waiting.exclude(kind="search.vectors").exists()


@every(minutes=1)
def keep_vectors():
    """Catches up with what was missed, as after another model was chosen."""
    if provider() and (not (here := space()) or vectors.missing(here).exists()):
        promise_vectors()


@every(minutes=1)
def keep_dictionaries():
    """Builds what is missing, one language after another, and has its documents written anew."""
    for language in lemmas.missing(settings.CONTENT_LANGUAGES):
        logger.info("search: building the dictionary of word forms for %s", language)
        lemmas.build(language)
        rewrite()
    rewrite()


def rewrite() -> None:
    for wanted in documents.outdated()[:AT_ONCE]:
        documents.index(wanted)


@every(hours=24)
def compare_documents():
    changed = documents.repair()
    forgotten = documents.forget_words()
    if changed or forgotten:
        logger.warning("search: %s documents repaired, %s words forgotten", changed, forgotten)


@every(hours=24)
def forget_misses():
    misses.forget()
