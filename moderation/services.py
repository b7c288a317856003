"""From a notice to its end: what came in, what was decided and why, and what became of an appeal."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import outbox
from moderation import links, permissions, registry
from moderation.links import Party
from moderation.models import TAKES_DOWN, Action, Appeal, Case, CaseEvent, Decision, Notice
from moderation.registry import Thing

What = CaseEvent.What
Stage = Decision.Stage


class Refused(PermissionDenied):
    """The rules say no; the text says why, for the reader."""

    message = ""

    def __str__(self) -> str:
        return str(self.message)


class NotYours(Refused):
    message = _(
        "Somebody else has to decide: you are no moderator for this language, or it is yours, your "
        "organisation's or reported by you, or the appeal is against your own decision."
    )


class AlreadyDecided(Refused):
    message = _("Somebody else has decided meanwhile. Nothing of yours was recorded.")


class NoAppeal(Refused):
    message = _("You cannot appeal any more: the time is over, or the appeal was decided.")


# ---- Notices ------------------------------------------------------------------------------


@transaction.atomic
def notify(
    submission: UUID,
    kind: str,
    thing: Thing,
    interface: str,
    *,
    reason: str,
    text: str,
    name: str = "",
    email: str = "",
    user: User | None = None,
) -> Notice:
    """Keeps a notice with the case of its thing, and promises the receipt; sent twice it is one.

    `interface` is the language of the menus of whoever sent it.
    """
    known = Notice.objects.filter(submission=submission).first()
    if known:
        return known
    case = open_case(kind, thing)
    notice, created = Notice.objects.get_or_create(
        submission=submission,
        defaults={
            "case": case,
            "reason": reason,
            "text": text,
            "name": name,
            "email": email,
            "user": user,
            "language": interface,
        },
    )
    if not created:
        return notice
    record(case, What.NOTICE, user, notice.number)
    if email:
        promise(Party(case, notice=notice), "receipt")
    if case.notices.count() == 1:
        call_moderators(case)
    return notice


def open_case(kind: str, thing: Thing) -> Case:
    """The case of a thing about which nobody has decided yet, held for this transaction; or a new one."""
    values = {
        "language": thing.language,
        "title": thing.title[:255],
        "text": thing.text,
        "url": thing.url,
    }
    while True:
        case, created = Case.objects.get_or_create(
            kind=kind, key=thing.key, state=Case.State.OPEN, defaults=values
        )
        if created:
            case.authors.set(thing.authors)
            case.involved.set(thing.involved)
            case.organisations.set(thing.organisations)
            return case
        case = Case.objects.select_for_update().get(pk=case.pk)
        if case.state == Case.State.OPEN:
            return case


# ---- Decisions ----------------------------------------------------------------------------


@transaction.atomic
def decide(
    case_id: int,
    by: User,
    token: UUID,
    *,
    action: str,
    facts: str,
    language: str,
    ground: str = "",
    rule: str = "",
) -> Decision:
    """Decides about the notices of a case, or about the appeal; the same form sent twice decides once.

    `facts` and `rule` are the moderator's own words, in `language`. Raises `AlreadyDecided` where
    somebody was faster, and `NotYours` for whoever may not decide.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    same = case.decisions.filter(token=token, by=by).first()
    if same:
        return same
    if case.state not in (Case.State.OPEN, Case.State.APPEALED):
        raise AlreadyDecided
    if not permissions.can_decide(by, case):
        raise NotYours
    first = case.decisions.filter(stage=Stage.FIRST).first()
    decision = Decision.objects.create(
        case=case,
        stage=Stage.APPEAL if first else Stage.FIRST,
        token=token,
        by=by,
        first_by=first.by if first else None,
        action=action,
        ground="" if action == Action.NONE else ground,
        rule="" if action == Action.NONE else rule,
        facts=facts,
        language=language,
    )
    case.state = Case.State.CLOSED if first else Case.State.DECIDED
    case.decided_at = decision.made_at
    record(case, What.APPEAL_DECIDED if first else What.DECIDED, by, action)
    carry_out(case, decision, by)
    case.save()
    for one in told(case, decision):
        promise(one, "outcome" if first else "decision")
    return decision


