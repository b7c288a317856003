"""Notices, and how each person wants to hear of them."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notice is about, as its heading says it."""

    REVIEW = "review", _("A text waits for your review")
    APPROVED = "approved", _("Your text is approved")
    RETURNED = "returned", _("A text was returned to you")
    COMMENTED = "commented", _("There is a comment on your text")
    ASSIGNED = "assigned", _("A translation is assigned to you")
    SOURCE = "source", _("The original of your translation has changed")
    DUE = "due", _("A translation is due soon")


class How(models.TextChoices):
    """How a person hears of a kind by mail."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all together")
    NEVER = "never", _("No mail")


# Where nothing was chosen: at once, but for what may come in great numbers.
DEFAULTS = {kind: How.DAILY if kind == Kind.SOURCE else How.AT_ONCE for kind in Kind}
DEFAULT_HOUR = 7


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)

    def waiting_for_a_digest(self):
        """What its receiver hears of once a day, and neither has been sent nor read."""
        return self.filter(how=How.DAILY, mailed_at=None, read_at=None)


class Notice(models.Model):
    """One event, told to one person. The key of the event makes a second telling impossible."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    event = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=12)  # of the work
    title_in = models.CharField(max_length=12)
    more = models.PositiveIntegerField(default=0)  # texts besides the one in the title
    words = models.TextField(blank=True)  # the comment, the reason
    due = models.DateField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    path = models.TextField()
    state = models.ForeignKey(
        "editorial.FourEyesTaskState", on_delete=models.CASCADE, null=True, related_name="notices"
    )
    how = models.CharField(max_length=10, choices=How)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event"], name="one_notice_per_event_and_person"
            )
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(
                fields=["created_at"],
                condition=Q(how=How.DAILY, mailed_at=None, read_at=None),
                name="notices_for_digests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"


class Digest(models.Model):
    """One daily mail to one person, about everything until a moment."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    until = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "until"], name="one_digest_per_person_and_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.until}"


class MailChoice(models.Model):
    """How a person wants to hear of one kind, where that is not the default."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind_of_mail")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} {self.how}"


class DigestHour(models.Model):
    """At which full hour of their own clock a person gets the daily mail."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_hour"
    )
    hour = models.PositiveSmallIntegerField(validators=[MaxValueValidator(23)])

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="digest_hour_is_an_hour")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.hour}"
