"""Background work of search: documents, dictionaries, and the daily comparison."""

import logging

from django.conf import settings
from wagtail.models import Page

from core import outbox
from core.periodic import every
from search import documents
from search.engine import Key
from search.text import lemmas

logger = logging.getLogger(__name__)
AT_ONCE = 2_000


@outbox.handler("search.index")
def index(translation_key: str, language: str) -> None:
    documents.index(Key(translation_key, language))


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
