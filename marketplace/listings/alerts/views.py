"""Saving a search, confirming it and stopping it, without an account.

Opening a link of a mail changes nothing, because mail programs open links by themselves: a button on
the page does, or the mail program's own button, which posts (RFC 8058).
"""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import private
from core.anonymous import for_visitors, from_here
from marketplace.listings import choosing, listing
from marketplace.listings.alerts import services
from marketplace.listings.alerts.forms import AlertForm


@private
@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def save(request, kind: str):
    """The form; what follows is the same for an address that is known already."""
    known = known_kind(kind)
    state = choosing.State.read(known, request.GET)
    form = AlertForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("email", "how")}
        query = state.query(view="list", closed=False)
        services.save(kind, query, **typed, language=get_language())
        return redirect("marketplace:alert-sent", kind=kind)
    content = about(kind) | {"form": form, "choices": listing.chips_of(state, get_language())}
    return render(
        request, "marketplace/alerts/save.html", content, status=422 if form.is_bound else 200
    )


@private
@require_safe
def sent(request, kind: str):
    """Says where to look now."""
    known_kind(kind)
    return answer(request, "sent", about(kind))


@private
@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token: str):
    """Asks with one button, and begins at a POST."""
    try:
        alert = services.read(token, "confirm", services.CONFIRM_WITHIN)
    except services.LinkExpired:
        return broken(
            request, gettext("This link is older than three days. Save the search again.")
        )
    except services.LinkUnknown:
        return broken(
            request,
            gettext("There is no saved search behind this link. Perhaps it was stopped already."),
        )
    if request.method == "POST" and alert.confirmed_at is None:
        if not from_here(request):
            return broken(request, gettext("Open the link in your mail again."), 403)
        services.confirm(alert)
        alert.refresh_from_db()
    state = services.state_of(alert.kind, alert.query)
    content = about(alert.kind) | {"choices": listing.chips_of(state, get_language())}
    return answer(request, "confirm" if alert.confirmed_at is None else "confirmed", content)


@private
@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token: str):
    """Asks with one button, and stops at a POST. Says the same for a search that is gone already."""
    try:
        number, nonce = services.opened(token, "stop")
    except (services.LinkExpired, services.LinkUnknown):
        raise Http404 from None
    if request.method == "POST":
        services.stop(number, nonce)
        return answer(request, "stopped", {})
    return answer(request, "stop", {})


def known_kind(kind: str) -> choosing.Kind:
    if kind not in choosing.KINDS:
        raise Http404
    return choosing.KINDS[kind]


def about(kind: str) -> dict:
    """The list that a search is on."""
    section = choosing.KINDS[kind].section
    return {"kind": kind, "list_url": f"/{get_language()}/{section}/"}


def answer(request, state: str, content: dict):
    return render(request, "marketplace/alerts/answer.html", content | {"state": state})


def broken(request, text: str, status: int = 410):
    content = {"state": "broken", "text": text, "list_url": reverse("search")}
    return render(request, "marketplace/alerts/answer.html", content, status=status)
