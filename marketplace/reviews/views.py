"""A side writes its review, reads the other one when both are shown, and replies once."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.member_forms import form_of_member
from marketplace import reporting
from marketplace.agreements.views import deal_of
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, opposite
from marketplace.reviews import services
from marketplace.reviews.forms import ReplyForm, ReviewForm
from marketplace.rooms.views.frame import kept_page, trail
from moderation import reasons, registry


def languages_of(deal) -> list[str]:
    """In which languages people of this deal write."""
    return list(
        dict.fromkeys([deal.provider_language, deal.client_language, *settings.INTERFACE_LANGUAGES])
    )


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, key):
    """The form of one's own review until it is shown, then both reviews."""
    if not request.user.is_authenticated:
        return typed(request)
    deal = deal_of(request, key)
    sides = [side for side in deal.sides_of(request.user) if side in PARTIES]
    if not sides or services.accepted_at(deal) is None:
        raise Http404
    written = {one.side: one for one in deal.reviews.all()}
    side = next((one for one in sides if one not in written), sides[0])
    mine, theirs = written.get(side), written.get(opposite(side))
    form = ReviewForm(
        request.POST if request.POST.get("do") == "review" else None,
        languages=languages_of(deal),
        initial=initial(mine, deal.language(side)),
    )
    answer = ReplyForm(request.POST if request.POST.get("do") == "reply" else None)
    refusal = request.not_saved
    try:
        if form.is_bound and not refusal and form.is_valid():
            services.write(deal, request.user, form.values(), side)
            messages.success(request, _("Your review is stored."))
            return redirect(request.path)
        if answer.is_bound and not refusal and answer.is_valid():
            reviewed = get_object_or_404(deal.reviews.shown(), side=opposite(side))
            services.reply(reviewed, request.user, answer.cleaned_data["text"], get_language())
            messages.success(request, _("Your reply stands below the review."))
            return redirect(request.path)
    except Refused as reason:
        refusal = str(reason)
    shown = [one for one in (mine, theirs) if one and one.is_shown()]
    hidden = [str(one.pk) for one in shown if one.hidden]
    why = reasons.addresses(reporting.REVIEW, hidden, request.user)
    replies = [str(one.pk) for one in shown if one.reply_hidden]
    reply_why = reasons.addresses(reporting.REPLY, replies, request.user)
    bad = form.is_bound or answer.is_bound
    return render(
        request,
        "marketplace/reviews/review.html",
        {
            "deal": deal,
            "about": deal.organisation(opposite(side)).name,
            "form": form,
            "answer": answer,
            "mine": mine,
            "shown": [entry(one, deal, why, reply_why) for one in shown],
            "can_write": services.can_write(deal, side),
            "can_reply": bool(
                theirs and theirs in shown and not theirs.hidden and not theirs.reply
            ),
            "other_is_in": bool(theirs),
            "until": services.until(deal),
            "refusal": refusal,
            "breadcrumbs": trail(deal, (_("Review"), "")),
        },
        status=409 if refusal else 422 if bad else 200,
    )


def typed(request):
    """What somebody typed whose sign-in ran out, and the button that they sent it by."""
    if request.POST.get("do") == "reply":
        return kept_page(request, ReplyForm(request.POST), _("Reply to the review"), do="reply")
    form = ReviewForm(request.POST, languages=settings.CONTENT_LANGUAGES)
    return kept_page(request, form, pgettext("of an organisation", "Review"), do="review")


def initial(mine, code: str) -> dict:
    """What the form begins with: what was written, as long as it can be changed."""
    if mine is None:
        return {"language": code}
    answers = {True: "yes", False: "no"}
    return {
        "rating": mine.rating,
        "on_time": answers[mine.on_time],
        "would_again": answers[mine.would_again],
        "text": mine.text,
        "language": mine.language,
    }


def entry(one, deal, why: dict[str, str], reply_why: dict[str, str]) -> dict:
    """A review as both sides read it."""
    return {
        "review": one,
        "by": deal.organisation(one.side).name,
        "why_url": why.get(str(one.pk), ""),
        "reply_why_url": reply_why.get(str(one.pk), ""),
        "report_url": registry.address(reporting.REVIEW, str(one.pk), get_language()),
        "reply_report_url": registry.address(reporting.REPLY, str(one.pk), get_language()),
    }
