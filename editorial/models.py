"""The one review task: two people, and what was reviewed is what goes public."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, Task, TaskState
from wagtail.signals import task_submitted

from accounts.models import Role
from accounts.permissions import languages_of, scopes_of
from editorial import permissions
from editorial.addresses import edit_url
from editorial.fingerprints import digest
from editorial.gate.models import ReviewRule
from editorial.locks import ReviewLock
from editorial.refusals import (
    AlreadyDecided,
    CommentMissing,
    ContentChanged,
    Incomplete,
    NotYours,
    TakenBack,
)
from editorial.reviewing import forms
from editorial.translating.models import EarlierWording  # noqa: F401  (a model of this app)
from editorial.validation import problems


class FourEyesTask(Task):
    """A person in the right role, who had no hand in the text, approves it or returns it."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    @classmethod
    def get_task_state_class(cls):
        return FourEyesTaskState

    @classmethod
    def get_description(cls):
        return gettext(
            "A reviewer of the language decides; for translations an approver who did not translate. "
            "Nobody approves their own change."
        )

    @transaction.atomic
    def start(self, workflow_state, user=None):
        revision_id = workflow_state.content_object.latest_revision_id
        # Read from the database: only then is the content what is stored, and what will be compared.
        revision = Revision.objects.get(pk=revision_id)
        obj = revision.as_object()
        involved = permissions.authors(obj, workflow_state.requested_by_id)
        if user is not None:
            involved.add(user.pk)
        translation = permissions.reviewing_role(obj) == Role.APPROVER
        rule = "" if ReviewRule.objects.needs_review(obj, translation) else "automatic approval"
        state = FourEyesTaskState.objects.create(
            workflow_state=workflow_state,
            revision=revision,
            task=self,
            status=TaskState.STATUS_APPROVED if rule else TaskState.STATUS_IN_PROGRESS,
            finished_at=timezone.now() if rule else None,
            rule=rule,
            content_hash=digest(revision),
            language=permissions.language_of(obj),
            translation=translation,
            **permissions.scope_of(obj),
        )
        state.authors.set(involved)
        task_submitted.send(sender=FourEyesTaskState, instance=state, user=user)
        return state

    def locked_for_user(self, obj, user):
        return True

    def user_can_access_editor(self, obj, user):
        return bool(self.get_actions(obj, user))

    def user_can_lock(self, obj, user):
        return False

    def user_can_unlock(self, obj, user):
        return False

    def get_actions(self, obj, user):
        state = obj.current_workflow_task_state
        if not isinstance(state, FourEyesTaskState) or not permissions.can_decide(user, obj, state):
            return []
        return [
            ("reject", gettext("Return with a comment"), True),
            ("approve", gettext("Approve and publish"), False),
        ]

    def get_form_for_action(self, action):
        return forms.ReturnForm if action == "reject" else forms.ApproveForm

    def on_action(self, task_state, user, action_name, **kwargs):
        """Decides; where the rules refuse, gives the address of the page that says why."""
        try:
            task_state.decide(action_name, user, **kwargs)
        except (AlreadyDecided, CommentMissing, ContentChanged, Incomplete) as refusal:
            query = QueryDict(mutable=True)
            query["refused"] = refusal.code
            return f"{reverse('editorial_review', args=[task_state.pk])}?{query.urlencode()}"
        return None

    def get_task_states_user_can_moderate(self, user, **kwargs):
        return TaskState.objects.filter(
            pk__in=FourEyesTaskState.objects.waiting_for(user).filter(task=self).values("pk")
        )


class FourEyesTaskStateManager(models.Manager):
    def waiting_for(self, user):
        """The reviews that `user` can decide now."""
        if not user.is_active:
            return self.none()
        mine = Q(pk=None)
        for held in scopes_of(user, Role.REVIEWER, Role.APPROVER):
            scope = {"section": held.section, "country": held.country}
            mine |= Q(
                translation=held.role == Role.APPROVER,
                language=held.language,
                **{name: value for name, value in scope.items() if value},
            )
        return (
            self.filter(mine, status=TaskState.STATUS_IN_PROGRESS)
            .exclude(workflow_state__requested_by=user)
            .exclude(authors=user)
        )


