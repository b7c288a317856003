"""Mails about reported content, each in the language of its receiver."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import mail
from core.page_context import absolute
from moderation import links, permissions, services, statements
from moderation.links import Party
from moderation.models import Case, CaseEvent, Decision, Notice

STAGES = {"decision": Decision.Stage.FIRST, "outcome": Decision.Stage.APPEAL}


def send(case_id: int, to: str, occasion: str) -> bool:
    """Sends one mail; False where the case or its receiver is gone."""
    case = Case.objects.filter(pk=case_id).first()
    one = links.party(case, to) if case else None
    if one is None or not one.email:
        return False
    with translation.override(one.language):
        content = about(one, occasion)
        message = mail.made_of(
            "moderation/mail/message",
            one.email,
            one.language,
            content,
            **{"Message-ID": identity(f"case-{case.pk}-{occasion}-{to.replace(':', '-')}")},
        )
        services.record(case, CaseEvent.What.MAILED, about=f"{occasion} {to}")
        message.send()
    return True


def about(one: Party, occasion: str) -> dict:
    """What the templates say, with full addresses, in the active language."""
    case, stage = one.case, STAGES.get(occasion)
    decision = case.decisions.filter(stage=stage).first() if stage else None
    heading, text = words(one, occasion)
    content = statements.subject_of(case) | {
        "subject": f"{heading} ({one.notice.number if one.notice else case.number})",
        "heading": heading,
        "text": text,
        "case_url": absolute(reverse("moderation:case", args=[links.token(one)])),
        "why": _("You get this mail because you have reported this content.")
        if one.notice
        else _("You get this mail because you, or your organisation, wrote this content."),
    }
    if one.notice and occasion == "receipt":
        content["reason"] = Notice.objects.get(pk=one.notice.pk).get_reason_display()
    if decision:
        content["lines"] = statements.lines(decision, services.can_appeal(one))
        content["appeals"] = stage == Decision.Stage.FIRST and services.can_appeal(one)
    return content


def words(one: Party, occasion: str) -> tuple[str, str]:
    """Heading and first sentences of a mail."""
    if occasion == "receipt":
        return _("We have your notice"), _(
            "Thank you. A person will look at the content and decide. You get a mail with the "
            "decision and its reasons. Your name and address are not given to the author."
        )
    if occasion == "appeal":
        return _("We have your appeal"), _(
            "A person who had no part in the first decision will look at it. You get a mail with "
            "the outcome."
        )
    if occasion == "outcome":
        return _("The appeal is decided"), _("Another person has looked at the case again.")
    if one.notice:
        return _("Your notice is decided"), _("A moderator has looked at what you reported.")
    return _("A decision about your content"), _(
        "Somebody has reported content of yours. A moderator has looked at it."
    )


def call(case_id: int, user_id: int, state: str) -> bool:
    """Tells a moderator that a case waits; False where it does not any more, or not for them."""
    case = Case.objects.filter(pk=case_id, state=state).first()
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if case is None or person is None or not permissions.can_decide(person, case):
        return False
    is_appeal = case.state == Case.State.APPEALED
    with translation.override(person.language):
        heading = _("An appeal waits for you") if is_appeal else _("Reported content waits for you")
        text = (
            _("Somebody disagrees with a decision. It was not yours, so you can decide.")
            if is_appeal
            else _("Somebody says that this content should not be on the portal.")
        )
        path = reverse("moderation_case", args=[case.pk])
        content = statements.subject_of(case) | {
            "subject": f"{heading} ({case.number})",
            "heading": heading,
            "text": text,
            "office_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path,
            "why": _("You get this mail because you are a moderator."),
        }
        mail.made_of(
            "moderation/mail/message",
            person.email,
            person.language,
            content,
            **{"Message-ID": identity(f"case-{case.pk}-{state}-call-{person.pk}")},
        ).send()
    return True


def identity(name: str) -> str:
    """A repeated mail has the same id, and is shown once."""
    return f"<{name}@{mail.domain()}>"
