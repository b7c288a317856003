"""Files of messages and calendars of deals: for those alone who see the deal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.deals.models import Deal
from marketplace.rooms import calendars, links
from marketplace.rooms.models import Attachment
from marketplace.rooms.views.frame import mine, room_url

AN_HOUR = 3600


@login_required
@never_cache
@require_safe
def download(request, key, token: str):
    """One file, as a download. A link is good for an hour; the room has a new one."""
    deal = mine(request, key)
    number, too_old = links.read_file(token)
    files = Attachment.objects.filter(message__deal=deal, message__hidden=False)
    attachment = get_object_or_404(files, pk=number or 0)
    if too_old:
        messages.info(request, gettext("The link to the file had run out. Choose the file again."))
        return redirect(room_url(deal, f"message-{attachment.message_id}"))
    try:
        opened = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = attachment.type
    answer = FileResponse(
        opened,
        as_attachment=True,
        filename=attachment.name,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def calendar(request, token: str):
    """Milestones and deadlines for a calendar program, which knows nothing but this address.

    It shows what the person whose address it is may see at this moment, and nothing to who has left.
    """
    found = links.read_calendar(token)
    if found is None:
        raise Http404
    person, only = found
    deals = Deal.objects.visible_to(person).with_sides()
    if only:
        deals = [get_object_or_404(deals, pk=only)]
    else:
        deals = deals.open().order_by("-state_since")[: calendars.MOST]
    answer = HttpResponse(calendars.file(deals, person), content_type=calendars.TYPE)
    patch_cache_control(answer, private=True, max_age=AN_HOUR)
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="deals.ics"'
    return answer
