"""Both sides review each other; readers see it when neither can answer the other in kind."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import generation
from core.text import without_controls
from marketplace.deals import moves
from marketplace.deals.models import Deal, Step
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, Side, State, opposite
from marketplace.reviews.models import WAIT, Review

FEWEST = 5  # reviews before figures are shown
FIELDS = ("rating", "on_time", "would_again", "text", "language")
OPEN = (State.ACCEPTED, State.REVIEWED, State.CLOSED)


@dataclass(frozen=True)
class Summary:
    """What reviews add up to. `mean` (1 to 5) and the shares in percent are None under five reviews."""

    number: int = 0
    mean: float | None = None
    on_time: int | None = None
    again: int | None = None


def summary_for(organisations) -> dict[int, Summary]:
    """The summary of each organisation (records or their ids) by its id, in one query."""
    rows = {row["record"]: row for row in Review.objects.figures(organisations)}
    keys = [one if isinstance(one, int) else one.pk for one in organisations]
    return {key: summary(rows.get(key)) for key in keys}


def summary(row: dict | None) -> Summary:
    if row is None:
        return Summary()
    number = row["number"]
    if number < FEWEST:
        return Summary(number)
    return Summary(
        number,
        round(row["mean"], 1),
        round(100 * row["on_time"] / number),
        round(100 * row["again"] / number),
    )


def accepted_at(deal: Deal):
    """When the result was accepted, last; None before."""
    found = Step.objects.filter(deal=deal, to_state=State.ACCEPTED).order_by("-number").first()
    return found.at if found else None


def until(deal: Deal):
    """Until when reviews are written, and from when one is shown alone; None before the result is accepted,
    and where both sides have become one organisation.

    While the deal waits for reviews, that is when it stops waiting: 14 days, to the end of a working day.
    """
    if len({deal.organisation(side).pk for side in PARTIES}) < len(PARTIES):
        return None
    if deal.state == State.ACCEPTED and deal.due_at:
        return deal.due_at
    since = accepted_at(deal)
    return since and since + WAIT


def can_write(deal: Deal, side: str | None) -> bool:
    """Whether this side may write or change its review now: never once it can read the other's."""
    if side not in PARTIES or deal.state not in OPEN:
        return False
    last, now = until(deal), timezone.now()
    return last is not None and now < last and not any(r.is_shown(now) for r in deal.reviews.all())


@transaction.atomic
def write(deal: Deal, user, values: dict, side: Side | None = None) -> Review:
    """Saves a side's review, or changes it until it is shown; the second one makes both visible.

    `values` holds `FIELDS`. Raises `Refused`, in words, for whoever acts for no party, before the result
    is accepted, when 14 days are over, and once it is shown.
    """
    deal = moves.held(deal)
    side = acting(deal, user, side)
    now = timezone.now()
    last = until(deal)
    if last is None or deal.state not in OPEN:
        raise Refused(_("A review can be written once the result is accepted."))
    review = deal.reviews.filter(side=side).first()
    if review and review.is_shown(now):
        if all(getattr(review, name) == values[name] for name in FIELDS):
            return review
        raise Refused(_("This review is shown already, so it cannot be changed any more."))
    if last <= now or any(one.is_shown(now) for one in deal.reviews.all()):
        raise Refused(_("The 14 days for reviews are over."))
    known = {name: values[name] for name in FIELDS}
    known["text"] = without_controls(known["text"]).strip()
    review = review or Review(deal=deal, side=side)
    review.about = deal.organisation(opposite(side))
    review.user = user
    review.written_at = now
    review.shown_at = last
    for name, value in known.items():
        setattr(review, name, value)
    review.full_clean(exclude=["deal", "about", "user", "shown_at", "reply_at"])
    review.save()
    if deal.reviews.count() == len(PARTIES):
        deal.reviews.update(shown_at=now)
        review.shown_at = now
        if deal.state == State.ACCEPTED:
            moves.perform(deal, "review", user=user, side=side)
        generation.grow()
    elif deal.state == State.ACCEPTED:
        moves.hand_over(deal, Side(opposite(side)))
    return review


@transaction.atomic
def reply(review: Review, user, text: str, language: str) -> Review:
    """The reviewed side answers a shown review, once. Raises `Refused`, in words."""
    deal = moves.held(review.deal)
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    side = opposite(review.side)
    if side not in deal.sides_of(user):
        raise Refused(_("Only the side that was reviewed can reply."))
    if not review.is_shown() or review.hidden:
        raise Refused(_("This review is not shown yet. You can reply as soon as it is."))
    text = without_controls(text).strip()[:1000]
    if review.reply:
        if review.reply == text:
            return review
        raise Refused(_("There is a reply already. One reply is possible."))
    if not text:
        raise Refused(_("Write your reply first."))
    review.reply, review.reply_language, review.reply_at = text, language, timezone.now()
    review.reply_user = user
    review.save()
    generation.grow()
    return review


def acting(deal: Deal, user, side: Side | None) -> Side:
    """For which party a person writes: of both, for the one without a review."""
    mine = [one for one in deal.sides_of(user) if one in PARTIES]
    if side is not None:
        mine = [one for one in mine if one == side]
    if not mine:
        raise Refused(_("You do not act for a party of this deal."))
    written = set(deal.reviews.values_list("side", flat=True))
    return next((one for one in mine if one not in written), mine[0])


@moves.guard("review")
def both_are_in(deal: Deal) -> None:
    """The deal is reviewed only when both sides have written."""
    if deal.reviews.count() < len(PARTIES):
        raise Refused(_("Both sides have to write their review first."))
