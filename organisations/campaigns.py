"""Invitation campaigns: addresses, mails, and what the receivers answer through their signed links."""

import datetime
import re

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import mail, outbox
from organisations import services
from organisations.models import Campaign, MembershipRole, Organisation, Recipient
from organisations.models.campaigns import SALT

MOST = 2_000
REGISTER_WITHIN = datetime.timedelta(days=180)


def addresses(text: str) -> tuple[list[str], list[str]]:
    """The e-mail addresses in a pasted text, each once in small letters, and what is none.

    >>> addresses("Office@example.org; office@example.org,\\nnobody")
    (['office@example.org'], ['nobody'])
    """
    good: dict[str, None] = {}
    bad: dict[str, None] = {}
    for word in re.split(r"[\s,;<>]+", text):
        if not word:
            continue
        try:
            validate_email(word)
        except ValidationError:
            bad[word] = None
        else:
            good[word.lower()] = None
    return list(good), list(bad)


@transaction.atomic
def add_recipients(campaign: Campaign, emails: list[str]) -> int:
    """Adds addresses that the campaign does not have; returns how many are new.

    Who declined any invitation before gets none again.
    """
    declined = set(
        Recipient.objects.filter(email__in=emails, state=Recipient.State.DECLINED).values_list(
            "email", flat=True
        )
    )
    known = set(campaign.recipients.filter(email__in=emails).values_list("email", flat=True))
    new = [email for email in emails if email not in known]
    Recipient.objects.bulk_create(
        [
            Recipient(
                campaign=campaign,
                email=email,
                state=Recipient.State.DECLINED if email in declined else Recipient.State.WAITING,
            )
            for email in new
        ],
        ignore_conflicts=True,
    )
    return len(new)


@transaction.atomic
def send(campaign: Campaign) -> int:
    """Promises a mail to everybody who waits for one; returns how many. Safe to repeat."""
    waiting = campaign.recipients.filter(state=Recipient.State.WAITING)
    ids = list(waiting.values_list("pk", flat=True))
    for pk in ids:
        outbox.post("organisations.invitation", recipient_id=pk)
    return len(ids)


@transaction.atomic
def deliver(recipient_id: int) -> bool:
    """Sends one invitation in the language of its campaign; False if it went out or was declined."""
    recipient = (
        Recipient.objects.select_for_update(of=["self"])
        .select_related("campaign")
        .filter(pk=recipient_id, state=Recipient.State.WAITING)
        .first()
    )
    if recipient is None:
        return False
    recipient.state = Recipient.State.SENT
    recipient.save()
    with translation.override(recipient.campaign.language):
        message(recipient).send()
    return True


def message(recipient: Recipient) -> EmailMultiAlternatives:
    """The mail as HTML and text, in the active language."""
    language = recipient.campaign.language
    base = f"{settings.BASE_URL}/{language}/organisations/invitation/{recipient.token}/"
    content = {
        "subject": _("Invitation: your organisation on %(site)s") % {"site": settings.SITE_NAME},
        "text": recipient.campaign.text,
        "register_url": base,
        "decline_url": f"{base}decline/",
        "contact_email": settings.CONTACT_EMAIL,
    }
    unsubscribe = {
        "List-Unsubscribe": f"<{content['decline_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail.made_of(
        "organisations/mail/invitation", recipient.email, language, content, **unsubscribe
    )


def read_token(token: str, within: datetime.timedelta | None = None) -> Recipient | None:
    """The receiver whose link this is; None for a forged link or a deleted campaign, and for a link
    that is older than `within`."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=within)
    except signing.BadSignature:
        return None
    return Recipient.objects.select_related("campaign", "organisation").filter(pk=pk).first()


@transaction.atomic
def decline(recipient: Recipient) -> None:
    """The receiver wants no further invitation; who has registered stays registered."""
    Recipient.objects.filter(pk=recipient.pk).exclude(state=Recipient.State.REGISTERED).update(
        state=Recipient.State.DECLINED
    )


@transaction.atomic
def register(
    recipient: Recipient,
    organisation: Organisation,
    user: User | None,
    sentence: str,
    language: str,
) -> Organisation:
    """Registers the organisation of an invited address; what it registered before is given back.

    Without a signed-in person the owner is who accepts the invitation that goes to that address.
    """
    held = Recipient.objects.select_for_update(of=["self"]).get(pk=recipient.pk)
    if held.organisation_id:
        return held.organisation
    services.register(organisation, user, sentence, language)
    if user is None:
        services.send_invitation(
            organisation, held.email, MembershipRole.OWNER, held.campaign.created_by, language
        )
    held.state = Recipient.State.REGISTERED
    held.organisation = organisation
    held.save()
    return organisation
