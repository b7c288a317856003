"""Writing a proposal, and all of its versions with what changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.languages import language
from core.member_forms import form_of_member
from marketplace import reporting
from marketplace.agreements import services as agreements
from marketplace.deals import moves, proposals
from marketplace.deals.refusals import Refused, Stale
from marketplace.deals.table import AGREEING, PROPOSING
from marketplace.rooms import links, proposing
from marketplace.rooms.proposal_forms import MOST_ROWS, ROWS, ProposalForm
from marketplace.rooms.timeline import name_of
from marketplace.rooms.views.frame import kept_page, mine, page, room_url, trail
from marketplace.rooms.views.moving import version_of
from moderation import reasons, registry

ADD = "add"


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, key):
    """The first proposal or the next one, filled in from what was there before."""
    sent = request.method == "POST"
    if not request.user.is_authenticated:
        return kept_page(
            request, ProposalForm(request.POST, rows=rows_of(request)), title_of(False)
        )
    deal = mine(request, key)
    side = deal.side_of(request.user)
    possible = {one.name for one in moves.possible(deal, request.user, side)}
    last = deal.proposals.prefetch_related("milestones").order_by("-number")
    if deal.agreed_version and not deal.changing:
        last = last.filter(number=deal.agreed_version)  # not a change that was declined
    last = last.first()
    shown = last if last and not last.hidden else None
    milestones = list(shown.milestones.all()) if shown else []
    refusal, form = request.not_saved, None
    if sent:
        form = ProposalForm(request.POST, rows=rows_of(request))
        if ADD not in request.POST and form.is_valid() and not refusal:
            try:
                made = proposals.propose(
                    deal,
                    request.user,
                    form.values(),
                    form.token,
                    expected_version=version_of(request),
                )
            except ValidationError as error:
                tell(form, error)
            except Stale as reason:
                refusal = str(reason)
            except Refused as reason:
                refusal = str(reason)
            else:
                messages.success(
                    request,
                    gettext("Version %(number)s is sent. The other side gets a mail.")
                    % {"number": made.number},
                )
                return redirect(room_url(deal))
        elif ADD in request.POST:
            form = ProposalForm(
                initial=request.POST.dict(), rows=min(rows_of(request) + 1, MOST_ROWS)
            )
            form._token = ProposalForm(request.POST).token
    elif not possible & set(PROPOSING):
        messages.error(request, gettext("A proposal cannot be made now. See below what can."))
        return redirect(room_url(deal))
    else:
        first = proposing.beginning(deal, shown, side)
        form = ProposalForm(initial=first, milestones=milestones)
    changing = "propose_change" in possible
    title = gettext("Propose a change") if changing else title_of(last is not None)
    return page(
        request,
        "propose",
        title,
        trail(deal, (title, "")),
        deal=deal,
        form=form,
        last=last,
        changing=changing,
        refusal=refusal,
        status=422 if form.is_bound else 200,
    )


def title_of(countering: bool) -> str:
    return gettext("Propose something else") if countering else gettext("Make a proposal")


def rows_of(request) -> int:
    """How many rows of milestones the form had that was sent."""
    number = 0
    while f"title_{number}" in request.POST and number < MOST_ROWS:
        number += 1
    return number or ROWS


def tell(form, error: ValidationError) -> None:
    """What the machine finds wrong, at the fields of the form."""
    for name, found in error.message_dict.items():
        form.add_error(name if name in form.fields else None, found)


@login_required
@never_cache
@require_safe
def versions(request, key):
    """One version with what changed since the one before; the others a link away."""
    deal = mine(request, key)
    found = list(deal.proposals.prefetch_related("milestones").order_by("number"))
    wanted = request.GET.get("version", "")
    counts = found[-1] if found and deal.changing else deal.counting(found)
    shown = next((one for one in found if str(one.number) == wanted), counts)
    if shown is None or (wanted and str(shown.number) != wanted):
        raise Http404
    agreed = agreements.agreed_versions(deal)
    # As the agreement is: with what both had accepted before, else with the version before.
    earlier = max((one for one in agreed if one < shown.number), default=shown.number - 1)
    before = next((one for one in found if one.number == earlier), None)
    if shown.hidden or (before and before.hidden):
        before = None
    hidden = [str(shown.pk)] if shown.hidden else []
    why = reasons.addresses(reporting.PROPOSAL, hidden, request.user)
    title = gettext("Version %(number)s of the proposal") % {"number": shown.number}
    url = reverse("marketplace:deal-proposals", args=[deal.key])
    possible = moves.possible(deal, request.user)
    return page(
        request,
        "versions",
        title,
        trail(deal, (title, "")),
        deal=deal,
        shown=shown,
        before=before,
        counts=counts,
        never=bool(agreed) and not deal.changing and shown.number > counts.number,
        who=name_of(deal, shown.side),
        parts=[] if shown.hidden else proposing.parts(shown, before),
        why_url="".join(why.values()),
        report_url=registry.address(reporting.PROPOSAL, str(shown.pk), get_language()),
        own=shown.side == deal.side_of(request.user),
        written_in=language(shown.language),
        versions=[
            {
                "number": one.number,
                "who": name_of(deal, one.side),
                "made_at": one.made_at,
                "url": f"{url}?version={one.number}",
                "current": one is shown,
            }
            for one in reversed(found)
        ],
        next_moves=[
            {"label": one.label, "url": links.of_move(deal, one), "name": one.name}
            for one in sorted(possible, key=lambda one: one.name not in AGREEING)
            if one.name in (*AGREEING, *PROPOSING, "decline", "decline_change", "withdraw_change")
        ]
        if shown is found[-1]
        else [],
    )
