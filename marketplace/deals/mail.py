"""Mails about deals: that something happened and where to read it, never what was written there."""

import datetime

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import dates, mail
from marketplace.deals import deadlines
from marketplace.deals.models import Deal, RemindersStopped, Step
from marketplace.deals.querysets import ACTING
from marketplace.deals.rows import Tell
from marketplace.deals.states import BOTH, PARTIES, Side, opposite
from marketplace.deals.table import BY_NAME, timeout_of

SALT = "marketplace.deals.reminders"


def people_of(deal: Deal, *sides: str) -> QuerySet[User]:
    """Those who act for some sides of a deal today."""
    found = Q()
    for side in sides:
        if side in PARTIES:
            organisation = deal.organisation(side)
            found |= Q(memberships__organisation=organisation, memberships__role__in=ACTING)
        elif side == Side.DESK:
            mediates = {"codename": "mediate", "content_type__app_label": "marketplace"}
            found |= Q(**{f"groups__permissions__{name}": one for name, one in mediates.items()})
    people = User.objects.filter(is_active=True)
    return people.filter(found).distinct() if found else people.none()


def told(step: Step) -> QuerySet[User]:
    """Who gets a mail about a step, by the table: never the one who made it."""
    by_a_party = step.side in PARTIES
    sides: set[str] = set()
    for tell in BY_NAME[step.move].mail_to:
        if tell == Tell.DESK:
            sides.add(Side.DESK)
        elif tell == Tell.OTHER and by_a_party:
            sides.add(opposite(step.side))
        else:
            sides.update(PARTIES)
    return people_of(step.deal, *sides).exclude(pk=step.actor_id)


def reminded(deal: Deal) -> QuerySet[User]:
    """Who is reminded: those who are waited for, but for those who do not want to be."""
    sides = PARTIES if deal.awaits == BOTH else [deal.awaits]
    return people_of(deal, *sides).filter(deal_reminders_stopped=None)


def send_step(step_id: int, user_id: int) -> bool:
    """Sends the mail about a step to one person; False where they have nothing to do with it now."""
    step = Step.objects.filter(pk=step_id).select_related("deal").first()
    person = step and told(step).filter(pk=user_id).first()
    if not person:
        return False
    deal = Deal.objects.with_sides().get(pk=step.deal_id)
    step.deal = deal
    with translation.override(person.language):
        content = {"heading": _("There is news about a deal"), "text": step.sentence}
        send(deal, person, content, f"deal-step-{step.pk}-{person.pk}")
    return True


def waiting(deal_id: int, due: str) -> Deal | None:
    """A deal that still has to be moved by a moment; a change that is proposed leaves that as it was."""
    return Deal.objects.with_sides().filter(pk=deal_id, due_at=moment(due)).first()


def send_reminder(deal_id: int, version: int, user_id: int, due: str) -> bool:
    """Sends a reminder to one person; False where somebody has moved the deal meanwhile."""
    deal = waiting(deal_id, due)
    person = deal and reminded(deal).filter(pk=user_id).first()
    if not person:
        return False
    with translation.override(person.language):
        content = {
            "heading": _("A deal waits for you"),
            "text": str(timeout_of(deal.state)[0].otherwise),
            "stop_url": full(reverse("marketplace:deal-reminders", args=[token(person)])),
        }
        name = f"deal-reminder-{deal.pk}-{version}-{deadlines.day_of(moment(due))}-{person.pk}"
        send(deal, person, content, name)
    return True


def send(deal: Deal, person: User, content: dict, name: str) -> None:
    """Sends a mail in the active language; a repeated one has the same id, and is shown once."""
    side = deal.side_of(person)
    content |= {
        "subject": f"{content['heading']}: {deal.title}",
        "title": deal.title,
        "sides": _("%(provider)s works for %(client)s")
        % {one.value: deal.organisation(one).name for one in PARTIES},
        "next": str(deal.next_for(side)),
        "by": day(deal, person.language),
        "deal_url": address(deal),
        "organisation": deal.organisation(side).name if side in PARTIES else "",
    }
    headers = {
        "Message-ID": f"<{name}@{mail.domain()}>",
        "Reply-To": mail.unread(_("Please answer on the page of the deal")),
    }
    if content.get("stop_url"):
        headers["List-Unsubscribe"] = f"<{content['stop_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.made_of(
        "marketplace/deals/mail/message", person.email, person.language, content, **headers
    ).send()


def day(deal: Deal, language: str) -> str:
    """The last day before a time-out, in words; "" for none."""
    return dates.day(deadlines.day_of(deal.due_at), language, "full") if deal.due_at else ""


def address(deal: Deal) -> str:
    """Where the deal is read, in the active language."""
    return full(reverse("marketplace:deal", args=[deal.key]))


def full(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def token(person: User) -> str:
    """The signed part of the address that stops a person's reminders."""
    return signing.dumps(person.pk, salt=SALT)


def stop(signed: str) -> bool:
    """Stops reminders to whom a signed address belongs; False for one that is not ours."""
    person = read(signed)
    if person is None:
        return False
    if User.objects.filter(pk=person).exists():
        RemindersStopped.objects.get_or_create(person_id=person)
    return True


def go_on(person: User) -> None:
    """Sends reminders to a person again."""
    RemindersStopped.objects.filter(person=person).delete()


def read(signed: str) -> int | None:
    """Whose address it is; None where the signature is not ours."""
    try:
        return int(signing.loads(signed, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
