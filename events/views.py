"""What visitors do with events beside reading: subscribe, register, confirm, withdraw.

Opening a link of a mail changes nothing, because mail programs open links by themselves: a button
on the page does.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

import vocabularies
from core.anonymous import for_visitors, from_here
from core.languages import language
from core.serving import reading_address
from events import calendars, places, presentation, services
from events.forms import RegistrationForm
from events.models import EventIndexPage, EventPage, Registration

AN_HOUR = 3600


@require_safe
def calendar(request):
    """What comes and what was lately, for calendar programs that subscribe to it."""
    reader = get_language()
    index = EventIndexPage.objects.of_language(reader).first()
    if index is None:
        raise Http404
    events = EventPage.objects.live().best_for(reader).select_related("locale")
    response = HttpResponse(
        calendars.file(calendars.recent(events), index.title), content_type=calendars.TYPE
    )
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, key):
    """The form of registration; what follows is the same for an address that is known already."""
    event = published(key)
    reason = places.closed(event, timezone.now())
    if reason:
        return answer(request, event, "closed", places.CLOSED[reason])
    form = RegistrationForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.register(key, **form.values(), language=get_language())
        except services.Closed as error:
            return answer(request, event, "closed", places.CLOSED[error.args[0]])
        return redirect("event-sent", key=key)
    content = about(event) | {"form": form, "places": free(event)}
    return render(request, "events/register.html", content, status=422 if form.is_bound else 200)


def free(event: EventPage) -> str:
    return "" if event.capacity is None else presentation.free_places(event)


@require_safe
def sent(request, key):
    """Says where to look now."""
    return answer(request, published(key), "sent")


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Shows what will be registered, and confirms it by a button; the answer names the state."""
    return follow(request, token, "confirm", services.confirm, services.CONFIRM_WITHIN)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, token):
    """Withdraws by a button, as long as the registration is kept."""
    return follow(request, token, "withdraw", services.withdraw)


def follow(request, token: str, purpose: str, act, max_age=None):
    """Does what the link of a mail is for, or says why it does not work."""
    try:
        registration = services.read(token, purpose, max_age)
        return decide(request, registration, act, purpose)
    except services.LinkExpired:
        return broken(request, gettext("This link is older than three days. Register again."))
    except services.LinkReplaced:
        return broken(
            request, gettext("There is a newer mail about this registration. Use the link in it.")
        )
    except services.LinkUnknown:
        return broken(
            request,
            gettext("There is no registration behind this link. Perhaps a part of it is missing."),
        )


def decide(request, registration: Registration, act, purpose: str):
    """Shows the button, or does it and says how things stand."""
    event = services.event_of(registration.key, get_language())
    if event is None:
        return broken(request, gettext("This event is no longer public."))
    asks = purpose == "confirm"
    is_open = registration.can_confirm if asks else registration.can_withdraw
    if request.method == "POST" and is_open:
        if not from_here(request):
            return broken(request, gettext("Open the link in your mail again."), 403)
        try:
            registration = act(registration)
        except services.Closed as error:
            return answer(request, event, "closed", places.CLOSED[error.args[0]])
        is_open = False
    if is_open:
        return answer(request, event, purpose, typed=typed(registration) if asks else ())
    return answer(request, event, registration.state)


def typed(registration: Registration) -> list[tuple[str, str]]:
    """What a registration says, for its owner to look over."""
    audience = vocabularies.get("event_audience").label(registration.audience)
    rows = [
        (gettext("Name"), registration.name),
        (gettext("E-mail address"), registration.email),
        (gettext("Organisation"), registration.organisation),
        (gettext("Takes part as"), audience),
    ]
    return [row for row in rows if row[1]]


def published(key) -> EventPage:
    event = services.event_of(key, get_language())
    if event is None:
        raise Http404
    return event


def about(event: EventPage) -> dict:
    """What every page around a registration says of the event."""
    reader = get_language()
    content = language(event.locale.language_code)
    return {
        "event": event,
        "event_url": reading_address(event.url_path, reader),
        "event_language": content,
        "when": presentation.when(event, reader),
    }


def answer(request, event: EventPage, state: str, text: str = "", typed=()):
    """A page that says one thing, and never stays in a cache."""
    content = about(event) | {"state": state, "text": text, "typed": typed}
    response = render(request, "events/registration.html", content)
    patch_cache_control(response, private=True, no_store=True)
    return response


def broken(request, text: str, status: int = 410):
    response = render(request, "events/broken_link.html", {"text": text}, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
