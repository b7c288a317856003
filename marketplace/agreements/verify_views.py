"""Anybody asks whether a document is the accepted one, and learns nothing else of it."""

from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from core.anonymous import for_visitors, too_many
from marketplace.agreements import verifying
from marketplace.agreements.canonical import SHA256, digest_of, in_groups
from marketplace.agreements.forms import VerifyForm

AN_HOUR = 3600
MOST = 120  # questions by address in an hour


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """The form: paste a fingerprint, or the whole text."""
    form = VerifyForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("marketplace:verified", digest_of(form.cleaned_data["document"]))
    return render(
        request,
        "marketplace/agreements/verify.html",
        {"form": form, "breadcrumbs": []},
        status=422 if form.is_bound else 200,
    )


@require_safe
def verified(request, sha256: str):
    """What is known of a fingerprint."""
    if too_many(request, "marketplace.verified", MOST, AN_HOUR):
        return answered(request, sha256, None, 429)
    answer = verifying.look_up(sha256.lower())
    return answered(request, sha256, answer, 404 if answer.state == verifying.UNKNOWN else 200)


def answered(request, sha256: str, answer, status: int):
    response = render(
        request,
        "marketplace/agreements/verified.html",
        {
            "answer": answer,
            "hash_groups": in_groups(sha256.lower()) if SHA256.fullmatch(sha256.lower()) else "",
            "breadcrumbs": [],
        },
        status=status,
    )
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_store=True)
    return response
