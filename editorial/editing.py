"""What stands before Wagtail's edit views: one submission at a time, no publishing, locks, banners.

Hooks can answer a request but not wrap a view. So a submission is answered by running the view
again inside a transaction that holds the row: the draft and its review are saved together or not
at all, and of two clicks the second finds the first one's review.
"""

from django.contrib.admin.utils import quote
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Page, WorkflowState

from editorial import conflicts, permissions, publishing, services
from editorial.addresses import edit_url
from editorial.conflicts import AskingEditView
from editorial.models import FourEyesTaskState
from editorial.refusals import AlreadyDecided, ReviewRefused
from editorial.reviewing import comments
from editorial.timeline.changes import in_one_line

# Requests that save nothing of a form.
ANSWERED_BY_WAGTAIL = {"action-cancel-workflow", "action-workflow-action"}


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
    if "action-submit" not in request.POST or getattr(request, "_held_for_review", False):
        return None
    request._held_for_review = True
    with transaction.atomic():
        services.held(parent)
        slug = request.POST.get("slug", "").replace("\x00", "")
        twin = parent.get_children().filter(slug=slug, owner=request.user).first()
        if twin and services.held_state(twin):
            messages.info(request, _("This text is in review already. It was submitted once."))
            return redirect(edit_url(type(twin), twin.pk))
        meta = page_class._meta
        return CreateView.as_view()(
            request,
            content_type_app_name=meta.app_label,
            content_type_model_name=meta.model_name,
            parent_page_id=parent.pk,
        )


def page_before_edit(request, page):
    """Answers the requests to edit a page that Wagtail's view would not answer by our rules."""
    if request.method == "POST":
        without_publishing(request)
        leave_published_revision(request, page)
        if "action-workflow-action" in request.POST and page.current_workflow_task is None:
            messages.info(request, AlreadyDecided.message)
            return redirect(edit_url(type(page), page.pk))
        if "action-submit" in request.POST or "action-restart-workflow" in request.POST:
            return one_at_a_time(
                request, page, lambda: AskingEditView.as_view()(request, page_id=page.pk)
            )
        if not ANSWERED_BY_WAGTAIL.intersection(request.POST):
            return conflicts.one_after_the_other(request, page)
    else:
        say_where_it_stands(request, page)
    return None


def snippet_before_edit(request, instance):
    """The same for a reviewed snippet."""
    if request.method == "POST":
        leave_published_revision(request, instance)
    if request.method == "POST" and "action-submit" in request.POST:
        viewset = instance.snippet_viewset
        return one_at_a_time(
            request, instance, lambda: viewset.edit_view(request, pk=quote(instance.pk))
        )
    if request.method == "GET":
        say_where_it_stands(request, instance)
    return None


def one_at_a_time(request, obj, view):
    """Runs a submission while its row is held; None inside the run, so that it goes through."""
    if getattr(request, "_held_for_review", False):
        return None
    request._held_for_review = True
    try:
        with transaction.atomic():
            stored = services.held(obj)
            if services.held_state(stored):
                messages.info(request, _("This text is in review already. It was submitted once."))
                return redirect(edit_url(type(obj), obj.pk))
            response = view()
    except ReviewRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(edit_url(type(obj), obj.pk))
    if services.held_state(obj):
        say_if_nobody_can_decide(request, obj)
    return response


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
