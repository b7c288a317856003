"""Reports of those who tried what a story tells: plain rows, each read by a reviewer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabularies.fields import CodeField


class State(models.TextChoices):
    """Where a report stands."""

    SUBMITTED = "submitted", _("Waits for a reviewer")
    PUBLISHED = "published", _("Public")
    REFUSED = "refused", _("Refused")


# What a report can become from each state; the author can send a refused one again.
MOVES = {
    State.SUBMITTED: {State.PUBLISHED, State.REFUSED},
    State.REFUSED: {State.SUBMITTED},
    State.PUBLISHED: {State.REFUSED},
}


class TriedTooQuerySet(models.QuerySet):
    """Reports as they are read."""

    def published(self):
        return self.filter(state=State.PUBLISHED)

    def written_by(self, user):
        return self.filter(author=user)

    def in_languages(self, codes: list[str]):
        return self.filter(language__in=codes)


class TriedToo(models.Model):
    """One member's report of trying what one story tells, in one language."""

    story_key = models.UUIDField(_("story"), db_index=True, editable=False)
    story_title = models.CharField(_("story"), max_length=255, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="tried_too",
        verbose_name=_("author"),
        editable=False,
    )
    organisation = models.CharField(
        _("your organisation"),
        max_length=150,
        help_text=_("As it calls itself. It is shown; your own name is not."),
    )
    country = CodeField(_("country"), scheme="country")
    context = models.TextField(
        _("your context"),
        max_length=1_000,
        help_text=_("Field, level, size, form: what a reader needs in order to compare."),
    )
    same = models.TextField(_("what was the same"), max_length=1_000)
    different = models.TextField(
        _("what differed"), max_length=1_000, help_text=_("What you changed, and why.")
    )
    result = models.TextField(
        _("what came of it"), max_length=1_000, help_text=_("With a figure if there is one.")
    )
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.SUBMITTED, editable=False
    )
    reason = models.TextField(_("reason"), max_length=1_000, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("sent"), editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
        editable=False,
    )

    objects = TriedTooQuerySet.as_manager()

    class Meta:
        verbose_name = _("report “we tried this too”")
        verbose_name_plural = _("reports “we tried this too”")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "story_key"], name="one_report_per_story"),
            models.CheckConstraint(
                condition=~models.Q(state=State.REFUSED) | ~models.Q(reason=""),
                name="refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.story_title}"


class Reminder(models.Model):
    """When the contact of a story was last asked whether it is still true, and the last answer."""

    story_key = models.UUIDField(unique=True)
    sent_on = models.DateField()
    last_answer = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.story_key} {self.sent_on}"
