"""The page of the public search."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.editors import misses
from search.page import presentation
from search.questions import Question


@require_safe
def search(request):
    """Results for the words in `q`, in the reader's language or the languages that they chose."""
    question = Question.read(request.GET, get_language())
    shown = presentation.context(request, question, get_language())
    response = render(request, "search/search.html", shown)
    if question.text and not (has_words(shown) or shown["promoted"] or shown["simpler"]):
        misses.note(question)
    return response


def has_words(shown: dict) -> bool:
    """Whether anything has the words; what is only near in meaning is no answer that editors trust."""
    return bool(shown["total"]) and shown["by_words"]
