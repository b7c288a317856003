"""Numbers, codes, dates, links and the end of a source reach its public translations by rule.

A translation that a person has locked is left as it is: it is brought up to its source when the lock
is lifted, or else when either is next published. A review or a plan goes on beside it.

Those inside a stream, such as the figures of a result, travel with their block as long as its words
are what the public translation says: a new figure under an old label or unit would be untrue.
"""

import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import Translation

from editorial import publishing, translations
from editorial.translations import words

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
    """Publishes a live translation with the source's numbers, codes and dates; True if any differed.

    Text is untouched, and so are drafts and reviews: they take them when they are next submitted,
    or right after they are approved.
    """
    try:
        target = translation.get_target_instance()
    except ObjectDoesNotExist:
        return False
    if isinstance(target, Page):
        target = Page.objects.select_for_update().get(pk=target.pk).specific
    if not getattr(target, "live", False) or getattr(target, "locked", False):
        return False
    if not copy_fields(translations.renewed(translation, fallback=True), target):
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
    publishing.publish_by_rule(target, publishing.FOLLOWING, revision=revision)
    return True


def copy_fields(renewed, target) -> bool:
    """Copies what is the same in every language; True if some of it was different.

    `renewed` is the translation as its strings and the source would make it now.
    """
    changed = False
    names = ["expire_at"] if hasattr(target, "expire_at") else []
    for declared in get_translatable_fields(type(target)):
        field = declared.get_field(type(target))
        if isinstance(declared, SynchronizedField) and field.concrete and not field.many_to_many:
            names.append(field.attname)
        elif isinstance(field, StreamField):
            streams = field.value_from_object(renewed), field.value_from_object(target)
            changed = copy_blocks(*streams) or changed
    for name in names:
        changed = changed or getattr(target, name) != getattr(renewed, name)
        setattr(target, name, getattr(renewed, name))
    return changed


def copy_blocks(renewed: StreamValue, target: StreamValue) -> bool:
    """Copies the blocks with the same id and the same words; True if one of them was different."""
    blocks = {child.id: child for child in renewed}
    changed = False
    for child in target:
        block = blocks.get(child.id)
        if block and block.value != child.value and words(block) == words(child):
            child.value = block.value
            changed = True
    return changed
