"""The page on which a visitor reports a mistake."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from core.anonymous import for_visitors
from core.languages import language
from core.serving import reading_address
from editorial.reports import services
from editorial.reports.forms import MistakeForm


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """The form about the page that `?about=` names by its id, and the thanks after it."""
    page = reported(request.GET.get("about", ""))
    reader = get_language()
    form = MistakeForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        services.report(form.submission, page, reader, data["text"], data["email"])
        return redirect(f"{request.path}?about={page.pk}&sent=1")
    page_url = reading_address(page.url_path, reader)
    context = {
        "page": page,
        "breadcrumbs": [
            {"title": gettext("Home"), "url": f"/{reader}/", "lang": ""},
            {"title": page.title, "url": page_url, "lang": page.locale.language_code},
            {"title": gettext("Report a mistake"), "url": "", "lang": ""},
        ],
        "content_language": language(page.locale.language_code),
        "page_url": page_url,
        "form": form,
        "sent": "sent" in request.GET and request.method != "POST",
    }
    return render(
        request, "editorial/reports/report.html", context, status=422 if form.errors else 200
    )


def reported(number: str) -> Page:
    """The public page with this id; raises `Http404`."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    page = Page.objects.live().filter(pk=int(number), depth__gt=1).select_related("locale").first()
    if page is None:
        raise Http404
    return page
