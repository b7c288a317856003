"""Versions of a proposal: made, and compared."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.deals import moves
from marketplace.deals.models import Deal, Milestone, Proposal
from marketplace.deals.states import UNAGREED, Side, State
from marketplace.listings.capacity import CapacityWindow

FIELDS = (
    "scope",
    "learns",
    "starts",
    "ends",
    "price_line",
    "price_model",
    "supervision",
    "conditions",
    "insurance",
    "minors",
    "licence",
    "data",
    "language",
)
MOST_MILESTONES = 30


@transaction.atomic
def propose(
    deal: Deal,
    user: User | None,
    values: dict,
    token: uuid.UUID,
    side: Side | None = None,
    expected_version: int | None = None,
) -> Proposal:
    """Saves the next version and makes the move `propose`, or `counter_propose` where there is one.

    `values` holds some of `FIELDS`, `milestones` as a list of `{"title": …, "due": date}`, and `window`, the
    capacity window in which the work would take a place. The same token again gives back the same
    version. Raises `ValidationError` by field, `Refused` and `Stale`.
    """
    locked = moves.held(deal)
    if made := locked.steps.filter(token=token).first():
        same = locked.proposals.filter(made_at=made.at, side=made.side).first()
        if same is not None:
            moves.copy(locked, deal)
            return same
    countering = locked.state in (State.PROPOSED, State.COUNTER_PROPOSED)
    move = moves.BY_NAME["counter_propose" if countering else "propose"]
    acting = moves.acting_side(locked, move, user, side)
    if expected_version is not None and locked.version != expected_version:
        raise moves.Stale()
    moves.check(locked, move, acting)
    proposal = Proposal(
        deal=locked,
        number=locked.proposals.count() + 1,
        side=acting,
        made_by=user,
        made_at=timezone.now(),
        **{name: values[name] for name in FIELDS if name in values},
    )
    proposal.language = proposal.language or locked.language(acting)
    proposal.full_clean(exclude=["deal"])
    milestones = milestones_of(proposal, values.get("milestones") or [])
    if "window" in values:
        choose(locked, values["window"])
    proposal.save()
    for milestone in milestones:
        milestone.proposal = proposal
    Milestone.objects.bulk_create(milestones)
    moves.perform(locked, move.name, user, acting, token=token, at=proposal.made_at)
    moves.copy(locked, deal)
    return proposal


def choose(deal: Deal, window: CapacityWindow | None) -> None:
    """Chooses the window of the deal's own service; raises `ValidationError` for another's."""
    if window is not None and window.service_key != deal.service_key:
        raise ValidationError({"window": _("Choose from the list.")})
    Deal.objects.filter(pk=deal.pk).update(window=window)


def milestones_of(proposal: Proposal, rows: list[dict]) -> list[Milestone]:
    """The milestones in the order of their days, not saved; raises `ValidationError` by field."""
    if len(rows) > MOST_MILESTONES:
        raise ValidationError(
            {"milestones": _("At most %(number)s milestones.") % {"number": MOST_MILESTONES}}
        )
    made = []
    for number, row in enumerate(sorted(rows, key=lambda row: row["due"]), start=1):
        milestone = Milestone(number=number, title=row["title"], due=row["due"])
        milestone.full_clean(exclude=["proposal"])
        if not proposal.starts <= milestone.due <= proposal.ends:
            raise ValidationError(
                {"milestones": _("Every milestone lies between the start and the end.")}
            )
        made.append(milestone)
    return made


@moves.guard("propose")
@moves.guard("counter_propose")
def has_a_new_version(deal: Deal) -> None:
    """A proposal was saved for this very move: there is one version more than there were such moves."""
    made = deal.steps.filter(move__in=["propose", "counter_propose"]).count()
    if deal.state not in UNAGREED or deal.proposals.count() != made + 1:
        raise moves.Refused(_("Write the proposal first."))
