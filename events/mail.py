"""Mails to those who registered: in the language of their form, with private links."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import mail
from core.page_context import absolute
from events import calendars, presentation, services
from events.models import EventPage, Registration

WITH_PLACE = ("registered", "moved_up", "reminder")


def send(registration_id: int, occasion: str) -> bool:
    """Sends one mail; False where the registration or its event is gone, or has changed since."""
    registration = Registration.objects.filter(pk=registration_id).first()
    event = registration and services.event_of(registration.key, registration.language)
    if event is None or is_overtaken(registration, occasion):
        return False
    with translation.override(registration.language):
        content = context(registration, event, occasion)
        message = mail.made_of(
            "events/mail/message", registration.email, registration.language, content
        )
        if occasion in WITH_PLACE:
            calendar = calendars.file([event], private=True).decode()
            message.attach(f"{event.slug}.ics", calendar, "text/calendar")
        message.send()
    return True


def is_overtaken(registration: Registration, occasion: str) -> bool:
    """Whether what the mail says is no longer so."""
    state = Registration.State
    fits = {
        "pending": (state.PENDING,),
        "waiting": (state.WAITING,),
        "withdrawn": (state.WITHDRAWN,),
        "cancelled": (state.REGISTERED, state.WAITING),
    }
    return registration.state not in fits.get(occasion, (state.REGISTERED,))


def context(registration: Registration, event: EventPage, occasion: str) -> dict:
    """What the templates say, with full addresses."""
    content = event.locale.language_code

    def link(purpose: str) -> str:
        token = services.token(registration, purpose)
        return absolute(reverse(f"event-{purpose}", args=[token]))

    has_place, said = occasion in WITH_PLACE, words(occasion)
    return {
        "occasion": occasion,
        "subject": f"{said['heading']}: {event.title}",
        **said,
        "title": event.title,
        "title_lang": content,
        "when": presentation.when(event, registration.language),
        "place": event.place,
        "event_url": absolute(event.url_path),
        "remote_link": event.remote_link if has_place else "",
        "link_follows": has_place and event.online and not event.remote_link,
        "confirm_url": link("confirm") if occasion == "pending" else "",
        "withdraw_url": link("withdraw") if has_place or occasion == "waiting" else "",
    }


def words(occasion: str) -> dict[str, str]:
    """Heading and first sentence of a mail."""
    heading, text = {
        "pending": (
            _("Confirm your registration"),
            _(
                "Somebody, you we hope, has registered with this address. Your registration counts "
                "when you have confirmed it. The link works for three days."
            ),
        ),
        "registered": (_("You are registered"), _("A place is kept for you.")),
        "waiting": (
            _("You are on the waiting list"),
            _("All places are taken. You get a mail when a place becomes free."),
        ),
        "moved_up": (
            _("You have a place now"),
            _("A place has become free, and it is yours. If you cannot come, please withdraw."),
        ),
        "withdrawn": (
            _("You have withdrawn"),
            _("Your registration is taken back. You can register again at any time."),
        ),
        "reminder": (
            _("It begins soon"),
            _("You are registered. If you cannot come, please withdraw: others are waiting."),
        ),
        "cancelled": (
            _("Cancelled"),
            _("This event does not take place. You need not do anything."),
        ),
    }[occasion]
    return {"heading": heading, "text": text}
