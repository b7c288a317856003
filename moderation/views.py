"""What readers see: the form of a notice, their case with its decision, and the public figures."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from core import dates
from core.anonymous import for_visitors
from core.languages import language
from moderation import figures as counting
from moderation import links, pages, registry, services, statements
from moderation.forms import AppealForm, NoticeForm
from moderation.models import Action, Case


def trail(*titles: str) -> list[dict]:
    """Breadcrumbs: home, and pages that are no links."""
    home = {"title": gettext("Home"), "url": f"/{get_language()}/", "lang": ""}
    return [home, *({"title": title, "url": "", "lang": ""} for title in titles)]


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request):
    """The form about the thing that `?kind=` and `?key=` name, or about an address; then the thanks."""
    kind, key = request.GET.get("kind", ""), request.GET.get("key", "")
    thing = registry.find(kind, key, request.user) if kind or key else None
    sent = "sent" in request.GET and request.method != "POST"
    if (kind or key) and thing is None and not sent:
        raise Http404
    reader = get_language()
    form = NoticeForm(
        request,
        request.POST if request.method == "POST" else None,
        thing=thing,
        interface=reader,
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reason", "text", "name", "email")}
        user = request.user if request.user.is_authenticated else None
        services.notify(form.submission, kind or pages.KIND, form.thing, reader, user=user, **said)
        named = {"kind": kind, "key": key} if kind else {}
        mailed = {"mailed": 1} if said["email"] else {}
        return redirect(f"{request.path}?{urlencode({**named, **mailed, 'sent': 1})}")
    context = {
        "breadcrumbs": trail(gettext("Report illegal or harmful content")),
        "thing": thing,
        "content_language": language(thing.language) if thing else None,
        "form": form,
        "sent": sent,
        "mailed": "mailed" in request.GET,
    }
    return render(request, "moderation/notice.html", context, status=422 if form.errors else 200)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def case(request, token):
    """A case as one of its parties sees it: how it stands, the statement of reasons, and the appeal."""
    one = links.read(token)
    if one is None or (one.is_author and one.case.state == Case.State.OPEN):
        raise Http404
    form = AppealForm(request, request.POST if request.method == "POST" else None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.appeal(form.submission, one, get_language(), form.cleaned_data["text"])
        except services.NoAppeal as error:
            refused = str(error)
        else:
            return redirect(f"{request.path}?sent=1")
    can_appeal = services.can_appeal(one)
    made = list(one.case.decisions.select_related("case"))
    context = statements.subject_of(one.case) | {
        "breadcrumbs": trail(gettext("Reported content")),
        "case": one.case,
        "notice": one.notice,
        "decisions": [
            {
                "decision": decision,
                "on": dates.day(decision.made_at.date(), get_language()),
                "lines": statements.lines(decision, can_appeal),
            }
            for decision in made
        ],
        "waits_for_appeal": one.case.state == Case.State.APPEALED,
        "own_appeal": services.own_appeal(one),
        "can_appeal": can_appeal,
        "form": form,
        "refused": refused,
        "sent": "sent" in request.GET and request.method != "POST",
    }
    status = 422 if form.errors else 409 if refused else 200
    return render(request, "moderation/case.html", context, status=status)


@require_safe
def figures(request):
    """How many notices came in, and what was decided."""
    context = {
        "breadcrumbs": trail(gettext("Notices and decisions")),
        "years": [
            {
                "year": one.year,
                "notices": one.notices,
                "decisions": one.decisions,
                "actions": list(zip(Action.labels, one.actions, strict=True)),
                "appeals": one.appeals,
            }
            for one in counting.by_year()
        ],
        "actions": Action.labels,
    }
    return render(request, "moderation/figures.html", context)
