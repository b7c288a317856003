"""What has happened to a page in public words: what was published when, and why, without names."""

from collections.abc import Callable

from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext
from wagtail.models import PageLogEntry

from core import generation, page_context
from core.serving import reading_address

MOST = 100
# The words for a kind of entry in Wagtail's log, from its data. Apps add their own.
WORDS: dict[str, Callable[[dict], str]] = {
    "wagtail.publish": lambda data: gettext("Published after a second person had approved it"),
    "wagtail.unpublish": lambda data: gettext("Taken off the portal"),
}


def entries(request, page) -> list[dict]:
    """The newest public changes of this version of a page, newest first; one query, kept."""

    def build() -> list[dict]:
        rows = (
            PageLogEntry.objects.filter(page=page.pk, action__in=list(WORDS))
            .order_by("-timestamp", "-pk")
            .values_list("timestamp", "action", "data")[:MOST]
        )
        found = [{"date": when, "words": WORDS[action](data)} for when, action, data in rows]
        if not found and page.first_published_at:
            found = [{"date": page.first_published_at, "words": gettext("Published")}]
        return found

    return generation.kept(request, ("history", page.pk, get_language()), build)


def serve(page, request) -> TemplateResponse:
    """The history of a page at an address of its own."""
    context = page_context.build(page, request)
    context |= {
        "page": page,
        "json_ld": [],
        "entries": entries(request, page),
        "back_url": reading_address(page.url_path, get_language()),
    }
    return TemplateResponse(request, "page_history.html", context)
