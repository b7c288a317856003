"""After the work: evidence of learning, and the story that both sides approve."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.languages import language
from core.member_forms import form_of_member
from marketplace.agreements import evidence, story
from marketplace.agreements.forms import EvidenceForm
from marketplace.agreements.models import Evidence, StoryOfDeal
from marketplace.agreements.text import languages
from marketplace.agreements.views import deal_of
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES
from marketplace.rooms.views.frame import kept_page, trail


def token_of(request) -> UUID:
    """The token of the form that was sent, or a new one."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def write_evidence(request, key):
    """The form of the evidence; a further version begins with what the last one says."""
    if not request.user.is_authenticated:
        form = EvidenceForm(request.POST, languages=settings.CONTENT_LANGUAGES)
        return kept_page(request, form, _("Evidence of learning"), token=token_of(request))
    deal = deal_of(request, key)
    if deal.state not in evidence.OPEN or not is_party(deal, request.user):
        raise Http404
    last = evidence.current(deal)
    codes = languages(deal.provider_language, deal.client_language)
    reader = get_language()
    initial = {name: getattr(last, name) for name in evidence.FIELDS} if last else {}
    form = EvidenceForm(
        request.POST or None,
        languages=codes,
        initial={"language": reader if reader in codes else codes[0]} | initial,
    )
    refusal, token = request.not_saved, token_of(request)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            made = evidence.write(deal, request.user, form.cleaned_data, token)
        except Refused as reason:
            refusal = str(reason)
        else:
            return redirect("marketplace:evidence", key=deal.key, number=made.number)
    return render(
        request,
        "marketplace/agreements/evidence_form.html",
        {
            "deal": deal,
            "form": form,
            "token": token,
            "refusal": refusal,
            "versions": Evidence.objects.filter(deal=deal).order_by("-number"),
            "breadcrumbs": trail(deal, (_("Evidence of learning"), "")),
        },
        status=409 if refusal else 422 if form.is_bound else 200,
    )


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def story_of(request, key):
    """Begins the story of a deal, shows its draft to both sides, and takes their approval."""
    if not request.user.is_authenticated:  # two buttons and nothing typed
        return redirect_to_login(request.get_full_path())
    deal = deal_of(request, key)
    if deal.state not in story.OPEN or not is_party(deal, request.user):
        raise Http404
    refusal = request.not_saved
    if request.method == "POST" and not refusal:
        try:
            if request.POST.get("do") == "begin":
                page = story.begin(deal, request.user)
                return redirect(page.author_path)
            story.approve(deal, request.user, request.POST.get("mark", ""))
            messages.success(request, _("Thank you. Your approval is stored."))
            return redirect(request.path)
        except PermissionDenied as reason:  # of this app or of stories; both say it in words
            refusal = str(reason)
    found = StoryOfDeal.objects.filter(deal=deal).prefetch_related("approvals").first()
    page = found and story.page_of(found)
    content = {"deal": deal, "refusal": refusal, "story": page}
    if page:
        now = story.mark(page)
        given = story.approvals(found, now)
        mine = [side for side in deal.sides_of(request.user) if side in PARTIES]
        content |= {
            "mark": now,
            "parts": story.parts(page),
            "lines": [
                {
                    "side": side.label,
                    "organisation": deal.organisation(side).name,
                    "at": given[side].approved_at if side in given else None,
                }
                for side in PARTIES
            ],
            "can_approve": any(side not in given for side in mine)
            and page.first_published_at is None,
            "all_approved": len(given) == len(PARTIES),
            "write_url": page.author_path if page.is_told_by(request.user) else "",
            "content_lang": language(page.locale.language_code),
        }
    content["breadcrumbs"] = trail(deal, (_("Story of this deal"), ""))
    return render(
        request, "marketplace/agreements/story.html", content, status=409 if refusal else 200
    )


def is_party(deal, user) -> bool:
    return any(side in PARTIES for side in deal.sides_of(user))
