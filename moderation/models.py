"""What was reported, who decided what about it and why, and who appealed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.querysets import CaseQuerySet

PERSON = {
    "to": settings.AUTH_USER_MODEL,
    "on_delete": models.SET_NULL,
    "null": True,
    "blank": True,
    "related_name": "+",
}


class Reason(models.TextChoices):
    """Why somebody reports a thing."""

    ILLEGAL = "illegal", _("It is against the law in another way")
    MISLEADING = "misleading", _("It is misleading or a fraud")
    PERSONAL = "personal", _("It tells personal data")
    HATE = "hate", _("It is hateful, or it harasses or threatens somebody")
    DISCRIMINATION = "discrimination", _("It discriminates against people")
    MINORS = "minors", _("It endangers minors, or shows sexual abuse of minors")
    COPYRIGHT = "copyright", _("It uses somebody's work without permission")
    OTHER = "other", _("Something else")


class Action(models.TextChoices):
    """What a moderator decides."""

    NONE = "none", _("No action: it stays as it is")
    CHANGE = "change", _("It stays, and its author is asked to change it")
    TAKE_DOWN = "take_down", _("It is taken off the portal")
    WARN = "warn", _("It is taken off the portal, and its author is warned")


TAKES_DOWN = (Action.TAKE_DOWN, Action.WARN)


class Ground(models.TextChoices):
    """On what a decision rests."""

    LAW = "law", _("It is against the law")
    TERMS = "terms", _("It is against the rules of the portal")


class Case(models.Model):
    """A thing that was reported: all notices about it until somebody decides, and what was decided."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("reported content", "New")
        APPEALED = "appealed", pgettext_lazy("reported content", "Appealed")
        DECIDED = "decided", pgettext_lazy("reported content", "Decided")
        CLOSED = "closed", _("Decided after an appeal")

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(max_length=100)
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    url = models.TextField(_("address"))
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="reported", blank=True)
    involved = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    organisations = models.ManyToManyField(
        "organisations.Organisation", related_name="+", blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    is_down = models.BooleanField(_("taken off the portal"), default=False)
    created_at = models.DateTimeField(_("first notice"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported content")
        verbose_name_plural = _("reported content")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state", "language"], name="case_state_language")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state="open"), name="one_open_case_per_thing"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "appealed", "decided", "closed"]),
                name="case_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | Q(~Q(state="open"), decided_at__isnull=False),
                name="case_decided_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """What people call it in letters."""
        return f"{self.created_at.year}-{self.pk}"


class Notice(models.Model):
    """What somebody says is wrong with a thing."""

    submission = models.UUIDField(unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    text = models.TextField(_("explanation"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    user = models.ForeignKey(**PERSON, verbose_name=_("person"))
    language = models.CharField(_("language of the menus"), max_length=12)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("reported content", "notice")
        verbose_name_plural = pgettext_lazy("reported content", "notices")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | Q(reason="minors") | Q(forgotten_at__isnull=False),
                name="notice_says_whose_it_is",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.created_at.year}-{self.case_id}-{self.pk}"


class Decision(models.Model):
    """What one person decided about a case, and why: the statement of reasons.

    `first_by` is, of a decision about an appeal, who decided before: another person.
    """

    class Stage(models.IntegerChoices):
        FIRST = 1, _("First decision")
        APPEAL = 2, _("Decision about the appeal")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    stage = models.PositiveSmallIntegerField(_("step"), choices=Stage)
    token = models.UUIDField(unique=True, editable=False)
    by = models.ForeignKey(**PERSON, verbose_name=_("decided by"))
    first_by = models.ForeignKey(**PERSON)
    action = models.CharField(_("decision"), max_length=10, choices=Action)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground, blank=True)
    rule = models.CharField(_("which law or rule"), max_length=300, blank=True)
    facts = models.TextField(_("facts and reasons"))
    language = models.CharField(_("language of your words"), max_length=12)
    made_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["case", "stage"]
        constraints = [
            models.UniqueConstraint(fields=["case", "stage"], name="one_decision_per_step"),
            models.CheckConstraint(
                condition=Q(by=None) | Q(first_by=None) | ~Q(by=F("first_by")),
                name="appeal_decided_by_another_person",
            ),
            models.CheckConstraint(condition=~Q(facts=""), name="decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(action="none") | ~Q(Q(ground="") | Q(rule="")),
                name="decision_names_its_ground",
            ),
        ]

    def __str__(self) -> str:
        return self.get_action_display()


class Appeal(models.Model):
    """An author, or whoever reported it, asks for another decision; `notice` says which of them."""

    submission = models.UUIDField(unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appeals")
    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="appeals"
    )
    user = models.ForeignKey(**PERSON)
    text = models.TextField(_("why the decision is wrong"))
    language = models.CharField(_("language of the menus"), max_length=12)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(notice__isnull=False), name="one_appeal_per_notice"
            ),
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(notice=None, user__isnull=False),
                name="one_appeal_per_author",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50]

    @property
    def is_author(self) -> bool:
        return self.notice_id is None


class CaseEvent(models.Model):
    """A line of the audit: what happened to a case, who did it, and when. Never changed."""

    class What(models.TextChoices):
        NOTICE = "notice", _("A notice came in")
        DECIDED = "decided", _("A moderator decided")
        TAKEN_DOWN = "taken_down", _("It was taken off the portal")
        APPEALED = "appealed", _("Somebody appealed")
        APPEAL_DECIDED = "appeal_decided", _("Another moderator decided about the appeal")
        RESTORED = "restored", _("It was put back on the portal")
        MAILED = "mailed", _("A mail was sent")
        FORGOTTEN = "forgotten", _("Names and addresses of those who reported it were deleted")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=20, choices=What)
    actor = models.ForeignKey(**PERSON)
    about = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of a case")
        verbose_name_plural = _("events of cases")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_what_display()
