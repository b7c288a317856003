"""The page that stops reminders without signing in."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from marketplace.deals import mail


@csrf_exempt  # mail programs post without a cookie (RFC 8058); the signature says who wants it
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request, token: str):
    """Asks with one button, and stops at a POST. Says the same whether or not the account exists."""
    if mail.read(token) is None:
        raise Http404
    done = request.method == "POST"
    if done:
        mail.stop(token)
    name = _("You get no more reminders about deals") if done else _("Shall these reminders stop?")
    return render(request, "marketplace/deals/reminders.html", {"done": done, "name": name})
