"""One's notices in the admin, and the page that stops mails without signing in."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from core import pagination
from core.languages import language
from editorial.notices import choices, mail
from editorial.notices.models import Kind, Notice

PER_PAGE = 30
LARGEST = 2**63


@require_safe
def notices(request):
    """The notices of the person, the newest first; those that were read on request."""
    mine = Notice.objects.filter(person=request.user)
    everything = request.GET.get("show") == "all"
    shown = mine if everything else mine.unread()
    page = Paginator(shown.select_related("by"), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "notice": one,
            "of": language(one.language) if one.language else None,
            "said": mail.said(one),
        }
        for one in page
    ]
    context = {
        "rows": rows,
        "everything": everything,
        "unread": mine.unread().count(),
        "newest": max((row["notice"].pk for row in rows), default=0),
        "pages": pagination.numbers(page, lambda number: address(everything, number)),
        "choices_url": reverse("account_profile") + "#mails",
    }
    return TemplateResponse(request, "editorial/notices/notices.html", context)


def address(everything: bool, number: int) -> str:
    return f"?{'show=all&' if everything else ''}page={number}"


@require_safe
def follow(request, pk: int):
    """Leads to what a notice is about; it is read then, as a mail is that one opens."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    if request.method == "GET":
        mark(Notice.objects.filter(pk=notice.pk))
    return redirect(notice.path)


@require_POST
def mark_read(request):
    """Marks one notice as read, or all up to the newest that was shown."""
    mine = Notice.objects.filter(person=request.user)
    number = request.POST.get("notice", "")
    newest = request.POST.get("newest", "")
    if number.isdecimal() and int(number) < LARGEST:
        marked = mark(mine.filter(pk=number))
    elif newest.isdecimal() and int(newest) < LARGEST:
        marked = mark(mine.filter(pk__lte=newest))
    else:
        raise Http404
    if marked:
        messages.success(request, _("Marked as read: %(count)s") % {"count": marked})
    return redirect("editorial_notices")


def mark(found) -> int:
    return found.unread().update(read_at=timezone.now())


@csrf_exempt  # mail programs post without a cookie (RFC 8058); the signature says who wants it
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token: str):
    """Asks with one button, and stops at a POST. Says the same whether or not the account exists."""
    found = choices.read(token)
    if found is None:
        raise Http404
    what, done = found[1], request.method == "POST"
    if done:
        choices.stop(*found)
    return render(
        request,
        "editorial/notices/stop.html",
        {
            "kind": "" if what == choices.DIGEST else Kind(what).label,
            "done": done,
            "name": _("You get no more of these mails") if done else _("Shall these mails stop?"),
        },
    )
