"""Versions of a proposal: made, and compared."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.deals import comparing, moves
from marketplace.deals.models import Deal, Milestone, Proposal
from marketplace.deals.states import CHANGEABLE, UNAGREED, Side, State
from marketplace.deals.table import PROPOSING
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

    Where the sides have agreed already it is `propose_change`; a change keeps the window that is taken.
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
    move = moves.BY_NAME[move_from(locked.state)]
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
    check_lengths(proposal)
    proposal.full_clean(exclude=["deal"])
    milestones = milestones_of(proposal, values.get("milestones") or [])
    if "window" in values and locked.state in UNAGREED:
        choose(locked, values["window"])
    proposal.save()
    for milestone in milestones:
        milestone.proposal = proposal
    Milestone.objects.bulk_create(milestones)
    moves.perform(locked, move.name, user, acting, token=token, at=proposal.made_at)
    moves.copy(locked, deal)
    return proposal


def move_from(state: str) -> str:
    """By which move a version is proposed in a state."""
    if state in CHANGEABLE:
        return "propose_change"
    countering = state in (State.PROPOSED, State.COUNTER_PROPOSED)
    return "counter_propose" if countering else "propose"


def check_lengths(proposal: Proposal) -> None:
    """Raises `ValidationError` for texts that are too long: models leave that to forms."""
    for name in FIELDS:
        limit, value = Proposal._meta.get_field(name).max_length, getattr(proposal, name)
        if limit and isinstance(value, str) and len(value) > limit:
            raise ValidationError({name: _("At most %(number)s characters.") % {"number": limit}})


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
    made = [Milestone(title=row.get("title") or "", due=row.get("due")) for row in rows]
    for milestone in made:
        try:
            milestone.full_clean(exclude=["proposal", "number"])
        except ValidationError as error:
            raise ValidationError({"milestones": error.messages}) from None
        if not proposal.starts <= milestone.due <= proposal.ends:
            raise ValidationError(
                {"milestones": _("Every milestone lies between the start and the end.")}
            )
    made.sort(key=lambda milestone: milestone.due)
    for number, milestone in enumerate(made, start=1):
        milestone.number = number
    return made


@dataclass(frozen=True)
class Differences:
    """What a version says otherwise than the one before."""

    fields: tuple[comparing.Change, ...]
    milestones: tuple[comparing.MilestoneChange, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.milestones)


def differences(old: Proposal, new: Proposal) -> Differences:
    """What `new` says otherwise than `old`, field by field; prefetch the milestones of both."""
    was, now = ({name: getattr(one, name) for name in FIELDS} for one in (old, new))
    goals = (
        [comparing.Goal(goal.title, goal.due) for goal in one.milestones.all()]
        for one in (old, new)
    )
    return Differences(comparing.fields(was, now, FIELDS), comparing.milestones(*goals))


@moves.guard("propose")
@moves.guard("counter_propose")
@moves.guard("propose_change")
def has_a_new_version(deal: Deal) -> None:
    """A proposal was saved for this very move: there is one version more than there were such moves."""
    made = deal.steps.filter(move__in=PROPOSING).count()
    if deal.state not in (*UNAGREED, *CHANGEABLE) or deal.proposals.count() != made + 1:
        raise moves.Refused(_("Write the proposal first."))
