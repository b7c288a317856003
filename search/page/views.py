"""The page of the public search."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.page import presentation
from search.questions import Question


@require_safe
def search(request):
    """Results for the words in `q`, in the reader's language or the languages that they chose."""
    question = Question.read(request.GET, get_language())
    return render(
        request, "search/search.html", presentation.context(request, question, get_language())
    )
