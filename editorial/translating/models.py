"""What a part of a translation said before: kept whoever or whatever replaces it."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringTranslation, TranslationLog

WHILE_TYPING = datetime.timedelta(minutes=10)


class EarlierWording(models.Model):
    """A translation of a string that was replaced or removed; what it says now stands in wagtail-localize."""

    translation_of = models.ForeignKey(
        "wagtail_localize.String", on_delete=models.CASCADE, related_name="+"
    )
    context = models.ForeignKey(
        "wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    data = models.TextField(_("text"))
    machine = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier translation of a part")
        verbose_name_plural = _("earlier translations of parts")
        indexes = [models.Index(fields=["context", "locale"])]

    def __str__(self) -> str:
        return self.data[:80]


@receiver(pre_save, sender=StringTranslation, dispatch_uid="editorial_keep_replaced_wording")
def keep_replaced(instance, update_fields=None, raw=False, **kwargs):
    """Keeps what a save is about to replace. A first translation costs no query."""
    if raw or instance._state.adding or (update_fields and "data" not in update_fields):
        return
    stored = StringTranslation.objects.filter(pk=instance.pk).select_related("context").first()
    if stored and stored.data != instance.data and not goes_on(stored, instance):
        keep(stored)


def goes_on(stored: StringTranslation, instance: StringTranslation) -> bool:
    """Whether a person goes on with their own words of a moment ago, which were never submitted.

    The editor saves at each pause of the fingers: those are no wordings that anybody looks for.
    """
    by = ("last_translated_by_id", "translation_type", "tool_name")
    if any(getattr(stored, name) != getattr(instance, name) for name in by):
        return False
    if stored.last_translated_by_id is None or stored.updated_at < timezone.now() - WHILE_TYPING:
        return False
    submitted = TranslationLog.objects.filter(
        source__object_id=stored.context and stored.context.object_id,
        locale_id=stored.locale_id,
        created_at__gte=stored.updated_at,
    )
    return not submitted.exists()


@receiver(pre_delete, sender=StringTranslation, dispatch_uid="editorial_keep_removed_wording")
def keep_removed(instance, origin=None, **kwargs):
    """Keeps what a person removes; what goes with its string, its item or its language goes."""
    if origin is instance:
        keep(instance)


def keep(wording: StringTranslation) -> None:
    if wording.context_id:
        EarlierWording.objects.create(
            translation_of_id=wording.translation_of_id,
            context_id=wording.context_id,
            locale_id=wording.locale_id,
            data=wording.data,
            machine=wording.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
            written_by_id=wording.last_translated_by_id,
            written_at=wording.updated_at,
        )
