"""The steps of a recommendation from draft to answered, each recorded with its date and person."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from core import generation, outbox
from guidelines import permissions
from guidelines.models import Answer, Move, Proceeding, RecommendationPage, Status
from guidelines.models.proceedings import TRANSITIONS

# In the history of the page.
MOVED, TAKEN_BACK = "guidelines.move", "guidelines.take_back"


@dataclass(frozen=True)
class Answered:
    """An answer as it was given: by which body, in which words and language, and where it stands."""

    body: str
    text: str
    language: str
    url: str = ""


@transaction.atomic
def move(
    recommendation: RecommendationPage,
    to: str,
    by: User,
    on: datetime.date | None = None,
    note: str = "",
    *,
    office: str = "",
    answer: Answered | None = None,
    follow_up_on: datetime.date | None = None,
) -> Move:
    """Records that a public recommendation has reached the status `to` on a day, today if left out.

    `office` is what readers see of who moved it; left out, it is who leads the recommendation.
    Raises `PermissionDenied` for a person who may not, and `ValidationError` with a message for the
    field that is wrong: `to` (a status left out or passed already), `on` (before the last move or
    in the future), `answer`, `follow_up_on`.
    """
    to, today = Status(to), timezone.localdate()
    on = on or today
    proceeding, last = hold(recommendation, on)
    if not permissions.can_move(by, recommendation.translation_key, to):
        raise PermissionDenied
    check(recommendation, proceeding, last, to, on)
    if (to == Status.ANSWERED) != (answer is not None):
        raise ValidationError({"answer": _("An answer belongs to the status “answered”.")})
    made = Move.objects.create(
        proceeding=proceeding,
        status=to,
        on=on,
        by=by,
        office=office or recommendation.led_by,
        note=note,
    )
    if answer:
        Answer.objects.create(
            move=made,
            body=answer.body,
            text=answer.text,
            language=answer.language,
            url=answer.url,
        )
    proceeding.status = to
    if follow_up_on:
        proceeding.follow_up_on = checked_follow_up(follow_up_on, on)
    proceeding.save()
    record(recommendation, made, by, MOVED)
    tell(recommendation.translation_key)
    return made


@transaction.atomic
def take_back(recommendation: RecommendationPage, by: User, last_seen: str) -> Proceeding:
    """Removes the last move, recorded by mistake; the history of the page keeps what it said.

    `last_seen` is the id of the move that is meant, so that a second click takes back no other one.
    Raises `PermissionDenied` for whoever may not record that status, `ValidationError` for a draft
    and where another move is the last one.
    """
    proceeding, last = hold(recommendation, timezone.localdate())
    if not permissions.can_move(by, recommendation.translation_key, proceeding.status):
        raise PermissionDenied
    if proceeding.status == Status.DRAFT:
        raise ValidationError({"to": _("Nothing has been recorded yet.")})
    if str(last.pk) != last_seen:
        raise ValidationError({"to": _("The last step is another one by now. See the history.")})
    record(recommendation, last, by, TAKEN_BACK)
    last.delete()
    proceeding.status = proceeding.moves.last().status
    proceeding.save()
    tell(recommendation.translation_key)
    return proceeding


def record(recommendation: RecommendationPage, move: Move, by: User, action: str) -> None:
    """Writes a move, or its removal, into the history of the page, with all that it says."""
    data = {
        "status": move.status,
        "on": move.on.isoformat(),
        "office": move.office,
        "note": move.note,
    }
    if hasattr(move, "answer"):
        data["answer"] = {"body": move.answer.body, "text": move.answer.text}
    log(instance=recommendation, action=action, user=by, data=data)


@transaction.atomic
def follow_up(recommendation: RecommendationPage, on: datetime.date | None, by: User) -> Proceeding:
    """Sets or clears the day on which somebody is reminded to ask what became of it.

    Raises as `move` does; whoever may record the present status may change the day.
    """
    proceeding, last = hold(recommendation, timezone.localdate())
    if not permissions.can_move(by, recommendation.translation_key, proceeding.status):
        raise PermissionDenied
    proceeding.follow_up_on = checked_follow_up(on, last.on) if on else None
    proceeding.save()
    tell(recommendation.translation_key)
    return proceeding


def hold(recommendation: RecommendationPage, on: datetime.date) -> tuple[Proceeding, Move]:
    """The proceeding, its row held, and its last move; a new one begins with the draft.

    The draft is dated by the first version of the page, or by the first move where that is earlier.
    """
    proceeding, new = Proceeding.objects.get_or_create(
        translation_key=recommendation.translation_key
    )
    proceeding = Proceeding.objects.select_for_update().get(pk=proceeding.pk)
    if new:
        first = (
            RecommendationPage.objects.filter(translation_key=recommendation.translation_key)
            .order_by("pk")
            .first()
        )
        written = first.first_published_at or first.latest_revision_created_at or timezone.now()
        Move.objects.create(
            proceeding=proceeding,
            status=Status.DRAFT,
            on=min(on, timezone.localdate(written)),
            by=first.owner,
            office=first.led_by,
        )
    return proceeding, proceeding.moves.last()


def check(recommendation, proceeding: Proceeding, last: Move, to: Status, on) -> None:
    """Raises `ValidationError` where this move cannot be recorded."""
    if not recommendation.live:
        raise ValidationError(
            {
                "to": _(
                    "It is not public yet. Only what is public can be consulted, adopted or sent."
                )
            }
        )
    if to not in TRANSITIONS[Status(proceeding.status)]:
        raise ValidationError({"to": why_not(Status(proceeding.status), to)})
    if on > timezone.localdate():
        raise ValidationError(
            {"on": _("This day is in the future. Record it when it has happened.")}
        )
    if on < last.on:
        raise ValidationError(
            {"on": _("This day is before the last step. Choose the same day or a later one.")}
        )


def why_not(now: Status, to: Status) -> str:
    """Why a recommendation cannot go from one status to another, in words."""
    order = list(Status)
    if order.index(to) <= order.index(now):
        return _("This step is recorded already. The status now: %(now)s.") % {"now": now.label}
    missing = order[order.index(now) + 1]
    return _("A step is missing in between: %(missing)s. The status now: %(now)s.") % {
        "missing": missing.label,
        "now": now.label,
    }


def checked_follow_up(day: datetime.date, after: datetime.date) -> datetime.date:
    if day <= after:
        raise ValidationError({"follow_up_on": _("Choose a day after the last step.")})
    return day


def tell(translation_key) -> None:
    """Pages, search and briefs say the new status in every language."""
    generation.grow()
    for code in RecommendationPage.objects.filter(
        translation_key=translation_key, live=True
    ).values_list("locale__language_code", flat=True):
        # By its name: search works on whatever is registered, and no content app imports it.
        outbox.post("search.index", translation_key=str(translation_key), language=code)
    outbox.post("guidelines.briefs", keys=[str(translation_key)])
