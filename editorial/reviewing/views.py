"""The screen on which a review is decided: who, since when, what changed, comment, approve or return."""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left, Length
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

from core.languages import language
from core.listed import PAGE, page, row
from editorial import permissions, publishing, refusals, translations
from editorial.addresses import timeline_url
from editorial.fingerprints import digest
from editorial.models import FourEyesTaskState
from editorial.office import OfficeView
from editorial.reviewing import approve, comments
from editorial.reviewing.comparison import compare
from editorial.reviewing.forms import ApproveForm, FieldCommentForm, ReturnForm
from editorial.reviewing.screen import Rows
from editorial.validation import problems

REFUSALS = (
    refusals.AlreadyDecided,
    refusals.CommentMissing,
    refusals.ContentChanged,
    refusals.Incomplete,
    refusals.TakenBack,
)
# What belongs to a text and is the same in all its versions, and what is so most of the time.
OWN = ("live_revision", "latest_revision", "locale", "content_type", "owner")
RECORD = "organisation"


class ReviewView(OfficeView, TemplateView):
    """One review, for those who may decide about it or change the text."""

    template_name = "editorial/reviewing/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "glasses"

    def dispatch(self, request, *args, pk, **kwargs):
        returned = FourEyesTaskState.objects.filter(
            workflow_state=OuterRef("workflow_state"), status=FourEyesTaskState.STATUS_REJECTED
        ).order_by("-finished_at", "-pk")
        self.state = get_object_or_404(
            FourEyesTaskState.objects.select_related(
                "workflow_state__requested_by", "revision", "finished_by"
            ).annotate(read_returned=Subquery(returned.values("revision__content")[:1])),
            pk=pk,
        )
        self.object = self.get_object()
        if self.object is None:
            messages.info(request, _("This text has been deleted since."))
            return redirect("wagtailadmin_home")
        translations.remember_record(self.object)
        self.can_decide = permissions.can_decide(request.user, self.object, self.state)
        if not (self.can_decide or self.can_look(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_object(self):
        """The text, in one query with what the screen asks of it."""
        model = self.state.model
        if model is None:
            return None
        found = model._base_manager.select_related(*self.with_it(model))
        if not self.state.is_page:
            return found.filter(pk=self.state.workflow_state.object_id).first()
        above = Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen)
        found = found.annotate(read_parent=page(Page.objects.filter(path=above)))
        one = found.filter(pk=self.state.workflow_state.object_id).first()
        if one is not None:
            one._cached_parent_obj = row(Page, PAGE, one.read_parent)  # of treebeard
        return one

    def with_it(self, model) -> set[str]:
        return {*OWN, RECORD} & {field.name for field in model._meta.fields}

    def version(self, content: dict):
        """The text as a revision has it; what belongs to the text itself is not read again."""
        known = self.with_it(type(self.object))
        if content.get(RECORD) != getattr(self.object, f"{RECORD}_id", None):
            known.remove(RECORD)
        written = {name: value for name, value in content.items() if name not in known}
        stored = copy(self.object)
        if self.state.is_page:  # comments are read for themselves
            written[COMMENTS_RELATION_NAME] = []
            setattr(stored, COMMENTS_RELATION_NAME, [])
        made = stored.with_content_json(written)
        for name in known:
            setattr(made, name, getattr(self.object, name))
        if self.state.is_page:
            made._cached_parent_obj = self.object.get_parent()
        return made

    def can_look(self, user) -> bool:
        return permissions.is_in_scope(user, self.state) or self.can_edit

    @cached_property
    def can_edit(self) -> bool:
        # Who decides about a page may open it; asking Wagtail would ask for the review again.
        decides = self.can_decide and self.in_review and self.state.is_page
        return decides or permissions.can_edit(self.request.user, self.object)

    @property
    def in_review(self) -> bool:
        return self.state.status == self.state.STATUS_IN_PROGRESS

    # ---- Answering ----

    def get(self, request, *args, **kwargs):
        self.tell_why_refused(request.GET.get("refused", ""))
        newer = None if self.in_review else self.newer
        if newer:
            return redirect("editorial_review", newer.pk)
        return super().get(request, *args, **kwargs)

    @cached_property
    def newer(self) -> FourEyesTaskState | None:
        """The review that runs where this one has ended."""
        return (
            FourEyesTaskState.objects.filter(
                workflow_state=self.state.workflow_state,
                status=FourEyesTaskState.STATUS_IN_PROGRESS,
            )
            .exclude(pk=self.state.pk)
            .first()
        )

    def tell_why_refused(self, code: str) -> None:
        for refusal in REFUSALS:
            if refusal.code == code:
                messages.warning(self.request, refusal.message)

    def post(self, request, *args, **kwargs):
        if "comment" in request.POST:
            return self.comment()
        if "resolve" in request.POST:
            return self.resolve(request.POST["resolve"])
        return self.decide("reject" if request.POST.get("decision") == "return" else "approve")

    def decide(self, action: str):
        form_class = ReturnForm if action == "reject" else ApproveForm
        self.forms[action] = form = form_class(self.request.POST, prefix=action)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data())
        seen = self.request.POST.get("seen", "")
        try:
            self.state.decide(action, self.request.user, form.cleaned_data["comment"], seen)
        except refusals.ReviewRefused as refusal:
            messages.warning(self.request, str(refusal))
            if isinstance(refusal, refusals.NotYours):
                return redirect("wagtailadmin_home")
            return redirect("editorial_review", self.state.pk)
        self.say_what_was_decided(action)
        return redirect("wagtailadmin_home")

    def say_what_was_decided(self, action: str) -> None:
        title = {"title": self.state.revision.object_str}
        if action == "approve":
            messages.success(self.request, self.approved_message() % title)
        else:
            messages.success(
                self.request, _("“%(title)s” was returned. The author gets a mail.") % title
            )

    def approved_message(self) -> str:
        self.state.revision.refresh_from_db()
        if self.state.revision.approved_go_live_at:
            return _("“%(title)s” is approved. It becomes public at the time that was set.")
        return _("“%(title)s” is approved and public.")

    def comment(self):
        """Leaves a comment at a field; what is wrong with it is said there."""
        spot = self.rows.find(self.request.POST.get("path", ""))
        if spot is None:
            messages.warning(self.request, _("This part is not in the text any more."))
            return redirect("editorial_review", self.state.pk)
        places = [(part.path, part.label) for part in spot.of.parts]
        spot.form = FieldCommentForm(places, self.request.POST, auto_id=spot.form.auto_id)
        if not spot.form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            comments.add(self.state, user=self.request.user, **spot.form.cleaned_data)
        except refusals.ReviewRefused as refusal:
            messages.warning(self.request, str(refusal))
        else:
            messages.success(self.request, self.commented_message())
        return redirect(self.address(spot.key))

    def commented_message(self) -> str:
        if self.state.is_page:
            return _("Your comment is saved. The author gets a mail.")
        return _("Your comment is saved. The author finds it when you return the text.")

    def resolve(self, pk: str):
        if comments.resolve(self.object, pk, self.request.user):
            messages.success(self.request, _("The comment is marked as done."))
        return redirect("editorial_review", self.state.pk)

    def address(self, key: str) -> str:
        return f"{reverse('editorial_review', args=[self.state.pk])}#at-{key}"

    # ---- What is shown ----

    @cached_property
    def forms(self) -> dict:
        return {"approve": ApproveForm(prefix="approve"), "reject": ReturnForm(prefix="reject")}

    @cached_property
    def draft(self):
        return self.version(self.state.revision.content)

    @cached_property
    def before(self):
        """What the revision is compared with: the public version, or else the one last returned."""
        returned = self.state.read_returned
        if not (self.object.live or returned):
            return None
        made = copy(self.object) if self.object.live else self.version(returned)
        for field in made._meta.concrete_fields:  # pictures and files are read when they are shown
            if isinstance(field, StreamField):
                now = getattr(self.draft, field.name)
                if list(getattr(made, field.name).raw_data) == list(now.raw_data):
                    setattr(made, field.name, now)
        return made

    @cached_property
    def translation(self):
        return translations.record(self.object)

    @cached_property
    def rows(self) -> Rows:
        """The fields of the revision, what it changes in the version before, and the comments."""
        return Rows(
            compare(self.before, self.draft, self.request),
            comments.open_on(self.object),
            translations.source_texts(self.translation) if self.translation else {},
            marked=self.before is not None,
        )

    def preview_url(self) -> str:
        if not self.state.is_page:
            return ""
        if self.can_decide and self.in_review:
            return reverse(
                "wagtailadmin_pages:workflow_preview", args=[self.object.pk, self.state.task_id]
            )
        return (
            reverse("wagtailadmin_pages:view_draft", args=[self.object.pk]) if self.can_edit else ""
        )

    def get_context_data(self, **kwargs):
        in_review = self.in_review
        source = self.translation.source.locale.language_code if self.translation else ""
        return super().get_context_data(
            state=self.state,
            object=self.object,
            title=self.state.revision.object_str,
            text_language=language(self.state.language),
            source_language=language(source) if source else None,
            in_review=in_review,
            can_decide=self.can_decide and in_review,
            forms=self.forms,
            seen=digest(self.state.revision),
            withdrawal=publishing.emergency_of(self.object) if in_review else None,
            problems=problems(self.draft, written_only=True) if in_review else [],
            rows=self.rows if in_review else None,
            before=self.before if in_review else None,
            edit_url=self.state.edit_url if self.can_edit else "",
            timeline_url=timeline_url(self.object),
            preview_url=self.preview_url() if in_review else "",
            **kwargs,
        )

    def get_page_subtitle(self):
        return self.state.revision.object_str


class ApproveView(ReviewView):
    """The same review with one button. Asking for the page changes nothing; a stale address says so."""

    template_name = "editorial/reviewing/approve.html"
    page_title = gettext_lazy("Approve and publish")
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        if self.is_stale or not self.in_review:
            return self.get(request, *args, **kwargs)
        return self.decide("approve")

    @property
    def is_stale(self) -> bool:
        """Whether the text in review is not the one that the mail was about."""
        about = approve.is_about(self.state, self.kwargs["seen"])
        return not (about and digest(self.state.revision) == self.state.content_hash)

    def get_context_data(self, **kwargs):
        ended = not self.in_review
        return super().get_context_data(
            is_stale=self.is_stale or (ended and bool(self.newer)),
            newer=self.newer if ended else self.state if self.is_stale else None,
            **kwargs,
        )
