"""What happens when a story goes, whoever deletes it."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from core import outbox
from stories.models import StoryPage
from stories.pictures import SentPicture


@receiver(pre_delete, sender=StoryPage)
def forget_pictures(instance, **kwargs):
    """What its author sent for it goes too, once it is gone, if nothing else shows it."""
    sent = list(SentPicture.objects.filter(story=instance).values_list("image_id", flat=True))
    if sent:
        outbox.post("stories.pictures", image_ids=sent)
