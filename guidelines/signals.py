"""What follows when a recommendation or a chapter becomes public, moves or stops being so."""

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core import outbox
from guidelines.models import ChapterPage, HandbookPage, RecommendationPage


@receiver([page_published, page_unpublished], sender=RecommendationPage)
def brief_follows(instance, **kwargs):
    with transaction.atomic():
        outbox.post("guidelines.briefs", keys=[str(instance.translation_key)])


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def handbook_follows(sender, **kwargs):
    if sender in (ChapterPage, HandbookPage):
        outbox.post_once("guidelines.handbooks")


@receiver(post_delete, sender=ChapterPage)
def chapter_deleted(**kwargs):
    outbox.post_once("guidelines.handbooks")
