"""When the handbook's PDFs are made: after a change, and each hour what a dead worker left."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core import outbox
from core.periodic import every
from guidelines.models import ChapterPage, HandbookPage
from guidelines.printing import want_handbooks


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def page_changed(sender, **kwargs):
    if sender in (ChapterPage, HandbookPage):
        outbox.post_once("guidelines.handbooks")


@receiver(post_delete, sender=ChapterPage)
def chapter_deleted(**kwargs):
    outbox.post_once("guidelines.handbooks")


@outbox.handler("guidelines.handbooks")
def promise_handbooks() -> None:
    """After the commit of a change, so that what is read for it is kept by the right generation."""
    want_handbooks()


every(hours=1)(want_handbooks)
