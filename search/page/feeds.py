"""A search as an Atom feed: what is newest among its results."""

from dataclasses import replace

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext

from core.feeds import ENTRIES, ItemsFeed, described, entry_id
from core.page_context import absolute
from core.serving import reading_address
from core.text import without_controls
from search.engine import engine
from search.models import SearchDocument
from search.page.presentation import found
from search.questions import Question


class ResultsFeed(ItemsFeed):
    """The newest of what a search finds, in the languages and with the filters of its address."""

    def get_object(self, request):
        question = Question.read(request.GET, get_language())
        if not question.text:
            raise Http404
        return replace(question, sort="newest", page=1)

    def title(self, question):
        return gettext("Search: %(query)s") % {"query": question.text}

    def link(self, question):
        return absolute(f"{reverse('search')}{question.address(sort='best')}")

    def feed_url(self, question):
        return absolute(f"{reverse('search-feed')}{question.address(sort='best')}")

    def items(self, question):
        asked = replace(
            question.for_engine(meaning=False), limit=ENTRIES, other_limit=0, counted=()
        )
        results = engine().search(asked)
        documents = found(results)
        return [documents[hit.document] for hit in results.hits if hit.document in documents]

    def item_title(self, document: SearchDocument):
        return without_controls(document.title)

    def item_description(self, document: SearchDocument):
        return described(document.summary)

    def item_link(self, document: SearchDocument):
        return absolute(reading_address(document.url, get_language()))

    def item_guid(self, document: SearchDocument):
        return entry_id(document.translation_key, document.language)

    def item_pubdate(self, document: SearchDocument):
        return document.published

    def item_updateddate(self, document: SearchDocument):
        return document.updated


results = ResultsFeed()
