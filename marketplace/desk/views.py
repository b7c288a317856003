"""The page of a desk: what waits for it, and its region in figures."""

from django.http import Http404
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from core import items, tables
from marketplace.deals.models import Deal
from marketplace.deals.querysets import MEDIATE
from marketplace.deals.states import State
from marketplace.desk import figures
from organisations.views.frame import for_members

SHOWN = 20
HIDDEN = "<5"


def is_desk(user) -> bool:
    """Whether a person works for a desk: enters needs for others, invites, or mediates."""
    return user.has_perm("organisations.add_campaign") or user.has_perm(MEDIATE)


def address(name: str, *arguments) -> str:
    """The address of a page that another part may not have yet; empty then."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def first(found) -> tuple[list, int]:
    """The first of what was found, and how many more there are."""
    shown = list(found[:SHOWN])
    return shown, found.count() - SHOWN if len(shown) == SHOWN else 0


@for_members
@require_safe
def desk(request):
    """Disputes, needs without an answer, and figures; a 404 for everybody else."""
    if not is_desk(request.user):
        raise Http404
    reader, area = get_language(), figures.Area.of(request.user)
    waiting, more = first(figures.unanswered(area, reader))
    disputes = Deal.objects.none()
    if request.user.has_perm(MEDIATE):
        disputes = Deal.objects.visible_to(request.user).filter(state=State.DISPUTED)
    held, more_held = first(disputes.with_sides().order_by("state_since", "pk"))
    title = gettext("Desk")
    context = {
        "title": title,
        "breadcrumbs": [
            {"title": gettext("Home"), "url": f"/{reader}/", "lang": ""},
            {"title": title, "url": "", "lang": ""},
        ],
        "area": area.name(reader),
        "answered": figures.answered_in_time(area),
        "tables": [
            (headings()[name], table) for name, table in figures.deals(area, reader).items()
        ],
        "no_code": gettext("Not known"),
        "waiting": [items.row(page, reader) for page in waiting],
        "more": more,
        "disputes": [{"deal": deal, "url": address("marketplace:deal", deal.key)} for deal in held],
        "more_disputes": more_held,
        "mediates": request.user.has_perm(MEDIATE),
        "new_url": address("marketplace:need-new"),
        "invite_url": reverse("campaign:index")
        if request.user.has_perm("organisations.add_campaign")
        else "",
    }
    return render(request, "marketplace/desk/desk.html", context)


def headings() -> dict[str, str]:
    """What each table is called."""
    return {
        "state": gettext("Deals by state"),
        "field": gettext("Deals by field of education"),
        "size": gettext("Deals by size of the client"),
    }


def rows(request) -> list[list]:
    """The figures as lines: table, code, label, number."""
    reader, area = get_language(), figures.Area.of(request.user)
    share = figures.answered_in_time(area)
    found = [
        [gettext("Table"), gettext("Code"), gettext("Name"), gettext("Number")],
        [gettext("Needs"), "total", gettext("Needs of a year"), said(share.total)],
        [gettext("Needs"), "in_time", gettext("Answered within 7 days"), said(share.part)],
    ]
    for name, table in figures.deals(area, reader).items():
        heading = headings()[name]
        lines = [
            [heading, code, label or gettext("Not known"), said(number)]
            for code, label, number in table.rows
        ]
        found += [*lines, [heading, "total", gettext("Total"), said(table.total)]]
    return found


def said(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


@for_members
@require_safe
def table(request):
    """The same as CSV, with a byte-order mark for spreadsheets or, with `?bom=0`, without."""
    if not is_desk(request.user):
        raise Http404
    return tables.table("desk.csv", rows(request), bom=request.GET.get("bom") != "0")
