"""Two or three stories side by side."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import page_context
from stories import side_by_side
from stories.comparing import FEWEST, MOST
from stories.models import StoryPage

LONGEST_CHOICE = 20


@require_safe
def compare(request):
    """The stories whose slugs stand in the address; says what is wrong with another choice."""
    reader = get_language()
    slugs = list(dict.fromkeys(slug[:255] for slug in request.GET.getlist("story")))
    stories = side_by_side.chosen(StoryPage, slugs[:LONGEST_CHOICE], reader)
    list_url = f"/{reader}/stories/"
    context = {
        "breadcrumbs": [
            {"title": _("Home"), "url": f"/{reader}/", "lang": ""},
            {"title": _("Stories"), "url": list_url, "lang": ""},
            {"title": _("Compare stories"), "url": "", "lang": ""},
        ],
        "list_url": list_url,
        "problem": problem(len(slugs), len(stories)),
        "offered": [],
    }
    if context["problem"]:
        context["offered"] = [side_by_side.head(story, reader) for story in stories]
    else:
        context |= side_by_side.build(stories, reader)
    context["canonical_url"] = page_context.absolute(request.path)
    return render(
        request, "stories/compare.html", context, status=400 if context["problem"] else 200
    )


def problem(asked: int, found: int) -> str:
    """Why there is nothing to compare, in words; empty where there is."""
    if asked < FEWEST:
        return _("Choose two or three stories in the list, then compare them.")
    if found < FEWEST:
        return _("Not enough of these stories are public. Choose two or three in the list.")
    if found > MOST or asked > MOST:
        return _("At most three stories fit side by side. Choose two or three of them.")
    return ""
