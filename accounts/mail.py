"""Mails about accounts: HTML that reads well aloud, and plain text, in the receiver's language."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Invitation
from core import mail

ADDRESS_IN_NAME = re.compile(r"[/:@]|\w\.\w\w")


@dataclass(frozen=True)
class Letter:
    """What a mail says: a heading, which is its subject too, short paragraphs, and one way on."""

    heading: str
    paragraphs: tuple[str, ...]
    button: str = ""
    path: str = ""
    code: str = ""
    ending: str = ""


def send(letter: str, email: str, language: str, code: str = "", path: str = "") -> None:
    """Sends one of allauth's mails. Raises `KeyError` for a name that has no letter."""
    with translation.override(language):
        deliver(email, language, LETTERS[letter](code, path))


def send_invitation(invitation_id: int) -> bool:
    """Sends an invitation; False where it is no longer open."""
    from accounts.services import invitation_token  # services promise what is sent here

    found = Invitation.objects.select_related("invited_by").filter(pk=invitation_id).first()
    if found is None or found.state != Invitation.State.PENDING:
        return False
    with translation.override(found.language):
        path = reverse("account_invitation", args=[invitation_token(found)])
        deliver(found.email, found.language, invitation(found, path))
    return True


def deliver(email: str, language: str, letter: Letter) -> None:
    """Sends a letter, in the active language, to an address."""
    content = {
        "subject": letter.heading,
        "letter": letter,
        "url": settings.BASE_URL.rstrip("/") + letter.path,
    }
    mail.made_of("accounts/mail/letter", email, language, content).send()


def name() -> dict:
    return {"name": settings.SITE_NAME}


def not_you() -> str:
    return _("Did you not ask for this? Then do nothing: without this mail nobody gets in.")


def login_code(code: str, path: str) -> Letter:
    return Letter(
        _("Sign in to %(name)s") % name(),
        (
            _("The link works for 15 minutes, in the browser in which you asked for it."),
            _("Do you read this on another device? Then type this code where you asked for it:"),
        ),
        _("Sign in"),
        path,
        code,
        not_you(),
    )


def email_confirmation(code: str, path: str) -> Letter:
    return Letter(
        _("Confirm your e-mail address"),
        (
            _("Somebody has given this address for an account at %(name)s.") % name(),
            _("If it was you, confirm it. The link works for three days."),
        ),
        _("Confirm the address"),
        path,
        ending=_("If it was not you, do nothing: without this mail the address is not used."),
    )


def account_already_exists(code: str, path: str) -> Letter:
    return Letter(
        _("You have an account already"),
        (
            _("Somebody wanted to make an account at %(name)s with this address.") % name(),
            _("It has an account already, so nothing was changed. Sign in with it."),
        ),
        _("Sign in"),
        path,
        ending=_("If it was not you, do nothing."),
    )


def unknown_account(code: str, path: str) -> Letter:
    return Letter(
        _("There is no account with this address"),
        (
            _("Somebody wanted to sign in to %(name)s with this address.") % name(),
            _(
                "There is no account with it. Perhaps you used another address, or you have none yet."
            ),
        ),
        _("Make an account"),
        path,
        ending=_("If it was not you, do nothing."),
    )


def password_reset_key(code: str, path: str) -> Letter:
    return Letter(
        _("Choose a new password"),
        (_("Somebody asked for a new password for your account at %(name)s.") % name(),),
        _("Choose a new password"),
        path,
        ending=not_you(),
    )


def password_changed(code: str, path: str) -> Letter:
    return Letter(
        _("Your password was changed"),
        (
            _("The password of your account at %(name)s is a new one.") % name(),
            _("If it was not you, choose another one at once."),
        ),
        _("Choose a new password"),
        path,
    )


def email_changed(code: str, path: str) -> Letter:
    return Letter(
        _("The address of your account was changed"),
        (
            _("Your account at %(name)s has another e-mail address now.") % name(),
            _("If it was not you, write to %(email)s at once.") % {"email": settings.CONTACT_EMAIL},
        ),
    )


def invitation(found: Invitation, path: str) -> Letter:
    """The letter to somebody who is invited."""
    until = date_format(found.expires_at, "DATE_FORMAT")
    who = found.invited_by and " ".join(found.invited_by.get_full_name().split())
    if who and ADDRESS_IN_NAME.search(who):
        who = ""  # no letter of ours carries a stranger's link
    said = (
        _("%(person)s invites you to %(name)s.") % (name() | {"person": who})
        if who
        else _("You are invited to %(name)s.") % name()
    )
    return Letter(
        _("You are invited to %(name)s") % name(),
        (
            said,
            _("Here vocational schools and companies tell what they did together."),
            _("The invitation is for this address and is valid until %(date)s.") % {"date": until},
        ),
        _("See the invitation"),
        path,
        ending=_("If you do not want an account, do nothing."),
    )


LETTERS = {
    "login_code": login_code,
    "email_confirmation": email_confirmation,
    "email_confirmation_signup": email_confirmation,
    "account_already_exists": account_already_exists,
    "unknown_account": unknown_account,
    "password_reset_key": password_reset_key,
    "password_changed": password_changed,
    "password_reset": password_changed,
    "password_set": password_changed,
    "email_changed": email_changed,
}
