"""Group membership follows the table of roles, whoever changes it."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.models import RoleAssignment, User
from accounts.services import derive_groups


@receiver([post_save, post_delete], sender=RoleAssignment)
def role_changed(instance, **kwargs):
    if kwargs.get("raw"):
        return
    user = User.objects.filter(pk=instance.user_id).first()
    if user:
        derive_groups(user)
