"""A message of the other side, translated by a machine."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.deals.refusals import Refused
from marketplace.rooms import translating
from marketplace.rooms.views.frame import mine, room_url


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request, key, number: int):
    """Translates when it is sent, and leads back to the message; its own address is nothing to look at."""
    deal = mine(request, key)
    message = get_object_or_404(deal.messages.filter(hidden=False), pk=number)
    if request.method == "POST":
        try:
            translating.translate(deal, request.user, message)
        except Refused as reason:
            messages.error(request, str(reason))
    page = request.POST.get("page", "")
    known = page.isascii() and page.isdecimal() and len(page) < 10
    return redirect(f"{room_url(deal)}{f'?page={page}' if known else ''}#message-{message.pk}")
