"""Events as files of a calendar, in answers."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from events import calendars


def response(page, request) -> HttpResponse | None:
    """The event as the file that the address asks for; None if it asks for none."""
    if request.GET.get("as") != "ics":
        return None
    return HttpResponse(
        calendars.file([page]),
        content_type=calendars.TYPE,
        headers={"Content-Disposition": content_disposition_header(True, f"{page.slug}.ics")},
    )
