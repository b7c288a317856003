"""A member tells a story: five steps, its state, its preview."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.drafts import mark_of
from core.languages import language
from core.member_forms import form_of_member, mistakes_of, mistakes_title
from stories import permissions, pictures, services, standing, steps
from stories.forms import ConsentForm, step_form
from stories.models import StoryIndexPage, StoryPage
from stories.tried import TriedToo
from stories.views.forms import crumbs

MORE, LATER, SEND = "add", "later", "send"


def own_story(request, pk: int) -> StoryPage:
    """A story that the signed-in member tells; 404 for anybody else's."""
    return get_object_or_404(
        StoryPage.objects.written_by(request.user).select_related("locale"), pk=pk
    )


@login_required
@never_cache
@require_safe
def mine(request):
    """The member's stories and reports, with where each stands."""
    found = StoryPage.objects.written_by(request.user).select_related("locale", "organisation")
    rows = [
        {
            "title": story.draft_title or story.title,
            "lang": story.locale.language_code,
            "url": reverse("stories-status", args=[story.pk]),
            "organisation": str(story.organisation or ""),
            "standing": standing.standing(story),
        }
        for story in found.order_by("-latest_revision_created_at", "-pk")[:100]
    ]
    return render(
        request,
        "stories/account/mine.html",
        {"rows": rows, "reports": TriedToo.objects.written_by(request.user)[:100]},
    )


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """The first step of a story that does not exist yet; it does from its first saving on."""
    codes = languages_with_stories()
    if not codes:
        raise Http404
    reader = get_language()
    form = step_form(steps.step(1), StoryPage)(
        request.POST or None,
        instance=StoryPage(live=False),
        step=steps.step(1),
        complete=is_complete(request),
        languages=codes,
        initial={"language": reader if reader in codes else codes[0]},
    )
    token = request.POST.get("token") or str(uuid4())
    refusal = request.not_saved
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            story = services.begin(
                request.user, token[:64], form.cleaned_data["language"], form.values()
            )
        except services.Refused as reason:
            refusal = str(reason)
        else:
            return after_saving(request, story, 1)
    return show_step(request, form, None, {"refusal": refusal, "token": token})


def languages_with_stories() -> list[str]:
    """The languages that have a list of stories, those of the menus in their order."""
    indexes = StoryIndexPage.objects.live().order_by("locale__language_code")
    return list(indexes.values_list("locale__language_code", flat=True))


def is_complete(request) -> bool:
    """Whether the step was sent as finished, so that all of it must be there."""
    return not {MORE, LATER} & set(request.POST)


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk: int, number: int):
    """One of the five steps of a draft."""
    if not 1 <= number <= len(steps.STEPS):
        raise Http404
    if not request.user.is_authenticated:  # sent after the sign-in ran out: the typed text only
        story, draft = None, StoryPage(live=False)
    else:
        story = own_story(request, pk)
        if not permissions.can_write(request.user, story):
            messages.info(request, services.NotNow.message)
            return redirect("stories-status", pk)
        draft = story.get_latest_revision_as_object()
    this = steps.step(number)
    form = form_of_step(request, draft, this, request.POST, request.FILES)
    seen = request.POST.get("seen") or mark_of(draft, this.fields)
    consent = ConsentForm(
        request.POST if SEND in request.POST else None, has_picture=bool(pictures.shown(draft))
    )
    context = {"refusal": request.not_saved, "seen": seen, "consent": consent}
    if request.method == "POST" and not request.not_saved:
        try:
            if form.picture and form.picture.upload:
                seen = services.keep_picture(
                    story, request.user, form.picture.upload, this.fields, seen
                )
                context["seen"] = seen
                form = form_with_picture(request, services.held_draft(story), this)
            if form.is_valid():
                services.save_step(story, request.user, form.values(), seen)
        except services.ChangedMeanwhile as reason:
            stored = services.held_draft(story)
            context |= {
                "refusal": str(reason),
                "seen": mark_of(stored, this.fields),
                "newer_url": reverse("stories-step", args=[pk, number]),
            }
        except services.Refused as reason:
            context["refusal"] = str(reason)
        else:
            if form.is_valid() and SEND in request.POST:
                return sent(request, story, form, consent, context)
            if form.is_valid():
                return after_saving(request, story, number)
    if context["refusal"] and form.picture and form.picture.upload:
        form.picture.add_error("file", _("The picture is not saved. Choose it again."))
    return show_step(request, form, story, context)


def form_of_step(request, draft, this, data, files=None):
    """The form of a step of a draft, filled with what was sent."""
    return step_form(this, StoryPage)(
        data or None,
        files or None,
        instance=draft,
        step=this,
        writer=request.user,
        complete=is_complete(request),
        more=request.POST.get(MORE) or request.GET.get("more", ""),
    )


