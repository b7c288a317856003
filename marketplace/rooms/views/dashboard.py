"""The list of one's deals."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.pagination import numbers
from marketplace.rooms import dashboard, links
from marketplace.rooms.views.frame import page, trail

PER_PAGE = 20


@login_required
@never_cache
@require_safe
def deals(request):
    """What waits for a person, what has a date, and all of their deals."""
    reader = get_language()
    wanted = request.GET.get("state", "")
    shown = dashboard.build(request.user, wanted, reader)
    typed = request.GET.get("page", "")
    number = typed if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 1
    chosen = Paginator(shown.pop("deals"), PER_PAGE).get_page(number)
    mine = shown.pop("mine")
    url, state = reverse("marketplace:deals"), f"state={wanted}&" if wanted.isidentifier() else ""
    return page(
        request,
        "deals",
        gettext("Your deals"),
        trail(None),
        rows=[dashboard.row(one, mine, reader) for one in chosen.object_list],
        pages=numbers(chosen, lambda number: f"{url}?{state}page={number}#deals"),
        chosen=wanted,
        calendar_url=links.calendar(request.user),
        services_url=f"/{reader}/services/",
        needs_url=f"/{reader}/needs/",
        service_new_url=links.optional("service-write"),
        need_new_url=links.optional("need-new"),
        **shown,
    )
