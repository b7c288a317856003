"""Everybody's list of deals: what waits, what has a date, what is offered and looked for."""

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import day
from marketplace.deals import deadlines
from marketplace.deals.models import Deal
from marketplace.deals.states import PARTIES, State, opposite
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.models import NeedPage, ServicePage
from marketplace.rooms import timeline
from organisations.models import Organisation

MOST = 20
OPEN, OVER = "open", "over"


def row(deal: Deal, mine: set[int], reader: str) -> dict:
    """A deal of `with_attendance` as a line: with whom, how it stands, whose turn it is, by when."""
    side = side_of(deal, mine)
    other = deal.organisation(opposite(side)) if side else None
    return {
        "title": deal.title,
        "lang": deal.title_language,
        "url": reverse("marketplace:deal", args=[deal.key]),
        "other": other.name if other else f"{deal.provider} – {deal.client}",
        "state": deal.state,
        "label": State(deal.state).label,
        "your_turn": deal.is_awaited(side),
        "waiting": waiting(deal, side, other),
        "next": deal.next_for(side),
        "due": day(deadlines.day_of(deal.due_at), reader) if deal.due_at else "",
        "is_near": bool(deal.due_at) and (deal.due_at - timezone.now()).days < 7,
        "since": day(deal.state_since.date(), reader),
    }


def waiting(deal: Deal, side, other: Organisation | None) -> str:
    """Whom the deal waits for, and whether there is nobody; of one's own side there is oneself."""
    if deal.is_silent and other and not deal.is_over and not deal.is_awaited(side):
        return _("At present nobody can act for %(who)s") % {"who": other.name}
    return timeline.waiting_for(deal, side)


def side_of(deal: Deal, mine: set[int]):
    """For which side the members of these organisations act; without a query."""
    sides = [side for side in PARTIES if deal.organisation(side).pk in mine]
    return next((side for side in sides if side == deal.awaits), sides[0] if sides else None)


def build(user, wanted: str, reader: str) -> dict:
    """What the page shows to a person; the number of queries does not grow with what there is."""
    organisations = list(Organisation.objects.editable_by(user).order_by("name", "pk"))
    mine = {one.pk for one in organisations}
    visible = Deal.objects.visible_to(user)
    counts = visible.by_state()
    waiting = Deal.objects.waiting_for_person(user).with_attendance()
    soon = F("due_at").asc(nulls_last=True)
    due = visible.open().exclude(due_at=None).with_attendance().order_by("due_at", "pk")
    services = ServicePage.objects.told_by(user).sources().select_related("locale")
    needs = NeedPage.objects.told_by(user).sources().select_related("locale")
    services = list(services.order_by("-latest_revision_created_at", "-pk")[:MOST])
    keys = [one.translation_key for one in services if one.live]
    windows = CapacityWindow.objects.coming().filter(service_key__in=keys)[:MOST] if keys else []
    titles = {one.translation_key: one for one in services}
    return {
        "organisations": organisations,
        "waiting": [row(one, mine, reader) for one in waiting.order_by(soon, "pk")[:MOST]],
        "dates": [row(one, mine, reader) for one in due[:MOST]],
        "states": states(counts, wanted),
        "number": sum(counts.values()),
        "services": [listing(one) for one in services],
        "needs": [
            listing(one) for one in needs.order_by("-latest_revision_created_at", "-pk")[:MOST]
        ],
        "windows": [
            {
                "window": one,
                "service": listing(titles[one.service_key]),
                "starts": day(one.starts, reader),
                "ends": day(one.ends, reader),
            }
            for one in windows
        ],
        "deals": chosen(visible, wanted).with_attendance().order_by("-state_since", "-pk"),
        "mine": mine,
    }


def chosen(deals, wanted: str):
    """The deals of a state, the open ones, or those that are over."""
    if wanted in State.values:
        return deals.filter(state=wanted)
    return deals.over() if wanted == OVER else deals.open()


def states(counts: dict[str, int], wanted: str) -> list[dict]:
    """The states that some deal has, in the order of a deal, with their numbers."""
    return [
        {
            "code": state.value,
            "label": state.label,
            "number": counts[state],
            "current": state == wanted,
        }
        for state in State
        if counts.get(state)
    ]


def listing(page) -> dict:
    """A listing of one's own as a line: where it leads, and how it stands."""
    return {
        "title": page.draft_title or page.title,
        "lang": page.locale.language_code,
        "url": author_url(page),
        "live": page.live,
    }


def author_url(page) -> str:
    """Where its members see how it stands, else its public page."""
    from django.urls import NoReverseMatch

    try:
        return page.author_path
    except NoReverseMatch:
        return page.url_path if page.live else ""
