"""What a translation is, what it still lacks, and when it is stale. Text lives in wagtail-localize."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from wagtail import blocks
from wagtail.blocks import BoundBlock, StreamValue, StructValue
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from core import generation
from editorial.places import field_label
from editorial.translating.models import EarlierWording

# Blocks that say the same in every language: numbers, codes, dates.
FACTS = (
    blocks.BooleanBlock,
    blocks.ChoiceBlock,
    blocks.DateBlock,
    blocks.DateTimeBlock,
    blocks.DecimalBlock,
    blocks.FloatBlock,
    blocks.IntegerBlock,
    blocks.MultipleChoiceBlock,
    blocks.TimeBlock,
)


def record(obj) -> Translation | None:
    """wagtail-localize's record of which `obj` is the target; None for a source version.

    A stopped record counts too: the text was made from another language all the same.
    """
    if not isinstance(obj, TranslatableMixin):
        return None
    if hasattr(obj, "remembered_record"):
        return obj.remembered_record
    return (
        Translation.objects.filter(
            source__object_id=obj.translation_key, target_locale_id=obj.locale_id
        )
        .exclude(source__locale_id=obj.locale_id)
        .select_related("source__locale", "target_locale")
        .order_by("-enabled", "pk")
        .first()
    )


def in_work(pk: int) -> tuple[Translation, TranslatableMixin]:
    """A record that goes on, and its target; 404 where it was stopped or its draft was deleted."""
    records = Translation.objects.select_related("source__locale", "target_locale")
    translation = get_object_or_404(records, pk=pk, enabled=True)
    try:
        return translation, translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def remember_record(obj) -> None:
    """Reads the record of `obj` once, for a request that asks for it many times."""
    obj.remembered_record = record(obj)


def source_of(obj) -> TranslationSource | None:
    """The record of `obj` as the source of translations, if there is one."""
    return TranslationSource.objects.filter(
        object_id=obj.translation_key, locale_id=obj.locale_id
    ).first()


def with_missing(queryset: QuerySet) -> QuerySet:
    """Translation records annotated with `missing`: whether a string has no valid translation."""
    untranslated = StringSegment.objects.filter(source_id=OuterRef("source_id")).exclude(
        Exists(
            StringTranslation.objects.filter(
                translation_of_id=OuterRef("string_id"),
                context_id=OuterRef("context_id"),
                locale_id=OuterRef(OuterRef("target_locale_id")),
                has_error=False,
            )
        )
    )
    return queryset.annotate(missing=Exists(untranslated))


def missing_fields(translation: Translation) -> list[str]:
    """The labels of the fields with strings that nobody has translated, or not since they changed."""
    segments = (
        translation.source.stringsegment_set.annotate_translation(translation.target_locale)
        .filter(translation__isnull=True)
        .select_related("context")
        .order_by("order")
    )
    model = translation.source.specific_content_type.model_class()
    return list(dict.fromkeys(field_label(model, segment.context) for segment in segments))


def changed_sources() -> QuerySet:
    """For rows of pages: the record whose source says something else than the public version was made from.

    The one definition of “stale”. A stopped record counts: readers are told, and somebody has to act.
    """
    return Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale_id=OuterRef("locale_id"),
        source__last_updated_at__gt=OuterRef("live_revision__created_at"),
    ).exclude(source__locale_id=OuterRef("locale_id"))


def is_stale() -> Exists:
    """Whether a page is stale."""
    return Exists(changed_sources())


def changed_original() -> Subquery:
    """For rows of pages: the language of the source of what is stale, or nothing."""
    return Subquery(changed_sources().values("source__locale__language_code")[:1])


def renewed(translation: Translation, fallback: bool = False):
    """The translation as its strings and its source make it now; nothing is stored.

    It ends when its source does, or never: no translator sets a time. A stopped one has its own.
    """
    source = translation.source
    draft = source.get_ephemeral_translated_instance(translation.target_locale, fallback=fallback)
    if translation.enabled and hasattr(draft, "expire_at"):
        draft.expire_at = source.as_instance().expire_at
    return draft


def refresh(source: TranslationSource) -> bool:
    """Takes the published row of the source into wagtail-localize; True if its text has changed.

    `last_updated_at` then says since when translations are stale: it stays where only
    synchronised fields or dates have changed. A source that is not public is left alone, because
    nobody has reviewed its row.
    """
    try:
        instance = source.get_source_instance()
    except ObjectDoesNotExist:
        return False
    if not getattr(instance, "live", True):
        return False
    before = (source.last_updated_at, text_of(source))
    source.update_from_db()
    if text_of(source) != before[1]:
        generation.grow()  # its public translations are stale now, and readers are told
        return True
    TranslationSource.objects.filter(pk=source.pk).update(last_updated_at=before[0])
    source.last_updated_at = before[0]
    return False


def text_of(source: TranslationSource) -> dict:
    """The words of the translatable fields, as the source keeps them.

    The slug is not text: another address of the source makes no translation stale.
    """
    instance = source.as_instance()
    fields = {
        declared.field_name: declared.get_field(type(instance))
        for declared in get_translatable_fields(type(instance))
        if isinstance(declared, TranslatableField) and declared.field_name != "slug"
    }
    return {
        name: (
            [(child.id, words(child)) for child in field.value_from_object(instance)]
            if isinstance(field, StreamField)
            else field.value_to_string(instance)
        )
        for name, field in fields.items()
    }


def words(bound: BoundBlock):
    """The value of a block without what is the same in every language."""
    if isinstance(bound.block, FACTS):
        return None
    if isinstance(bound.value, StreamValue):
        return [(child.id, words(child)) for child in bound.value]
    if isinstance(bound.value, StructValue):
        return {name: words(child) for name, child in bound.value.bound_blocks.items()}
    return bound.block.get_prep_value(bound.value)


def translators(translation: Translation, since: timezone.datetime | None) -> list[QuerySet]:
    """Queries of the ids of those who wrote strings of a translation after `since`.

    What was replaced meanwhile counts too.
    """
    strings = translation.source.stringsegment_set.get_translations(translation.target_locale)
    overrides = translation.source.overridablesegment_set.get_overrides(translation.target_locale)
    replaced = EarlierWording.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    )
    if since:
        strings = strings.filter(updated_at__gt=since)
        overrides = overrides.filter(updated_at__gt=since)
        replaced = replaced.filter(written_at__gt=since)
    return [
        strings.order_by().values_list("last_translated_by"),
        overrides.order_by().values_list("last_translated_by"),
        replaced.order_by().values_list("written_by"),
    ]


def source_texts(translation: Translation) -> dict[str, list[str]]:
    """The texts of the source by the path of the part that they belong to, in the order of the page."""
    segments = translation.source.stringsegment_set.select_related("context", "string")
    found: dict[str, list[str]] = {}
    for segment in segments.order_by("order"):
        found.setdefault(segment.context.path, []).append(segment.string.data)
    return found
