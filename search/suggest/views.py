"""What the search field offers while somebody types."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from core import registry
from core.anonymous import too_many
from core.languages import language
from search.questions import Question
from search.suggest.suggestions import TERM, Suggestion, suggest

A_MINUTE = 60
MOST_A_MINUTE = 3_000  # from one network, which may be that of a whole school


@require_safe
def suggestions(request):
    """Titles and terms for the words in `q`, as options of a list; nothing where nothing begins so."""
    if too_many(request, "suggest", MOST_A_MINUTE, A_MINUTE, cache="rates"):
        return HttpResponse(status=429, headers={"Retry-After": str(A_MINUTE)})
    reader = get_language()
    question = Question.read(request.GET, reader)
    found = suggest(question.text, reader, question.languages)
    html = render_to_string(
        "search/suggestions.html", {"suggestions": [option(one, reader) for one in found]}
    )
    response = HttpResponse(html, headers={"X-Robots-Tag": "noindex"})
    patch_cache_control(response, public=True, max_age=A_MINUTE)
    return response


def option(one: Suggestion, reader: str) -> dict:
    titled, opened = language(one.language), language(one.opens_in)
    return {
        "title": one.title,
        "url": one.url,
        "lang": titled.code,
        "dir": titled.dir,
        "opens_in": opened.code,
        "language_name": "" if opened.code == reader else opened.name,
        "kind": kind_name(one.kind),
        "demonstration": one.demonstration,
    }


def kind_name(kind: str) -> str:
    """What a kind of suggestion is called in the active language."""
    return gettext("Term") if kind == TERM else str(registry.item(kind).name)
