"""Mails about writing: that something waits, and where. Nothing of what was written stands in them."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import mail
from core.page_context import absolute
from marketplace.writing import needs
from marketplace.writing.models import PendingNeed

TEMPLATE = "marketplace/mail/letter"


def send_link(pending: PendingNeed) -> None:
    """The link that makes the account and sends the need."""
    with translation.override(pending.language):
        content = {
            "subject": _("Open this link to send your need"),
            "paragraphs": [
                _("Somebody, you we hope, has written a need with this address."),
                _(
                    "It is sent when you open the link and press the button there. You have an "
                    "account then, and see how it goes on. The link works for 14 days."
                ),
            ],
            "button": _("Send my need"),
            "url": absolute(reverse("marketplace:need-follow", args=[needs.token(pending)])),
            "why": _("If you wrote no need, do nothing: then everything is deleted after 14 days."),
        }
        mail.made_of(TEMPLATE, pending.email, pending.language, content).send()


def tell_peer(person: User, page) -> None:
    """Another member of the organisation may approve what was sent."""
    with translation.override(person.language):
        content = {
            "subject": _("A colleague has sent something that you may approve"),
            "paragraphs": [
                _(
                    "A service or a need of your organisation is in review. A second member of the "
                    "organisation may approve it: read it, and if it is right, it becomes public."
                )
            ],
            "button": _("Read it"),
            "url": absolute(approve_path(page)),
            "why": _(
                "You get this mail because you are an owner or an editor of the organisation."
            ),
        }
        mail.made_of(TEMPLATE, person.email, person.language, content).send()


def approve_path(page) -> str:
    """Where another member reads and approves it."""
    kind = "service" if page._meta.model_name == "servicepage" else "need"
    return reverse(f"marketplace:{kind}-approve", args=[page.pk])
