"""All that fits a need, for those whose need it is, and the invitation of a provider."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import pagination
from marketplace import matches
from marketplace.invitations import services
from marketplace.models import NeedPage, ServicePage

PER_PAGE = 20
MOST = 100
MOST_NEARLY = 5


def mine(request, pk: int) -> NeedPage:
    """A need that the person writes; else a 404."""
    needs = NeedPage.objects.told_by(request.user).select_related(
        "locale", "organisation__merged_into"
    )
    return get_object_or_404(needs, pk=pk)


@never_cache
@login_required
def need_matches(request, pk: int):
    """The services that fit a need, each with what can be done about it."""
    need = mine(request, pk)
    found = matches.services_for(need, get_language(), MOST, MOST_NEARLY)
    current = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    invited, title = services.invited(need), gettext("Services that fit")
    return render(
        request,
        "marketplace/matching/need.html",
        {
            "title": title,
            "breadcrumbs": trail(need, title),
            "need": need,
            "found": found,
            "rows": current.object_list,
            "nearly": found.nearly if current.number == 1 else (),
            "shown": len(found.rows),
            "invited": invited,
            "left": max(services.MOST - services.of(need).count(), 0),
            "can_invite": need.live and need.is_open,
            "pages": pagination.numbers(current, lambda number: f"?page={number}"),
        },
    )


def trail(need: NeedPage, title: str) -> list[dict]:
    """The way from home to the matches of a need."""
    return [
        {"title": gettext("Home"), "url": f"/{get_language()}/", "lang": ""},
        {"title": need.title, "url": need.url_path, "lang": need.locale.language_code},
        {"title": title, "url": "", "lang": ""},
    ]


@never_cache
@require_POST
@login_required
def invite(request, pk: int):
    """Asks the provider of a service to look at the need."""
    need = mine(request, pk)
    service = public_service(request.POST.get("service", ""))
    if service is None:
        messages.error(request, gettext("This service is not public any more."))
        return redirect("marketplace:need-matches", pk)
    try:
        services.invite(need, service, request.user)
        said = gettext("%(name)s was invited.") % {"name": service.record.name}
        messages.success(request, said)
    except services.Refused as error:
        messages.error(request, str(error))
    return redirect("marketplace:need-matches", pk)


def public_service(key: str) -> ServicePage | None:
    """A public version of a service; None for what is no key."""
    try:
        found = ServicePage.objects.live().filter(translation_key=UUID(key))
    except ValueError:
        return None
    return found.select_related("organisation__merged_into").order_by("pk").first()