class FourEyesTaskState(TaskState):
    """One review: of which content, in which language, and by whom it was written."""

    content_hash = models.CharField(max_length=64, editable=False)
    language = models.CharField(max_length=12, editable=False)
    translation = models.BooleanField(default=False, editable=False)
    # As it was submitted: what a role for a section or a country is compared with.
    section = models.CharField(max_length=255, default="", editable=False)
    country = models.CharField(max_length=32, default="", editable=False)
    # By which an operator's setting, not a person, approved it; a key of `publishing.RULES`.
    rule = models.CharField(max_length=50, blank=True, editable=False)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)

    objects = FourEyesTaskStateManager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def approve(self, user=None, update=True, comment="", seen=""):
        """Approves what was submitted and publishes it; raises a `ReviewRefused` otherwise."""
        with transaction.atomic():
            self.claim(user)
            if seen not in ("", self.content_hash):
                raise ContentChanged
            if self.workflow_state.content_object.latest_revision_id != self.revision_id:
                raise ContentChanged
            self.check_content()
            return super().approve(user=user, update=update, comment=comment)

    def reject(self, user=None, update=True, comment=""):
        """Returns the text with a comment; raises a `ReviewRefused` otherwise."""
        with transaction.atomic():
            self.claim(user)
            if not comment.strip():
                raise CommentMissing
            return super().reject(user=user, update=update, comment=comment.strip())

    def decide(self, action: str, user, comment: str = "", seen: str = "") -> None:
        """Approves or returns. Where the content has changed, the review begins again with it.

        `seen` is the fingerprint of what the person was shown; without it, of what was submitted.
        """
        try:
            if action == "approve":
                self.approve(user=user, comment=comment, seen=seen)
            else:
                self.reject(user=user, comment=comment)
        except ContentChanged:
            with transaction.atomic():
                self.refresh_from_db()
                if self.status == self.STATUS_IN_PROGRESS:
                    # The second decider may have been nobody's author: resumed in the submitter's name.
                    self.cancel(user=self.workflow_state.requested_by, resume=True)
            raise

    def claim(self, user) -> None:
        """Holds the row for this decision, and refuses whoever may not decide or comes late."""
        stored = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.status = stored.status
        self.workflow_state.refresh_from_db()
        if self.status == self.STATUS_CANCELLED:
            raise TakenBack
        if self.status != self.STATUS_IN_PROGRESS:
            raise AlreadyDecided
        if not permissions.can_decide(user, self.workflow_state.content_object, self):
            raise NotYours

    def check_content(self) -> None:
        """Raises unless the revision is what was submitted and has all that a public text must have."""
        revision = Revision.objects.get(pk=self.revision_id)
        if digest(revision) != self.content_hash:
            raise ContentChanged
        found = problems(revision.as_object())
        if found:
            raise Incomplete(problems=found)

    def everyone_involved(self, obj) -> set[int]:
        """The ids of the authors, when it was submitted and as far as the records tell now."""
        recorded = type(self).authors.through.objects.filter(foureyestaskstate=self)
        return permissions.authors(
            obj, self.workflow_state.requested_by_id, recorded.values_list("user")
        )

    @property
    def role(self) -> Role:
        """Who decides about it."""
        return Role.APPROVER if self.translation else Role.REVIEWER

    @property
    def model(self) -> type | None:
        """The model of the text."""
        kind = ContentType.objects.get_for_id(self.workflow_state.content_type_id)
        return kind.model_class()

    @property
    def is_page(self) -> bool:
        return self.model is not None and issubclass(self.model, Page)

    @property
    def edit_url(self) -> str:
        """Where the text is edited."""
        return edit_url(self.model, self.workflow_state.object_id)


class MistakeReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The reports about languages in which `user` edits or reviews; operators see all."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        languages = {*languages_of(user, Role.EDITOR), *languages_of(user, Role.REVIEWER)}
        return self.filter(page_language__in=languages)


class MistakeReport(models.Model):
    """What a visitor says is wrong on a page."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")

    submission = models.UUIDField(unique=True, editable=False)
    page_key = models.UUIDField(editable=False)
    page_language = models.CharField(_("language of the page"), max_length=12, editable=False)
    page_title = models.CharField(_("page"), max_length=255, editable=False)
    page_path = models.TextField(_("address"), editable=False)
    interface_language = models.CharField(_("language of the menus"), max_length=12, editable=False)
    text = models.TextField(_("what is wrong"), editable=False)
    email = models.EmailField(_("e-mail for questions"), blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    done_at = models.DateTimeField(_("done on"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("done by"),
    )

    objects = MistakeReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")
        ordering = ["-state", "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", done_at=None)
                | Q(state="done", done_at__isnull=False, email=""),
                name="done_reports_keep_no_email",
            )
        ]

    def __str__(self) -> str:
        return self.page_title


# The models of the packages, so that Django finds them.
from editorial.notices.models import Notice  # noqa: E402, F401
from editorial.reviewing.models import SnippetComment  # noqa: E402, F401
from editorial.sending.models import LanguageWork  # noqa: E402, F401
from editorial.work.models import Assignment  # noqa: E402, F401
