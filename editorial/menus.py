"""The actions under the edit form, in our words and only those that work."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import action_menu
from wagtail.admin.menu import MenuItem
from wagtail.models import WorkflowState
from wagtail.snippets import action_menu as snippet_menu

from editorial.models import FourEyesTaskState
from editorial.permissions import roles_of


class OfficeItem(MenuItem):
    """A screen for people with a role for a whole language, and for operators."""

    def is_shown(self, request):
        return request.user.is_superuser or bool(roles_of(request.user))


class SubmitItem(action_menu.SubmitForModerationMenuItem):
    """“Submit for review”, or again after a return."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return context | {"label": submit_label(context.get("page"))}


class SnippetSubmitItem(snippet_menu.SubmitForModerationMenuItem):
    """The same for a reviewed snippet."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return context | {"label": submit_label(context.get("instance"))}


class TakeBackItem(action_menu.CancelWorkflowMenuItem):
    """Ends the review so that the text can be changed again; reviewers return it with a comment."""

    label = gettext_lazy("Take back from review")

    def is_shown(self, context):
        return super().is_shown(context) and is_submitter(context["page"], context["request"].user)


class SnippetTakeBackItem(snippet_menu.CancelWorkflowMenuItem):
    """The same for a reviewed snippet."""

    label = gettext_lazy("Take back from review")

    def is_shown(self, context):
        instance, user = context.get("instance"), context["request"].user
        return super().is_shown(context) and is_submitter(instance, user)


class ReviewItem(action_menu.ActionMenuItem):
    """The way to the screen where the review is decided."""

    label = gettext_lazy("Review: see what changed and decide")
    name = "action-review"
    icon_name = "glasses"

    def __init__(self, state, **kwargs):
        self.state = state
        super().__init__(**kwargs)

    def get_url(self, parent_context):
        return reverse("editorial_review", args=[self.state.pk])


def is_submitter(obj, user) -> bool:
    state = obj.current_workflow_state
    return bool(state) and user.pk in (state.requested_by_id, getattr(obj, "owner_id", None))


def submit_label(obj) -> str:
    state = obj.current_workflow_state if obj is not None and obj.pk else None
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("Submit for review again")
    return _("Submit for review")


UNUSED = {
    "action-publish",
    "action-restart-workflow",
    "localize-convert-to-alias",
    "approve",
    "reject",
}


def page_actions(items: list, context: dict) -> None:
    """Changes the list in place. The items are Wagtail's own objects, so they are replaced."""
    own = {"action-submit": SubmitItem, "action-cancel-workflow": TakeBackItem}
    replace(items, own, context)
    page = context.get("page")
    state = page.current_workflow_task_state if page is not None and page.pk else None
    if isinstance(state, FourEyesTaskState) and state.task.specific.get_actions(
        page, context["request"].user
    ):
        items.insert(0, ReviewItem(state, order=0))


def snippet_actions(items: list, context: dict) -> None:
    """The same for a snippet; those that nobody reviews keep what they have."""
    if not hasattr(context["model"], "current_workflow_state"):
        return
    own = {"action-submit": SnippetSubmitItem, "action-cancel-workflow": SnippetTakeBackItem}
    replace(items, own, context)


def replace(items: list, own: dict, context: dict) -> None:
    mine = [
        own[item.name](order=item.order) if item.name in own else item
        for item in items
        if item.name not in UNUSED
    ]
    shown = [item for item in mine if item.name not in own or item.is_shown(context)]
    # Taking back is never the first, large button.
    items[:] = sorted(shown, key=lambda item: item.name == "action-cancel-workflow")
