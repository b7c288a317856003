"""Mails of saved searches: to confirm one, and with what is new for it."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import mail
from core.page_context import absolute
from marketplace.listings import choosing, listing
from marketplace.listings.alerts import services
from marketplace.listings.alerts.models import Alert


def send_confirmation(alert_id: int) -> bool:
    """Asks the owner of an address whether they want a search; False where it is gone."""
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is None:
        return False
    with translation.override(alert.language):
        waits = alert.confirmed_at is None
        content = {
            "subject": _("Confirm your saved search") if waits else _("You have this saved search"),
            "text": _("Somebody asked us to write to this address about what is new.")
            if waits
            else _("You get these mails already. You need not do anything."),
            "choices": choices(alert),
            "confirm_url": link(alert, "confirm") if waits else "",
            "stop_url": link(alert, "stop"),
        }
        made("alert_confirm", alert, content).send()
    return True


def send_news(alert_id: int) -> bool:
    """Tells what is new for a search; False where it is gone or nothing is."""
    found = services.take_news(alert_id)
    if found is None:
        return False
    alert, pages, number = found
    kind = choosing.KINDS[alert.kind]
    with translation.override(alert.language):
        rows = listing.rows_of(kind, pages, alert.language)
        subject = subject_of(alert.kind, number)
        content = {
            "subject": subject,
            "heading": subject,
            "rows": [row | {"url": absolute(row["url"])} for row in rows],
            "more": number - len(pages),
            "choices": choices(alert),
            "list_url": list_url(alert),
            "stop_url": link(alert, "stop"),
        }
        made("alert_news", alert, content).send()
    return True


def subject_of(kind: str, number: int) -> str:
    if kind == "need":
        return ngettext("%(number)s new need", "%(number)s new needs", number) % {"number": number}
    return ngettext("%(number)s new service", "%(number)s new services", number) % {
        "number": number
    }


def made(name: str, alert: Alert, content: dict) -> mail.Mail:
    """A mail that one click stops (RFC 8058)."""
    return mail.made_of(
        f"marketplace/mail/{name}",
        alert.email,
        alert.language,
        content,
        **{
            "List-Id": f"<alerts.{mail.domain()}>",
            "List-Unsubscribe": f"<{link(alert, 'stop')}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def link(alert: Alert, purpose: str) -> str:
    """The signed address of "confirm" or "stop", in the active language."""
    return absolute(reverse(f"marketplace:alert-{purpose}", args=[services.token(alert, purpose)]))


def list_url(alert: Alert) -> str:
    section = choosing.KINDS[alert.kind].section
    query = services.state_of(alert.kind, alert.query).query()
    return absolute(f"/{alert.language}/{section}/") + (f"?{query}" if query else "")


def choices(alert: Alert) -> list[str]:
    """What a search asks for, in the words of its filters; empty where it takes everything."""
    chips = listing.chips_of(services.state_of(alert.kind, alert.query), alert.language)
    return [chip["label"] for chip in chips]
