"""What was asked for in the background, language by language, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageWork(models.Model):
    """One kind of work on a page for one language; asked for twice, it is the same row."""

    class Kind(models.TextChoices):
        SEND = "send", _("Send for translation")
        MACHINE = "machine", _("Machine drafts")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not done")

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, editable=False)
    language = models.CharField(_("language"), max_length=12, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(_("why not"), blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("work for a language")
        verbose_name_plural = _("work for languages")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "kind", "language"], name="one_work_per_page_kind_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language}): {self.kind}"
