"""The screen on which a review is decided: who, since when, what changed, approve or return."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from core.languages import language
from editorial import permissions, refusals, translations
from editorial.differences import marked, same_to_readers
from editorial.forms import ApproveForm, ReturnForm
from editorial.models import FourEyesTaskState
from editorial.validation import problems

REFUSALS = (
    refusals.AlreadyDecided,
    refusals.CommentMissing,
    refusals.ContentChanged,
    refusals.Incomplete,
)


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """One review, for those who may decide about it or change the text."""

    template_name = "editorial/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "glasses"

    def dispatch(self, request, *args, pk, **kwargs):
        self.state = get_object_or_404(
            FourEyesTaskState.objects.select_related("workflow_state", "revision"), pk=pk
        )
        self.object = self.state.workflow_state.content_object
        if self.object is None:
            messages.info(request, _("This text has been deleted since."))
            return redirect("wagtailadmin_home")
        if isinstance(self.object, Page):
            self.object = self.object.specific
        self.can_decide = permissions.can_decide(request.user, self.object, self.state)
        if not (self.can_decide or self.can_look(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def can_look(self, user) -> bool:
        return permissions.is_in_scope(user, self.state) or permissions.can_edit(user, self.object)

    @property
    def in_review(self) -> bool:
        return self.state.status == self.state.STATUS_IN_PROGRESS

    def get(self, request, *args, **kwargs):
        self.tell_why_refused(request.GET.get("refused", ""))
        if not self.in_review:
            newer = (
                FourEyesTaskState.objects.filter(
                    workflow_state=self.state.workflow_state,
                    status=FourEyesTaskState.STATUS_IN_PROGRESS,
                )
                .exclude(pk=self.state.pk)
                .first()
            )
            if newer:
                return redirect("editorial_review", newer.pk)
        return super().get(request, *args, **kwargs)

    def tell_why_refused(self, code: str) -> None:
        for refusal in REFUSALS:
            if refusal.code == code:
                messages.warning(self.request, refusal.message)

    def post(self, request, *args, **kwargs):
        action = "reject" if request.POST.get("decision") == "return" else "approve"
        self.forms[action] = form = (ReturnForm if action == "reject" else ApproveForm)(
            request.POST, prefix=action
        )
        if not form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            self.state.decide(action, request.user, form.cleaned_data["comment"])
        except refusals.ReviewRefused as refusal:
            messages.warning(request, str(refusal))
            if isinstance(refusal, refusals.NotYours):
                return redirect("wagtailadmin_home")
            return redirect("editorial_review", self.state.pk)
        title = {"title": self.state.revision.object_str}
        if action == "approve":
            messages.success(request, self.approved_message() % title)
        else:
            messages.success(
                request, _("“%(title)s” was returned. The author gets a mail.") % title
            )
        return redirect("wagtailadmin_home")

    def approved_message(self) -> str:
        self.state.revision.refresh_from_db()
        if self.state.revision.approved_go_live_at:
            return _("“%(title)s” is approved. It becomes public at the time that was set.")
        return _("“%(title)s” is approved and public.")

    @cached_property
    def forms(self) -> dict:
        return {"approve": ApproveForm(prefix="approve"), "reject": ReturnForm(prefix="reject")}

    @cached_property
    def draft(self):
        return self.state.revision.as_object()

    @cached_property
    def before(self):
        """What the revision is compared with: the public version, or else the one last returned."""
        if self.object.live:
            return self.object
        returned = (
            FourEyesTaskState.objects.filter(
                workflow_state=self.state.workflow_state,
                status=FourEyesTaskState.STATUS_REJECTED,
            )
            .select_related("revision")
            .order_by("finished_at", "pk")
            .last()
        )
        return returned.revision.as_object() if returned else None

    def comparison(self) -> list:
        """What the revision changes in the version before, field by field, as `{label, html}`."""
        if self.before is None:
            return []
        handler = (
            self.object.get_edit_handler()
            if isinstance(self.object, Page)
            else get_edit_handler(type(self.object))
        )
        bound = handler.get_bound_panel(instance=self.object, request=self.request, form=None)
        found = (compare(self.before, self.draft) for compare in bound.get_comparison())
        return [
            {"label": one.field_label(), "html": marked(one.htmldiff())}
            for one in found
            if one.is_field and not same_to_readers(one.val_a, one.val_b)
        ]

    def addresses(self) -> dict:
        obj, state, preview = self.object, self.state, ""
        if state.is_page and self.can_decide and self.in_review:
            preview = reverse("wagtailadmin_pages:workflow_preview", args=[obj.pk, state.task_id])
        return {
            "edit_url": state.edit_url if permissions.can_edit(self.request.user, obj) else "",
            "preview_url": preview,
        }

    def get_context_data(self, **kwargs):
        translation = translations.record(self.object)
        live = self.object.live_revision
        return super().get_context_data(
            state=self.state,
            object=self.object,
            title=self.state.revision.object_str,
            text_language=language(self.state.language),
            source_language=(
                language(translation.source.locale.language_code) if translation else None
            ),
            in_review=self.in_review,
            can_decide=self.can_decide and self.in_review,
            forms=self.forms,
            problems=problems(self.draft) if self.in_review else [],
            comparison=self.comparison() if self.in_review else [],
            pairs=(
                translations.pairs(translation, live.created_at if live else None)
                if translation and self.in_review
                else []
            ),
            **self.addresses(),
            **kwargs,
        )

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_page_subtitle(self):
        return self.state.revision.object_str
