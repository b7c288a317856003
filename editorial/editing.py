"""What stands before Wagtail's edit views: one submission at a time, no publishing, locks, banners.

Hooks can answer a request but not wrap a view. So a submission is answered by running the view
again inside a transaction that holds the row: the draft and its review are saved together or not
at all, and of two clicks the second finds the first one's review.
"""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Page, WorkflowState

from editorial import permissions, publishing, services
from editorial.addresses import edit_url
from editorial.conflicts import AskingEditView, asking, held_once
from editorial.models import FourEyesTaskState
from editorial.places import in_one_line
from editorial.refusals import AlreadyDecided, ReviewRefused
from editorial.reviewing import comments

# Requests that save nothing of a form.
ANSWERED_BY_WAGTAIL = {"action-cancel-workflow", "action-workflow-action"}
SUBMISSIONS = {"action-submit", "action-restart-workflow"}


def without_publishing(request) -> None:
    """Publishing is nobody's right: such a request saves a draft."""
    if "action-publish" in request.POST:
        request.POST = request.POST.copy()
        del request.POST["action-publish"]


def leave_published_revision(request, obj) -> None:
    """Autosave goes on in a new draft, where the one that it would overwrite was approved meanwhile."""
    latest = obj.latest_revision
    if latest is None or request.POST.get("overwrite_revision_id") != str(latest.pk):
        return
    if publishing.is_decided(latest):
        request.POST = request.POST.copy()
        for name in ("overwrite_revision_id", "loaded_revision_id"):  # it is up to date
            request.POST.pop(name, None)


def page_before_create(request, parent, page_class):
    """A new page and its review are saved together, and once."""
    without_publishing(request)
    if "action-submit" not in request.POST:
        return None

    def create():
        slug = request.POST.get("slug", "").replace("\x00", "")
        twin = parent.get_children().filter(slug=slug, owner=request.user).first()
        return (twin and sent_already(request, twin)) or CreateView.as_view()(
            request,
            content_type_app_name=page_class._meta.app_label,
            content_type_model_name=page_class._meta.model_name,
            parent_page_id=parent.pk,
        )

    return submitted_or_kept(request, parent, create)


def page_before_edit(request, page):
    """Answers the requests to edit a page that Wagtail's view would not answer by our rules."""
    if request.method == "POST":
        without_publishing(request)
        if "action-workflow-action" in request.POST and page.current_workflow_task is None:
            messages.info(request, AlreadyDecided.message)
            return redirect(edit_url(type(page), page.pk))
        return before_saving(
            request, page, lambda: AskingEditView.as_view()(request, page_id=page.pk)
        )
    say_where_it_stands(request, page)
    return None


def snippet_before_edit(request, instance):
    """The same for a reviewed snippet."""
    if request.method == "POST":
        kwargs, viewset = request.resolver_match.kwargs, instance.snippet_viewset
        view = viewset.revisions_revert_view if "revision_id" in kwargs else viewset.edit_view
        return before_saving(request, instance, lambda: asking(view)(request, **kwargs))
    say_where_it_stands(request, instance)
    return None


def before_saving(request, obj, view):
    """Saves or submits one after the other; None for what saves nothing."""
    leave_published_revision(request, obj)
    if SUBMISSIONS.intersection(request.POST):
        answer = submitted_or_kept(request, obj, lambda: sent_already(request, obj) or view())
        if answer is not None:
            say_if_nobody_can_decide(request, obj)
        return answer
    if ANSWERED_BY_WAGTAIL.intersection(request.POST):
        return None
    return held_once(request, obj, view)


def sent_already(request, obj):
    """Where a second click leads; None for the first one."""
    if services.held_state(obj) is None:
        return None
    messages.info(request, _("This text is in review already. It was submitted once."))
    return redirect(edit_url(type(obj), obj.pk))


def submitted_or_kept(request, obj, view):
    """A submission while the row of `obj` is held; what is refused is kept as a draft, and said why."""
    try:
        return held_once(request, obj, view)
    except ReviewRefused as refusal:
        messages.error(request, str(refusal))
    request.POST = request.POST.copy()
    for name in SUBMISSIONS:
        request.POST.pop(name, None)
    with transaction.atomic():
        services.held(obj)
        return view()


def say_if_nobody_can_decide(request, obj) -> None:
    """Tells the author when their text would wait for ever."""
    state = services.held_state(obj)
    if state and not permissions.deciders(obj, state).exists():
        messages.warning(
            request,
            _(
                "Nobody can decide about this text yet: there is no other person with that role for "
                "this language. Tell the operator."
            ),
        )


def say_where_it_stands(request, obj) -> None:
    """The comment of a returned text, and the way to the review of one that waits."""
    if "_w_hydrate_create_view" in request.GET:
        return
    workflow = obj.current_workflow_state
    if workflow is None:
        return
    state = FourEyesTaskState.objects.filter(pk=workflow.current_task_state_id).first()
    if state is None:
        return
    if workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        messages.warning(request, returned_banner(state))
        if not isinstance(obj, Page):  # at a page they stand at their fields
            for comment in comments.open_on(obj):
                place = in_one_line(type(obj), comment.path)
                messages.warning(request, f"{place}: {comment.text} ({comment.by})")
    elif permissions.can_decide(request.user, obj, state):
        messages.info(
            request,
            _("This text waits for your decision."),
            buttons=[messages.button(reverse("editorial_review", args=[state.pk]), _("Review"))],
        )


def returned_banner(state: FourEyesTaskState) -> str:
    """Who returned it, when, and what they ask for."""
    when = formats.date_format(timezone.localtime(state.finished_at), "SHORT_DATETIME_FORMAT")
    return format_html(
        "<b>{}</b> <q>{}</q> {}",
        _("Returned by %(person)s on %(date)s:") % {"person": state.finished_by, "date": when},
        state.comment,
        _("Change it and submit it again."),
    )
