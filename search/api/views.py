"""The answers of the API: JSON that any page of any site may read, the same for everybody.

An ETag and the answer 304 come from Django's `ConditionalGetMiddleware`, the headers for other sites
from `portal.middleware.OpenToOtherSitesMiddleware`.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from core.anonymous import too_many
from core.page_context import absolute
from search.api import answers, openapi
from search.api.parameters import faults, number, of_search, of_suggest
from search.api.problems import problem
from search.engine import DEEPEST
from search.questions import PER_PAGE, Question
from search.suggest.suggestions import MOST

A_MINUTE, AN_HOUR = 60, 3600
# From one network and to one web process; typing asks more often than reading.
MOST_A_MINUTE = {"search": 300, "suggest": 3_000}


def public(name: str) -> Callable:
    """Decorates a view that anybody may read, as often as is good for all."""

    def decorate(view: Callable) -> Callable:
        @csrf_exempt  # nothing can be sent
        @wraps(view)
        def answered(request, **kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return problem(405, "This API is only read.", {"Allow": "GET, HEAD, OPTIONS"})
            limit = MOST_A_MINUTE.get(name)
            if limit is not None and too_many(request, f"api-{name}", limit, A_MINUTE, "rates"):
                detail = f"At most {limit} requests a minute."
                return problem(429, detail, {"Retry-After": str(A_MINUTE)})
            return view(request, **kwargs)

        return answered

    return decorate


@public("search")
def search(request) -> HttpResponse:
    """What the words in `q` find."""
    if wrong := faults(request.GET, of_search()):
        return refused(wrong)
    question = Question.read(request.GET, settings.LANGUAGE_CODE)
    per_page = number(request.GET, "per_page", PER_PAGE)
    if wrong := together(question, per_page):
        return refused(wrong)
    reader = question.languages[0]
    with override(reader):
        answer = answers.results(request, question, per_page, reader)
    for name, page in answers.other_pages(answer).items():
        query = request.GET.copy()
        query["page"] = str(page)
        answer[name] = absolute(f"{request.path}?{query.urlencode()}")
    return said(answer, reader)


def together(question: Question, per_page: int) -> list[dict]:
    """What is wrong although each parameter alone is right."""
    found = []
    if question.place and not question.near:
        found.append({"parameter": "place", "detail": "Unknown town."})
    if question.sort == "nearest" and not question.place:
        found.append({"parameter": "sort", "detail": "The order `nearest` needs a `place`."})
    if question.page * per_page > DEEPEST:
        detail = f"There are no pages beyond {DEEPEST:,} results: narrow the search."
        found.append({"parameter": "page", "detail": detail})
    return found


@public("suggest")
def suggest(request) -> HttpResponse:
    """Titles and terms that begin as was typed in `q`."""
    if wrong := faults(request.GET, of_suggest()):
        return refused(wrong)
    question = Question.read(request.GET, settings.LANGUAGE_CODE)
    reader = question.languages[0]
    limit = number(request.GET, "limit", MOST)
    return said(answers.suggestions(question, limit, reader), reader)


@public("description")
def description(request) -> HttpResponse:
    """The API in the words of OpenAPI 3.1."""
    return said(openapi.document(), settings.LANGUAGE_CODE, seconds=AN_HOUR)


@public("unknown")
def unknown(request, rest: str) -> HttpResponse:
    """An address that the API does not have."""
    return problem(404, f"There is nothing here. See {absolute('/api/v1/openapi.json')}.")


def said(answer: dict, language: str, seconds: int = A_MINUTE) -> JsonResponse:
    response = JsonResponse(
        answer, json_dumps_params={"ensure_ascii": False}, headers={"Content-Language": language}
    )
    patch_cache_control(response, public=True, max_age=seconds)
    return response


def refused(wrong: list[dict]) -> JsonResponse:
    detail = " ".join(f"{one['parameter']}: {one['detail']}" for one in wrong)
    return problem(400, detail, errors=wrong)
