"""Which kinds of text need which review: a setting of the operator."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ReviewRuleManager(models.Manager):
    def complete(self, kinds) -> None:
        """Gives each of these content types its row, so that operators see them all."""
        self.bulk_create([ReviewRule(content_type=kind) for kind in kinds], ignore_conflicts=True)

    def needs_review(self, obj, translation: bool) -> bool:
        """Whether a second person decides about `obj`; everything that has no rule needs one."""
        model = type(obj)
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        rule = self.filter(content_type=kind).first()
        review = rule and (rule.translations if translation else rule.texts)
        return review != ReviewRule.Review.NONE


class ReviewRule(models.Model):
    """What is asked for before a kind of text is public; unless somebody changes it, a second person."""

    class Review(models.TextChoices):
        PERSON = "person", _("A second person approves")
        NONE = "none", _("Public as soon as it is submitted")

    content_type = models.OneToOneField(
        ContentType, on_delete=models.CASCADE, verbose_name=_("kind of text")
    )
    texts = models.CharField(
        _("texts in their own language"), max_length=10, choices=Review, default=Review.PERSON
    )
    translations = models.CharField(
        _("translations"), max_length=10, choices=Review, default=Review.PERSON
    )
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("changed by"),
    )

    objects = ReviewRuleManager()
    history = HistoricalRecords(excluded_fields=["changed_at", "changed_by"])

    class Meta:
        verbose_name = _("reviews of a kind of text")
        verbose_name_plural = _("reviews by kind of text")
        ordering = ["content_type"]

    def __str__(self) -> str:
        model = self.content_type.model_class()
        return capfirst(str(model._meta.verbose_name if model else self.content_type))
