"""What readers see changes with the records too; invitations that people accept make members."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.services import invitation_accepted
from core import generation
from core.signals import item_changed
from organisations import services
from organisations.models import NetworkMembership, Organisation, Verification


@receiver([post_save, post_delete], sender=NetworkMembership)
@receiver([post_save, post_delete], sender=Verification)
def trust_changed(**kwargs):
    generation.grow()


@receiver(post_save, sender=Organisation)
def record_changed(instance, **kwargs):
    generation.grow()
    for page in instance.pages.filter(live=True).select_related("locale"):
        item_changed.send(type(page), instance=page)


@receiver(invitation_accepted)
def person_accepted(invitation, user, **kwargs):
    services.accepted(user, invitation.purpose)
