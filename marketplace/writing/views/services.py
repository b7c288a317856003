"""From exercise to service: six steps, and the capacity windows, which need no review."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.drafts import Standing, mark_of, standing
from core.languages import language
from core.member_forms import form_of_member, mistakes_of, mistakes_title
from core.member_pages import ChangedMeanwhile, Refused, held_draft
from marketplace.listings.models import ServiceIndexPage, ServicePage
from marketplace.writing import capacity, permissions, reading, services, steps
from marketplace.writing.forms import ConsentForm, step_form, windows_formset
from marketplace.writing.forms.services import schools_of
from marketplace.writing.views.frame import (
    LATER,
    MORE,
    SEND,
    crumbs,
    is_complete,
    languages,
    own,
    page,
    preferred,
)

STEP = "marketplace:service-step"
STATUS = "marketplace:service-status"


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """The first step of a service that does not exist yet; it does from its first saving on."""
    codes = languages(ServiceIndexPage)
    if not codes:
        raise Http404
    if request.user.is_authenticated and not schools_of(request.user):
        return page(request, "no_school", {"breadcrumbs": crumbs(ServicePage)})
    this = steps.step(1)
    form = step_form(this)(
        request.POST or None,
        instance=ServicePage(live=False),
        step=this,
        writer=request.user,
        complete=is_complete(request),
        languages=codes,
        initial={"language": preferred(codes)},
    )
    token = request.POST.get("token") or str(uuid4())
    refusal = request.not_saved
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            service = services.begin(
                request.user, token[:64], form.cleaned_data["language"], form.values()
            )
        except Refused as reason:
            refusal = str(reason)
        else:
            return after_saving(request, service, 1)
    return show_step(request, form, None, {"refusal": refusal, "token": token})


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk: int, number: int):
    """One of the six steps of a draft."""
    if not 1 <= number <= len(steps.STEPS):
        raise Http404
    service, draft = None, ServicePage(live=False)
    if request.user.is_authenticated:  # else it was sent after the sign-in ran out: the text only
        service = own(request, ServicePage, pk)
        if not permissions.can_write(request.user, service):
            messages.info(request, services.NotNow.message)
            return redirect(STATUS, pk)
        draft = service.get_latest_revision_as_object()
    this = steps.step(number)
    posted = request.POST if request.method == "POST" else None
    form = step_form(this)(
        posted,
        instance=draft,
        step=this,
        writer=request.user,
        complete=is_complete(request),
    )
    seen = request.POST.get("seen") or mark_of(draft, this.fields)
    rows = None
    if number == steps.CAPACITY:
        rows = windows_formset(service.translation_key if service else uuid4(), posted)
    context = {"refusal": request.not_saved, "seen": seen, "windows": rows}
    if number == steps.CHECK:
        return check(request, service, form, context)
    valid = [one.is_valid() for one in (form, rows) if one is not None]
    if posted is not None and not request.not_saved and all(valid):
        try:
            services.save(service, request.user, form.values(), seen)
            if rows is not None:
                capacity.save(service, request.user, rows)
        except ChangedMeanwhile as reason:
            context |= {
                "refusal": str(reason),
                "seen": mark_of(held_draft(service), this.fields),
                "newer_url": reverse(STEP, args=[pk, number]),
            }
        except Refused as reason:
            context["refusal"] = str(reason)
        else:
            return after_saving(request, service, number)
    return show_step(request, form, service, context)


def check(request, service, form, context):
    """The last step: the whole to read, what is lacking, and sending it."""
    consent = ConsentForm(request.POST if SEND in request.POST else None)
    lacking = []
    if service:
        draft = held_draft(service)
        lacking = [one for one in steps.overview(draft) if one["lacks"]]
        context |= {
            "reading": readings(draft, service),
            "windows_count": windows_formset(service.translation_key).initial_form_count(),
            "peer_may_approve": peer_may_approve(request.user, service),
        }
    context |= {"consent": consent, "lacking": lacking}
    if SEND in request.POST and not request.not_saved and consent.is_valid() and not lacking:
        try:
            services.send(service, request.user)
        except PermissionDenied as reason:
            context["refusal"] = str(reason)
        else:
            messages.success(
                request, _("Your service is with the reviewers. You get a mail from them.")
            )
            return redirect(STATUS, service.pk)
    elif LATER in request.POST and not request.not_saved:
        return after_saving(request, service, steps.CHECK)
    return show_step(request, form, service, context)


def peer_may_approve(user, service) -> bool:
    """Whether a second member of the organisation may approve it too."""
    return permissions.can_approve(user, service)


def readings(draft, service) -> list[dict]:
    """The steps with what stands in them: `{step, url, rows}`."""
    public = service if service.live else None
    return [
        {
            "step": one,
            "url": steps.address(service, one.number),
            "rows": reading.rows(draft, one.fields, public),
        }
        for one in steps.STEPS[:-1]
    ]


def after_saving(request, service, number: int):
    """Where the member wanted to go: on, away, or back to the step with one more window."""
    if MORE in request.POST:
        return redirect(f"{reverse(STEP, args=[service.pk, number])}#windows-new")
    if LATER in request.POST:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(STATUS, service.pk)
    return redirect(STEP, service.pk, number + 1)


def show_step(request, form, service, context):
    """The page of a step, with everything to put right above it."""
    consent, rows = context.get("consent"), context.get("windows")
    lacking = context.get("lacking", []) if consent and consent.is_bound else []
    is_sent = request.method == "POST"
    mistakes = form.mistakes if form.is_bound else []
    if rows is not None and rows.is_bound:
        mistakes += [
            {"anchor": "windows", "label": rows_label(), "message": m} for m in rows.messages
        ]
        mistakes += mistakes_of(rows.asked)
    if consent and consent.is_bound:
        mistakes += mistakes_of(consent)
    where = standing(service) if service else None
    return page(
        request,
        "step",
        context
        | {
            "form": form,
            "service": service,
            "step": form.step,
            "steps": steps.links(service),
            "is_last": form.step.number == len(steps.STEPS),
            "standing": where if where and where.code == Standing.RETURNED else None,
            "language_of_service": language(service.locale.language_code) if service else None,
            "mistakes": mistakes,
            "lacking": lacking,
            "todo": context.get("lacking", []),
            "mistakes_title": mistakes_title(len(mistakes) + len(lacking)),
            "sign_in_again": request.not_saved and not request.user.is_authenticated,
            "sign_in_url": reverse("marketplace:services-mine"),
            "breadcrumbs": crumbs(ServicePage, (form.step.title, "")),
        },
        status=422 if is_sent else 200,
    )


def rows_label() -> str:
    return _("When you have room")


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def windows(request, pk: int):
    """The capacity windows of a service, whatever state its text is in."""
    service = own(request, ServicePage, pk) if request.user.is_authenticated else None
    posted = request.POST if request.method == "POST" else None
    rows = windows_formset(service.translation_key if service else uuid4(), posted)
    refusal = request.not_saved
    if posted is not None and not refusal and rows.is_valid():
        try:
            capacity.save(service, request.user, rows)
        except Refused as reason:
            refusal = str(reason)
        else:
            if MORE in request.POST:
                return redirect(f"{request.path}#windows-new")
            messages.success(request, _("Saved. Clients see it at once."))
            return redirect(STATUS, pk)
    mistakes = []
    if rows.is_bound:
        mistakes = [
            {"anchor": "windows", "label": rows_label(), "message": m} for m in rows.messages
        ]
        mistakes += mistakes_of(rows.asked)
    title = service.draft_title or service.title if service else ""
    trail = [(title, reverse(STATUS, args=[pk]))] if service else []
    return page(
        request,
        "windows",
        {
            "service": service,
            "windows": rows,
            "refusal": refusal,
            "mistakes": mistakes,
            "mistakes_title": mistakes_title(len(mistakes)),
            "sign_in_again": refusal and not request.user.is_authenticated,
            "sign_in_url": reverse("marketplace:services-mine"),
            "breadcrumbs": crumbs(ServicePage, *trail, (rows_label(), "")),
        },
        status=422 if rows.is_bound else 200,
    )
