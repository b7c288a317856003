"""What is a person's on the marketplace: the lists, how each stands, and what can be done with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.drafts import Standing, standing
from core.languages import language
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.models import NeedPage, ServicePage
from marketplace.writing import needs as writing
from marketplace.writing import own as own_listings
from marketplace.writing import permissions, reading, steps
from marketplace.writing import services as acts
from marketplace.writing.forms.needs import FIELDS
from marketplace.writing.forms.services import schools_of
from marketplace.writing.mail import approve_path
from marketplace.writing.views.frame import crumbs, own, page

NEED_FIELDS = (*FIELDS, "organisation", "entered_by_desk", "confidential")


def private(view):
    """For signed-in people only; nothing of it is kept by a cache."""
    return never_cache(login_required(view))


@private
@require_safe
def services(request):
    """The services of the person's schools."""
    return page(
        request,
        "services_mine",
        {
            "rows": own_listings.services(request.user),
            "has_school": schools_of(request.user).exists(),
        },
    )


@private
@require_safe
def needs(request):
    """The needs of the person's organisations."""
    return page(
        request,
        "needs_mine",
        {
            "rows": own_listings.needs(request.user),
            "can_enter_for_others": permissions.can_enter_for_others(request.user),
        },
    )


@private
@require_safe
def service(request, pk: int):
    """Where a service stands, what it lacks, and what its members can do now."""
    found = own(request, ServicePage, pk)
    draft = found.get_latest_revision_as_object()
    context = state(request, found, draft)
    overview = steps.overview(draft) if context["can_write"] else []
    todo = next((one["step"].number for one in overview if one["lacks"]), steps.CHECK)
    is_draft = context["standing"].code == Standing.DRAFT and not found.first_published_at
    return page(
        request,
        "service_status",
        context
        | {
            "overview": overview if context["standing"].code != Standing.PUBLIC else [],
            "todo": todo if is_draft else 1,
            "is_draft": is_draft,
            "windows": CapacityWindow.objects.of(found.translation_key).coming(),
        },
    )


@private
@require_safe
def need(request, pk: int):
    """Where a need stands, and what its members can do now."""
    found = own(request, NeedPage, pk)
    draft = found.get_latest_revision_as_object()
    return page(
        request,
        "need_status",
        state(request, found, draft)
        | {
            "rows": reading.rows(draft, NEED_FIELDS, found if found.live else None),
            "details": writing.details_of(found),
            "is_open": found.is_open,
        },
    )


def state(request, found, draft) -> dict:
    """What both pages say."""
    where = standing(found)
    return {
        "listing": found,
        "title": draft.title,
        "content_lang": language(found.locale.language_code),
        "standing": where,
        "badges": own_listings.badges(found, where),
        "can_write": permissions.can_write(request.user, found),
        "can_delete": permissions.can_delete(request.user, found),
        "can_be_ended": acts.public_versions(found).exists(),
        "approve_url": approve_path(found)
        if permissions.is_offered_to(request.user, found)
        else "",
        "breadcrumbs": crumbs(type(found), (draft.title, "")),
    }


@private
@require_safe
def preview_service(request, pk: int):
    return preview(request, own(request, ServicePage, pk))


@private
@require_safe
def preview_need(request, pk: int):
    return preview(request, own(request, NeedPage, pk))


def preview(request, found):
    """The page as readers will see it, for its members only."""
    draft = found.get_latest_revision_as_object()
    context = draft.get_context(request) | {
        "author_path": found.author_path,
        "json_ld": [],
        "alternates": [],
        "default_alternate": "",
        "canonical_url": "",
        "breadcrumbs": crumbs(type(found), (draft.title, found.author_path), (_("Preview"), "")),
    }
    response = render(request, draft.get_template(request), context)
    response["X-Robots-Tag"] = "noindex"
    return response


@private
@require_POST
def change_service(request, pk: int):
    """Takes a service off, deletes its draft, or sends it."""
    return change(request, own(request, ServicePage, pk), {"take_off", "delete", "send"})


@private
@require_POST
def change_need(request, pk: int):
    """The same of a need, which can be closed and opened too."""
    acts_of_need = {"take_off", "delete", "send", "close", "open"}
    return change(request, own(request, NeedPage, pk), acts_of_need)


def change(request, found, possible: set[str]):
    """Does what the pressed button says; what cannot be undone wants a tick first."""
    wanted = request.POST.get("act", "")
    if wanted in {"take_off", "delete"} and not request.POST.get("sure"):
        messages.error(request, _("Tick the box first."))
    elif wanted in possible:
        try:
            said = do(wanted, found, request.user)
        except PermissionDenied as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, said)
            if wanted == "delete":
                return redirect(crumbs(type(found))[1]["url"])
    return redirect(found.author_path)


def do(wanted: str, found, user) -> str:
    """Does it, and says that it is done."""
    if wanted == "send":
        acts.send(found, user)
        return _("It is with the reviewers. You get a mail from them.")
    if wanted == "take_off":
        acts.take_off(found, user)
        return _("It is taken off. Nobody else sees it any more.")
    if wanted == "close":
        acts.close(found, user)
        return _("The need is closed. It stays to be read, and nobody can answer it.")
    if wanted == "open":
        acts.open_again(found, user)
        return _("The need is open again.")
    acts.delete(found, user)
    return _("The draft is deleted.")
