"""What goes with a service or a need, whoever deletes it."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.confidential import NeedDetails
from marketplace.listings.models import NeedPage, ServicePage


@receiver(post_delete, sender=NeedPage)
def forget_details(instance, **kwargs):
    """The confidential part goes with the last version of its need."""
    if not NeedPage.objects.filter(translation_key=instance.translation_key).exists():
        NeedDetails.objects.filter(need_key=instance.translation_key).delete()


@receiver(post_delete, sender=ServicePage)
def forget_windows(instance, **kwargs):
    """So do the capacity windows of a service, but for those in which something is agreed."""
    if not ServicePage.objects.filter(translation_key=instance.translation_key).exists():
        CapacityWindow.objects.filter(service_key=instance.translation_key, taken=0).delete()
