"""Registrations and totals in the admin, for those who may see them."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

import vocabularies
from core.tables import table
from events import permissions, presentation, services, totals
from events.models import EventPage, Registration

CAME = {"yes": True, "no": False}
MOST = 200


@require_safe
def events(request):
    """The events whose registrations this person may see, with their numbers."""
    if not permissions.can_see_registrations(request.user):
        raise PermissionDenied
    found = list(
        EventPage.objects.visible_to(request.user)
        .select_related("locale")
        .order_by("-starts_at", "-pk")[:MOST]
    )
    numbers = {
        row["key"]: row
        for row in Registration.objects.filter(key__in=[page.translation_key for page in found])
        .order_by()
        .values("key")
        .annotate(
            registered=Count("pk", filter=Q(state="registered")),
            waiting=Count("pk", filter=Q(state="waiting")),
        )
    }
    rows = [
        {
            "page": page,
            "when": presentation.when(page, get_language()),
            "numbers": numbers.get(page.translation_key, {}),
        }
        for page in found
    ]
    content = {"rows": rows, "totals": totals.table(totals.totals())}
    return TemplateResponse(request, "events/admin/events.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
def registrations(request, key):
    """The list of one event; ticking off who came."""
    page = seen(request, key)
    rows = participants(key)
    if request.method == "POST":
        ids = [row["pk"] for row in rows if row["state_code"] == "registered"]
        sent = {pk: request.POST.get(f"came-{pk}") for pk in ids}
        came = {pk: CAME.get(said) for pk, said in sent.items() if said is not None}
        services.mark_attendance(key, came)
        messages.success(request, _("Who came is written down."))
        return redirect("event-registrations", key=key)
    content = {
        "page": page,
        "rows": rows,
        "when": presentation.when(page, get_language()),
        "answers": [("", _("Not known")), ("yes", _("Came")), ("no", _("Did not come"))],
    }
    response = TemplateResponse(request, "events/admin/registrations.html", content)
    patch_cache_control(response, private=True, no_store=True)
    return response


def seen(request, key) -> EventPage:
    return get_object_or_404(EventPage.objects.visible_to(request.user), translation_key=key)


def participants(key) -> list[dict]:
    """Confirmed registrations; learners have a number in the place of name and address."""
    labels, found, learners = vocabularies.get("event_audience"), [], 0
    for row in Registration.objects.filter(key=key, confirmed_at__isnull=False):
        is_learner = row.audience == "learner"
        learners += is_learner
        found.append(
            {
                "pk": row.pk,
                "name": _("Learner %(number)s") % {"number": learners} if is_learner else row.name,
                "email": "" if is_learner else row.email,
                "organisation": row.organisation,
                "audience": labels.label(row.audience),
                "state": row.get_state_display(),
                "state_code": row.state,
                "came": {True: "yes", False: "no"}.get(row.attended, ""),
            }
        )
    return found


@require_safe
def participants_csv(request, key):
    """The list of one event as a file."""
    page = seen(request, key)
    head = [_("Name"), _("E-mail address"), _("Organisation"), _("Takes part as"), _("State")]
    came = {"yes": _("Came"), "no": _("Did not come"), "": ""}
    rows = [
        [
            *(row[name] for name in ("name", "email", "organisation", "audience", "state")),
            came[row["came"]],
        ]
        for row in participants(key)
    ]
    return table(f"{page.slug}.csv", [[*head, _("Came")], *rows])


@require_safe
def totals_csv(request):
    """Totals per year and audience as a file."""
    if not permissions.can_see_totals(request.user):
        raise PermissionDenied
    return table("events.csv", totals.table(totals.totals()))
