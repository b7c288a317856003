"""Background work of saved searches."""

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from core import outbox
from core.periodic import every
from marketplace.listings.alerts import mail, services
from marketplace.listings.models import NeedPage, ServicePage

MORNING = 6  # by the portal's clock; before it, the day's mail is not sent


@outbox.handler("marketplace.alert_confirm")
def confirm(alert_id: int) -> None:
    """Sends the mail with the link that confirms a search."""
    mail.send_confirmation(alert_id)


@outbox.handler("marketplace.alert_news")
def news(alert_id: int) -> None:
    """Sends what is new for a search."""
    mail.send_news(alert_id)


@outbox.handler("marketplace.alerts")
def at_once(what: str, key: str) -> None:
    """Looks through the searches whose owners want to hear at once."""
    services.look_at_once(what, key)


@receiver(page_published, sender=ServicePage)
@receiver(page_published, sender=NeedPage)
@transaction.atomic
def published(sender, instance, **kwargs):
    """Something may be new. Whatever was public before is not, whatever changed on it."""
    what = "need" if sender is NeedPage else "service"
    outbox.post_once("marketplace.alerts", what=what, key=str(instance.translation_key))


@every(hours=1)
def daily() -> None:
    """The day's mails, in the morning or as soon as a worker is there."""
    now = timezone.localtime()
    if now.hour >= MORNING:
        services.look_daily(now.date())


@every(hours=24)
def forget() -> None:
    services.forget_unconfirmed()
