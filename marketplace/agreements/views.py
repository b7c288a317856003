"""The agreement of a deal: read, compared, accepted, taken away."""

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, Subquery, When
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.agreements import documents, evidence, files, presentation, services
from marketplace.agreements.forms import AcceptForm
from marketplace.agreements.models import Agreement, Evidence, SignedText
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES
from marketplace.rooms.views.frame import trail

PRIVATE = {"private": True, "no_store": True}


def deal_of(request, key) -> Deal:
    """The deal of an address; 404 for whoever may not see it."""
    return get_object_or_404(Deal.objects.visible_to(request.user).with_sides(), key=key)


def text_of(model, deal: Deal, number: int) -> SignedText:
    return get_object_or_404(model.objects.whole().readable(), deal=deal, number=number)


@login_required
@never_cache
@require_safe
def current(request, key):
    """Leads to the version that both sides are asked about, else to the one that counts."""
    deal = deal_of(request, key)
    found = services.current(deal)
    if found is None:
        raise Http404
    return redirect("marketplace:agreement", key=deal.key, number=found.number)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request, key, number: int):
    """A version of the agreement, clause by clause, with what changed; the current one can be accepted."""
    deal = deal_of(request, key)
    found = text_of(Agreement, deal, number)
    change = of_change(deal, found)
    return shown(
        request, deal, found, services.accept, services.may_accept, services.current(deal), change
    )


def of_change(deal: Deal, found: Agreement) -> dict:
    """What a version has to do with a change that is open: where the one in force is, or the change."""
    if not deal.changing:
        return {}
    force, change = services.in_force(deal), services.current(deal)
    return {
        "is_in_force": force is not None and found.pk == force.pk,
        "in_force": force,
        "change": change,
        "change_url": address("text", deal, change),
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shown_evidence(request, key, number: int):
    """A version of the evidence, which both sides confirm."""
    deal = deal_of(request, key)
    found = text_of(Evidence, deal, number)
    last = evidence.current(deal)
    return shown(request, deal, found, evidence.confirm, evidence.may_begin, last, {})


def shown(
    request, deal: Deal, found: SignedText, accept, may_begin, last: SignedText, change: dict
):
    """The page of a text; a form that was sent is accepted or says why not. `last` is the one to accept."""
    model = type(found)
    side = side_to_accept(deal, request.user, found)
    form = AcceptForm(
        request.POST or None,
        initial={"sha256": found.sha256, "name": request.user.get_full_name()},
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            accept(deal, request.user, values["sha256"], name=values["name"])
        except Refused as reason:
            refusal = str(reason)
        else:
            return redirect(request.path)
    is_current = last.pk == found.pk
    open_now = is_current and side is not None and is_open(deal, found, may_begin)
    before = version_before(model, deal, found)
    counts = change.get("in_force") or last
    content = presentation.document(found, before) | {
        "deal": deal,
        "kind": model._meta.model_name,
        "form": form,
        "refusal": refusal,
        **change,
        "is_current": is_current,
        "counts_number": counts.number,
        "counts_url": address("text", deal, counts),
        "acting_for": deal.organisation(side).name if side else "",
        "can_accept": open_now,
        "is_party": any(one in PARTIES for one in deal.sides_of(request.user)),
        "text_url": address("file", deal, found),
        "pdf_url": files.address(model._meta.model_name, found.sha256, request.user)
        if documents.ready(found)
        else "",
        "breadcrumbs": trail(deal, (presentation.title(found), "")),
    }
    status = 409 if refusal else 422 if form.is_bound else 200
    return render(request, "marketplace/agreements/document.html", content, status=status)


def version_before(model, deal: Deal, found: SignedText) -> SignedText | None:
    """With what a version is compared: what both had accepted before it, else the version before."""
    earlier = model.objects.filter(deal=deal, number__lt=found.number)
    both = Case(When(accepted=len(PARTIES), then=1), default=0)
    earlier = earlier.annotate(accepted=Count("signatures")).order_by(both.desc(), "-number")
    return model.objects.readable().filter(pk=Subquery(earlier.values("pk")[:1])).first()


def side_to_accept(deal: Deal, user, found: SignedText):
    """The party for which a person can still accept this text; None where there is none."""
    signed = {signature.side for signature in found.signatures.all()}
    return next(
        (side for side in deal.sides_of(user) if side in PARTIES and side not in signed), None
    )


def is_open(deal: Deal, found: SignedText, may_begin) -> bool:
    try:
        may_begin(deal, found)
    except Refused:
        return False
    return True


def address(what: str, deal: Deal, found: SignedText) -> str:
    """The address of the page (`text`) or of the text file (`file`) of a version."""
    kind = found._meta.model_name
    name = f"marketplace:{kind}" if what == "text" else f"marketplace:{kind}-text"
    return reverse(name, args=[deal.key, found.number])


@login_required
@never_cache
@require_safe
def text_file(request, key, number: int, model):
    """The exact text: the SHA-256 of this file is the fingerprint."""
    found = text_of(model, deal_of(request, key), number)
    kind = model._meta.model_name
    response = HttpResponse(found.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{kind}-{found.number}-{found.sha256[:8]}.txt"'
    )
    return response


@require_safe
def document(request, token: str):
    """The PDF behind a signed address, as long as it holds and its person may see the deal."""
    found = files.read(token)
    if found is None:
        raise Http404
    file, name = found
    response = FileResponse(file, filename=name, content_type="application/pdf")
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, **PRIVATE)
    return response
