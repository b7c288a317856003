"""Numbers, codes, dates and links of a source reach its public translations by rule."""

import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import Translation

from editorial import publishing, translations

# Right after the live revision, so that drafts stay newer than it and a stale text stays stale.
MOMENT = datetime.timedelta(microseconds=1)


def after_publishing(page: Page) -> None:
    """Brings the translations of the item that `page` belongs to up to its source."""
    translation = translations.record(page)
    if translation:
        follow(translation)
        return
    source = translations.source_of(page)
    if source:
        translations.refresh(source)
        for translation in source.translations.select_related("target_locale"):
            follow(translation)


@transaction.atomic
def follow(translation: Translation) -> bool:
    """Publishes a live translation with the source's synchronised fields; True if any differed.

    Text is untouched, and so are drafts and reviews: they take the fields when they are next
    submitted, or right after they are approved.
    """
    try:
        target = translation.get_target_instance()
    except ObjectDoesNotExist:
        return False
    if isinstance(target, Page):
        target = Page.objects.select_for_update().get(pk=target.pk).specific
    if not getattr(target, "live", False) or not copy_fields(
        translation.source.as_instance(), target
    ):
        return False
    live = target.live_revision
    revision = Revision.objects.create(
        content_object=target,
        base_content_type=target.get_base_content_type(),
        user=None,
        created_at=live.created_at + MOMENT if live else target.last_published_at or timezone.now(),
        content=target.serializable_data(),
        object_str=str(target),
    )
    if target.latest_revision_id in (None, target.live_revision_id):
        type(target).objects.filter(pk=target.pk).update(latest_revision=revision)
    publishing.publish_by_rule(target, "synchronised fields", revision=revision)
    return True


def copy_fields(source, target) -> bool:
    """Copies the synchronised fields; True if one of them was different."""
    changed = False
    for declared in get_translatable_fields(type(source)):
        if isinstance(declared, SynchronizedField):
            field = declared.get_field(type(source))
            if field.concrete and not field.many_to_many:
                value = getattr(source, field.attname)
                changed = changed or getattr(target, field.attname) != value
                setattr(target, field.attname, value)
    return changed
