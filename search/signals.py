"""Whatever changes a public item promises to bring its document up to date."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core import generation, outbox
from core.signals import item_changed
from search import documents
from search.models import Promotion, Synonym
from search.tasks import promise


@receiver(page_published)
def published(instance, **kwargs):
    if documents.is_item(instance):
        promise(documents.key(instance))
    if instance.numchild:
        outbox.post("search.tree", page_id=instance.pk)


@receiver(item_changed)
def changed(instance, **kwargs):
    promise(documents.key(instance))


@receiver(page_unpublished)
def unpublished(instance, **kwargs):
    """What is no longer public is not found from this moment on, even if no worker runs.

    Wagtail unpublishes what it deletes; the row goes with its page, an engine elsewhere is told by
    the task.
    """
    if documents.is_item(instance):
        documents.forget(documents.key(instance))
        promise(documents.key(instance))


@receiver(page_slug_changed)
def renamed(instance, **kwargs):
    outbox.post("search.tree", page_id=instance.pk)


@receiver(post_page_move)
def moved(instance, url_path_before, url_path_after, **kwargs):
    if url_path_before != url_path_after:
        outbox.post("search.tree", page_id=instance.pk)


@receiver([post_save, post_delete], sender=Promotion)
@receiver([post_save, post_delete], sender=Synonym)
def curated(**kwargs):
    """What editors set counts from the next search on."""
    generation.grow()
