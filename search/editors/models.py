"""What editors keep: equal words, recommended results; and what was searched and not found."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.models import Page

from search.text.analysis import fold, words

MOST_WORDS = 10  # of a group
MOST_PARTS = 3  # of a phrase
LONGEST = 80


class Synonym(models.Model):
    """A group of words and phrases of a language that mean the same to who searches."""

    language = models.CharField(_("language"), max_length=12)
    words = models.TextField(
        _("equal words"),
        max_length=1_000,
        help_text=_(
            "One word or phrase on each line, at least two lines. Whoever searches for one of them "
            "finds the others too, in all their forms. A phrase has at most three words, and a group "
            "at best two phrases: of more, some may be left out."
        ),
    )
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Without the tick the search takes no notice of it.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("group of equal words")
        verbose_name_plural = _("groups of equal words")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return " = ".join(self.listed)

    @property
    def listed(self) -> list[str]:
        return self.words.splitlines()

    def clean(self):
        """Writes each word once, on a line of its own."""
        super().clean()
        lines = (" ".join(line.split()) for line in self.words.splitlines())
        once = {folded(line): line for line in reversed([line for line in lines if line])}
        found = list(reversed(once.values()))
        if len(found) < 2:
            raise ValidationError({"words": _("Write at least two different words.")})
        if len(found) > MOST_WORDS:
            raise ValidationError({"words": _("Write at most ten words.")})
        for line in found:
            if not 1 <= len(folded(line)) <= MOST_PARTS or len(line) > LONGEST:
                raise ValidationError(
                    {"words": _("“%(line)s” is no word, or too long.") % {"line": line}}
                )
        self.words = "\n".join(found)


def folded(text: str) -> tuple[str, ...]:
    """The words of a text without case and accents."""
    return tuple(fold(match.group()) for match in words(text))


class Promotion(models.Model):
    """A page that stands first where somebody searches for certain words."""

    language = models.CharField(_("language"), max_length=12)
    question = models.CharField(
        _("words"),
        max_length=LONGEST,
        help_text=_(
            "What readers search for. Order and endings of the words do not count, but no word may "
            "be missing or more."
        ),
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("Readers see it in their language, if it exists in it."),
    )
    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Left empty, it has no end.")
    )
    reason = models.CharField(
        _("reason"),
        max_length=200,
        blank=True,
        help_text=_("For other editors; readers do not see it."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")
        ordering = ["language", "question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "question", "page"],
                name="one_promotion_per_question_and_page",
                violation_error_message=_("This page is recommended for these words already."),
            ),
            models.CheckConstraint(
                condition=models.Q(since=None)
                | models.Q(until=None)
                | models.Q(since__lte=models.F("until")),
                name="a_promotion_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class SearchMiss(models.Model):
    """How often words were searched on a day and not found. Nothing tells who searched."""

    language = models.CharField(max_length=12)
    words = models.CharField(max_length=200)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "words"], name="one_count_per_day_and_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.language})"
