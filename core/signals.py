"""Whatever changes what readers see makes the generation grow."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal, receiver
from wagtail.models import Locale, Page, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from core import generation

# Sent with `instance` when a public page says something else without having been published anew.
item_changed = Signal()


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def page_changed(**kwargs):
    generation.grow()


@receiver([post_save, post_delete], sender=Locale)
@receiver([post_save, post_delete], sender=Site)
def site_changed(**kwargs):
    generation.grow()


@receiver(post_delete)
def page_deleted(sender, **kwargs):
    if issubclass(sender, Page):
        generation.grow()


@receiver([published, unpublished])
def snippet_changed(sender, **kwargs):
    if not issubclass(sender, Page):  # pages say so themselves
        generation.grow()
