"""What follows when a recommendation becomes public or stops being so."""

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from core import outbox
from guidelines.models import RecommendationPage


@receiver([page_published, page_unpublished], sender=RecommendationPage)
def brief_follows(instance, **kwargs):
    with transaction.atomic():
        outbox.post("guidelines.briefs", keys=[str(instance.translation_key)])
