"""What an address that leads nowhere may have meant."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings

from core.languages import language, reading_order
from core.serving import reading_address
from search.engine import Query, engine
from search.models import SearchDocument
from search.page.presentation import found
from search.questions import Question, clean, sought
from search.text.analysis import fold, words

MOST, LOOKED_THROUGH = 5, 20


def near(text: str, reader: str) -> list[dict]:
    """Items whose title or address has the words of `text`, those in the reader's language first.

    A slip is forgiven in the reader's language. At most five items and six queries.
    """
    order = reading_order(reader, tuple(settings.CONTENT_LANGUAGES))
    # An address has its own words.
    asked = Question(clean(text), reader, order).for_engine(equal={}, meaning=False)
    asked = replace(asked, limit=LOOKED_THROUGH, other_limit=0)
    typed = [match.group() for match in words(asked.text)]
    if better := engine().spelling(typed, reader):
        spelled = sought(" ".join(better.get(word, word) for word in typed), reader)
        asked = replace(asked, words={**asked.words, reader: spelled})
    results = engine().search(asked)
    known = found(results)
    documents = [known[hit.document] for hit in results.hits if hit.document in known]
    alike = [document for document in documents if resembles(document, asked)]
    own = in_language(reader, alike)
    shown = [own.get(document.translation_key, document) for document in alike]
    shown.sort(key=lambda document: document.language != reader)
    return [link(document, reader) for document in shown[:MOST]]


def resembles(document: SearchDocument, asked: Query) -> bool:
    """Whether at least half of the words stand in the title or the last part of the address."""
    slug = document.url.strip("/").rpartition("/")[2]
    named = (fold(match.group()) for match in words(f"{document.title} {slug}"))
    present = {*document.title_lemmas.split(), *named}
    forms = asked.words[document.language]
    return 2 * sum(not present.isdisjoint(word) for word in forms) >= len(forms)


def in_language(code: str, documents: list[SearchDocument]) -> dict[UUID, SearchDocument]:
    """The versions of the same items in a language."""
    keys = [document.translation_key for document in documents]
    versions = SearchDocument.objects.filter(language=code, translation_key__in=keys)
    return {
        one.translation_key: one
        for one in versions.only("translation_key", "language", "title", "url")
    }


def link(document: SearchDocument, reader: str) -> dict:
    content = language(document.language)
    return {
        "title": document.title,
        "url": reading_address(document.url, reader),
        "lang": content.code,
        "dir": content.dir,
        "language_name": "" if content.code == reader else content.name,
    }
