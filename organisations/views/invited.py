"""Where the links in the mails of a campaign lead: registering an organisation, or declining."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.anonymous import for_visitors
from organisations import campaigns
from organisations.forms import GuardForm, RegisterForm
from organisations.models import Recipient
from organisations.views.frame import saved


def invited(token: str, within: timedelta | None = None) -> Recipient:
    """The receiver of the invitation whose link was followed; else, or too late, a 404."""
    recipient = campaigns.read_token(token, within)
    if recipient is None:
        raise Http404
    return recipient


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token: str):
    """An invited organisation registers itself, with an account or without one."""
    recipient = invited(token, campaigns.REGISTER_WITHIN)
    shown = {"recipient": recipient, "breadcrumbs": []}
    if recipient.organisation_id:
        return render(request, "organisations/registered.html", shown)
    posted = request.POST if request.method == "POST" else None
    guard = GuardForm(request, posted) if posted else GuardForm(request)
    form = RegisterForm(posted, prefix="record")
    if posted and all([form.is_valid(), guard.is_valid()]):
        user = request.user if request.user.is_authenticated else None
        sentence = form.cleaned_data["sentence"]
        if saved(
            form,
            lambda: campaigns.register(recipient, form.instance, user, sentence, get_language()),
        ):
            return redirect("organisations:invitation", token)
    shown |= {"form": form, "guard": guard, "title": gettext("Register an organisation")}
    status = 422 if form.errors or guard.errors else 200
    return render(request, "organisations/invitation.html", shown, status=status)


@never_cache
@csrf_exempt  # mail programs send it for their readers; the signed link says who it is
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request, token: str):
    """An invited address wants no further invitations; a click in the mail alone changes nothing."""
    recipient = invited(token)
    if request.method == "POST":
        campaigns.decline(recipient)
        recipient.refresh_from_db()
    done = recipient.state == Recipient.State.DECLINED
    return render(request, "organisations/decline.html", {"recipient": recipient, "done": done})
