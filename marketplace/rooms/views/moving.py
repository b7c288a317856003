"""One step of a deal, looked at before it is made."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from core.member_forms import form_of_member
from marketplace.deals import moves
from marketplace.deals.refusals import Refused, Stale
from marketplace.deals.rows import STAY
from marketplace.deals.states import Side, State
from marketplace.deals.table import BY_NAME
from marketplace.rooms import links
from marketplace.rooms.forms import MoveForm
from marketplace.rooms.views.frame import kept_page, mine, page, room_url, trail


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, key, name: str):
    """What the step means, its reason, and the button."""
    row = BY_NAME.get(name)
    if row is None or name == "open":
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None, move=row)
    if not request.user.is_authenticated:
        return kept_page(request, form, str(row.label))
    deal = mine(request, key)
    if row.through or name == "answer":
        return redirect(links.of_move(deal, row))
    refusal = request.not_saved
    if request.method == "POST" and form.is_valid() and not refusal:
        try:
            make(request, deal, name, form)
        except Stale as reason:
            refusal = str(reason)
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect(room_url(deal))
        else:
            messages.success(request, gettext("Done. The other side gets a mail."))
            return redirect(room_url(deal))
    if row not in moves.possible(deal, request.user):
        messages.error(request, gettext("This step is not possible now. See below what is."))
        return redirect(room_url(deal))
    return page(
        request,
        "move",
        str(row.label),
        trail(deal, (str(row.label), "")),
        deal=deal,
        provider=deal.organisation(Side.PROVIDER),
        client=deal.organisation(Side.CLIENT),
        leads_to=leads_to(deal, row),
        form=form,
        refusal=refusal,
        status=422 if form.is_bound else 200,
    )


def leads_to(deal, row) -> str:
    """The state after a step, in words; "" where it leads back."""
    if row.target == STAY:
        return deal.get_state_display()
    return State(row.target).label if row.target in State.values else ""


def make(request, deal, name: str, form) -> None:
    moves.perform(
        deal,
        name,
        request.user,
        reason=form.cleaned_data.get("reason", ""),
        token=form.token,
        expected_version=version_of(request),
    )


def version_of(request) -> int | None:
    """The version of the deal that the person had seen; -1, which no deal has, for nonsense."""
    typed = request.POST.get("version", "")
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
