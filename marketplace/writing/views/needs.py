"""Writing a need: by members, by a desk for somebody else, and without an account."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core.anonymous import for_visitors
from core.drafts import Standing, standing
from core.languages import language
from core.member_forms import form_of_member, mistakes_title
from core.member_pages import ChangedMeanwhile, Refused, held_draft
from marketplace.listings.models import NeedIndexPage, NeedPage
from marketplace.writing import needs, permissions, services
from marketplace.writing.forms import AboutForm, DeskForm, GuardForm, NeedForm, OrganisationForm
from marketplace.writing.forms.needs import FIELDS
from marketplace.writing.views.frame import (
    LATER,
    crumbs,
    is_complete,
    languages,
    own,
    page,
    preferred,
)
from organisations import services as records
from organisations.models import Organisation
from organisations.views.frame import saved

STATUS = "marketplace:need-status"
ANOTHER = "another"


@csrf_exempt  # members are asked for it by `form_of_member`, visitors have no cookie
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """One form for everybody: who has no account gets it on the way, by mail."""
    codes = languages(NeedIndexPage)
    if not codes:
        raise Http404
    return (
        by_member(request, codes) if request.user.is_authenticated else by_visitor(request, codes)
    )


def form_of_need(posted, codes, complete: bool = True) -> NeedForm:
    return NeedForm(
        posted,
        instance=NeedPage(live=False),
        codes=codes,
        complete=complete,
        initial={"language": preferred(codes)},
    )


@for_visitors
def by_visitor(request, codes):
    """Without an account: what was typed waits for the link in the mail."""
    posted = request.POST if request.method == "POST" else None
    form, about = form_of_need(posted, codes), AboutForm(posted, prefix="about")
    guard = GuardForm(request, posted) if posted is not None else GuardForm(request)
    if posted is not None and all([form.is_valid(), about.is_valid(), guard.is_valid()]):
        values = {
            "need": {name: posted.getlist(name) for name in form.fields if name in posted},
            "about": about.cleaned_data,
        }
        try:
            needs.keep(guard.submission, guard.cleaned_data["email"], get_language(), values)
        except needs.TooManyMails as reason:
            guard.add_error("email", str(reason))
        else:
            return redirect("marketplace:need-sent")
    return show(request, form, [about, guard], {"about": about, "guard": guard})


@never_cache
@require_safe
def sent(request):
    """Says where to look now."""
    return page(request, "need_sent", {"breadcrumbs": crumbs(NeedPage)[:1]})


@form_of_member
def by_member(request, codes):
    """With an account: the need is a draft at once, or on its way to the reviewers."""
    token = (request.POST.get("token") or str(uuid4()))[:64]
    key = services.key_of("need", request.user, token)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not request.not_saved:  # sent twice, it is there already
        known = NeedPage.objects.written_by(request.user).filter(translation_key=key).first()
        if known:
            return redirect(STATUS, known.pk)
    form = form_of_need(posted, codes, is_complete(request))
    about = choice = None
    editable = Organisation.objects.editable_by(request.user)
    for_another = request.GET.get("for") == ANOTHER
    if for_another:
        if not permissions.can_enter_for_others(request.user):
            raise Http404
        if not editable.exists():
            return page(request, "no_desk", {"breadcrumbs": crumbs(NeedPage)})
        choice, about = DeskForm(request.user, posted), AboutForm(posted, prefix="about")
    elif editable.exists():
        choice = OrganisationForm(request.user, posted)
    else:
        about = AboutForm(posted, prefix="about")
    others = [one for one in (choice, about) if one is not None]
    refusal = request.not_saved
    if posted is not None and not refusal and all(one.is_valid() for one in [form, *others]):
        made = []
        try:
            if saved(
                about or form,
                lambda: made.append(begun(request.user, key, form, choice, about, for_another)),
            ):
                return after_saving(request, made[0])
        except Refused as reason:
            refusal = str(reason)
    return show(
        request,
        form,
        others,
        {
            "choice": choice,
            "about": about,
            "refusal": refusal,
            "token": token,
            "for_another": for_another,
            "can_enter_for_others": permissions.can_enter_for_others(request.user),
        },
    )


def begun(user, key, form, choice, about, for_another: bool) -> NeedPage:
    """The draft, with the record of the organisation where there is none yet."""
    code, details = form.cleaned_data["language"], form.cleaned_data["details"]
    chosen = choice.cleaned_data["organisation"] if choice else None
    if for_another:
        named = about.cleaned_data
        return needs.begin_for(user, key, code, form.values(), details, named, chosen)
    if chosen is None:
        chosen = records.register(Organisation(**about.cleaned_data), user, "", code)
    return needs.begin(user, key, code, form.values(), details, chosen)


def after_saving(request, need):
    """Sends the need where the member wanted that, and shows how it stands."""
    if LATER in request.POST:
        messages.success(request, _("Saved. You can go on whenever you like."))
    else:
        try:
            services.send(need, request.user)
        except PermissionDenied as reason:
            messages.error(request, str(reason))
        else:
            messages.success(
                request, _("Your need is with the reviewers. You get a mail from them.")
            )
    return redirect(STATUS, need.pk)


@form_of_member
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk: int):
    """A need of one's organisation is changed: what is public stays until the change is approved."""
    need, draft, details = None, NeedPage(live=False), ""
    if request.user.is_authenticated:
        need = own(request, NeedPage, pk)
        if not permissions.can_write(request.user, need):
            messages.info(request, services.NotNow.message)
            return redirect(STATUS, pk)
        draft, details = need.get_latest_revision_as_object(), needs.details_of(need)
    names = (*FIELDS, "confidential")
    seen = request.POST.get("seen") or needs.mark(draft, details, names)
    posted = request.POST if request.method == "POST" else None
    form = NeedForm(posted, instance=draft, details=details, complete=is_complete(request))
    context = {"refusal": request.not_saved, "seen": seen, "need": need}
    if posted is not None and not request.not_saved and form.is_valid():
        try:
            needs.save(need, request.user, form.values(), form.cleaned_data["details"], seen)
        except ChangedMeanwhile as reason:
            stored = needs.mark(held_draft(need), needs.details_of(need), names)
            newer = reverse("marketplace:need-edit", args=[pk])
            context |= {"refusal": str(reason), "seen": stored, "newer_url": newer}
        except Refused as reason:
            context["refusal"] = str(reason)
        else:
            return after_saving(request, need)
    return show(request, form, [], context)


def show(request, form, others, context):
    """The form, with everything to put right above it."""
    mistakes = [*form.mistakes] if form.is_bound else []
    for one in others:
        mistakes += one.mistakes if one.is_bound else []
    need = context.get("need")
    where = standing(need) if need else None
    title = (need.draft_title or need.title) if need else ""
    trail = [(title, need.author_path), (_("Change"), "")] if need else [(_("New need"), "")]
    way = crumbs(NeedPage, *trail)
    return page(
        request,
        "need_form",
        context
        | {
            "form": form,
            "standing": where if where and where.code == Standing.RETURNED else None,
            "language_of_need": language(need.locale.language_code) if need else None,
            "mistakes": mistakes,
            "mistakes_title": mistakes_title(len(mistakes)),
            "sign_in_again": bool(context.get("refusal")) and not request.user.is_authenticated,
            "sign_in_url": reverse("marketplace:needs-mine"),
            "breadcrumbs": way if request.user.is_authenticated else [way[0], *way[2:]],
        },
        status=422 if form.is_bound else 200,
    )