def form_with_picture(request, draft, this):
    """The same form after the picture that came with it was stored: a new one is not to be removed."""
    data = request.POST.copy()
    data.pop("picture-remove", None)
    return form_of_step(request, draft, this, data)


def after_saving(request, story, number: int):
    """Where the member wanted to go: on, away, or back to the step with one more form."""
    if more := request.POST.get(MORE):
        address = reverse("stories-step", args=[story.pk, number])
        return redirect(f"{address}?more={more}#{more}-new" if more.isidentifier() else address)
    if LATER in request.POST or number == len(steps.STEPS):
        messages.success(request, _("Your story is saved. You can go on whenever you like."))
        return redirect("stories-status", story.pk)
    return redirect("stories-step", story.pk, number + 1)


def sent(request, story, form, consent, context):
    """The story goes to the editors, if it is whole and its author agrees."""
    draft = services.held_draft(story)
    lacking = [one for one in steps.overview(draft) if one["lacks"]]
    context |= {"seen": mark_of(draft, form.step.fields), "lacking": lacking}
    if consent.is_valid() and not lacking:
        try:
            services.send(story, request.user)
        except PermissionDenied as reason:
            context["refusal"] = str(reason)
        else:
            messages.success(
                request, _("Your story is with the editors. You get a mail from them.")
            )
            return redirect("stories-status", story.pk)
    return show_step(request, form, story, context)


def show_step(request, form, story, context):
    """The page of a step, with everything to put right above it."""
    consent, lacking = context.get("consent"), context.get("lacking", [])
    mistakes = form.mistakes if form.is_bound else []
    if consent and consent.is_bound:
        mistakes = mistakes + mistakes_of(consent)
    number = len(mistakes) + len(lacking)
    where = standing.standing(story) if story else None
    return render(
        request,
        "stories/account/step.html",
        context
        | {
            "form": form,
            "story": story,
            "step": form.step,
            "steps": steps.links(story),
            "is_last": form.step.number == len(steps.STEPS),
            "standing": where,
            "questions": standing.questions(story).get(form.step.number, []) if story else [],
            "language_of_story": language(story.locale.language_code) if story else None,
            "mistakes": mistakes,
            "mistakes_title": mistakes_title(number),
            "sign_in_again": request.not_saved and not request.user.is_authenticated,
            "sign_in_url": reverse("stories-mine"),
            "breadcrumbs": crumbs((form.step.title, "")),
        },
        status=200 if not form.is_bound else 422,
    )


@login_required
@never_cache
@require_safe
def status(request, pk: int):
    """Where a story stands, what it still lacks, and what its author can do now."""
    story = own_story(request, pk)
    draft = story.get_latest_revision_as_object()
    where = standing.standing(story)
    asked = standing.questions(story) if where.code == where.RETURNED else {}
    overview = steps.overview(draft) if where.code in (where.DRAFT, where.RETURNED) else []
    for one in overview:
        one["questions"] = asked.get(one["step"].number, [])
    todo = next((one["step"].number for one in overview if one["lacks"]), len(steps.STEPS))
    return render(
        request,
        "stories/account/status.html",
        {
            "story": story,
            "title": draft.title,
            "content_lang": language(story.locale.language_code),
            "standing": where,
            "overview": overview,
            "todo": 1 if where.code == where.RETURNED else todo,
            "can_write": permissions.can_write(request.user, story),
            "is_own": story.owner_id == request.user.pk,
            "breadcrumbs": crumbs((draft.title, "")),
        },
    )


@login_required
@never_cache
@require_safe
def preview(request, pk: int):
    """The story as readers will see it, for its author only."""
    story = own_story(request, pk)
    draft = story.get_latest_revision_as_object()
    context = draft.get_context(request) | {
        "author_path": story.author_path,
        "json_ld": [],
        "alternates": [],
        "default_alternate": "",
        "canonical_url": "",
        "breadcrumbs": crumbs((draft.title, story.author_path), (_("Preview"), "")),
    }
    response = render(request, "stories/story_page.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_POST
def delete(request, pk: int):
    """Deletes a draft, if its author has ticked that they mean it."""
    story = own_story(request, pk)
    if not request.POST.get("sure"):
        messages.error(request, _("Tick the box first: a deleted story cannot be brought back."))
        return redirect("stories-status", pk)
    try:
        services.delete(story, request.user)
    except services.Refused as reason:
        messages.error(request, str(reason))
        return redirect("stories-status", pk)
    messages.success(request, _("The draft is deleted."))
    return redirect("stories-mine")