def carry_out(case: Case, decision: Decision, by: User) -> None:
    """Takes the thing off the portal or puts it back, where the decision changes that."""
    wanted = decision.action in TAKES_DOWN
    if wanted == case.is_down:
        return
    reportable = registry.get(case.kind)
    if wanted:
        reportable.take_down(case.key, by, decision.facts)
    else:
        reportable.restore(case.key, by)
    case.is_down = wanted
    record(case, What.TAKEN_DOWN if wanted else What.RESTORED, by)


def told(case: Case, decision: Decision) -> list[Party]:
    """Who gets the statement of reasons: who reported it, and the authors where it concerns them."""
    reporters = [Party(case, notice=one) for one in case.notices.exclude(email="")]
    concerned = (
        decision.action != Action.NONE
        or case.appeals.filter(notice=None).exists()
        or case.decisions.exclude(action=Action.NONE).exists()
    )
    return [*reporters, *(authors(case) if concerned else [])]


def authors(case: Case) -> list[Party]:
    """The authors of the thing and the owners of its organisations, each once."""
    owners = User.objects.filter(
        memberships__organisation__in=case.organisations.all(), memberships__role="owner"
    )
    ids = {*case.authors.values_list("pk", flat=True), *owners.values_list("pk", flat=True)}
    people = User.objects.filter(pk__in=ids, is_active=True).order_by("pk")
    return [Party(case, user=one) for one in people.select_related("wagtail_userprofile")]


# ---- Appeals ------------------------------------------------------------------------------


def can_appeal(one: Party) -> bool:
    """Whether a party can still ask for another decision."""
    case = one.case
    if case.state not in (Case.State.DECIDED, Case.State.APPEALED):
        return False
    if timezone.now().date() > links.last_day(case.decided_at):
        return False
    return own_appeal(one) is None


def own_appeal(one: Party) -> Appeal | None:
    """The appeal of a party, if there is one."""
    return one.case.appeals.filter(notice=one.notice, user=one.user).first()


@transaction.atomic
def appeal(submission: UUID, one: Party, interface: str, text: str) -> Appeal:
    """Keeps an appeal and calls another moderator; sent twice it is one. Raises `NoAppeal`."""
    case = Case.objects.select_for_update().get(pk=one.case.pk)
    party = Party(case, one.notice, one.user)
    known = case.appeals.filter(submission=submission).first()
    if known:
        return known
    if not can_appeal(party):
        raise NoAppeal
    made = Appeal.objects.create(
        submission=submission,
        case=case,
        notice=party.notice,
        user=party.user,
        text=text,
        language=interface,
    )
    first = case.state == Case.State.DECIDED
    case.state = Case.State.APPEALED
    case.save(update_fields=["state"])
    record(case, What.APPEALED, party.user, party.notice.number if party.notice else "")
    if party.email:
        promise(party, "appeal")
    if first:
        call_moderators(case)
    return made


# ---- What both need -----------------------------------------------------------------------


def record(case: Case, what: str, actor: User | None = None, about: str = "") -> None:
    """Writes a line of the audit."""
    CaseEvent.objects.create(case=case, what=what, actor=actor, about=about)


def promise(one: Party, occasion: str) -> None:
    """Promises a mail to a party, as part of the transaction."""
    outbox.post("moderation.mail", case_id=one.case.pk, to=one.name, occasion=occasion)


def call_moderators(case: Case) -> None:
    """Promises a mail to each of those who can decide."""
    for person in permissions.deciders(case):
        outbox.post("moderation.call", case_id=case.pk, user_id=person.pk, state=case.state)
