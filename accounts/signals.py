"""Group membership follows the table of roles, and addresses follow accounts, whoever changes them."""

from allauth.account.models import EmailAddress
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.models import RoleAssignment, User
from accounts.services import derive_groups, vouch_for_address


@receiver([post_save, post_delete], sender=RoleAssignment)
def role_changed(instance, **kwargs):
    if kwargs.get("raw"):
        return
    if RoleAssignment.user.is_cached(instance):
        # What this person's instance remembers of its roles is no longer true.
        getattr(instance.user, "_prefetched_objects_cache", {}).pop("roles", None)
    user = User.objects.filter(pk=instance.user_id).first()
    if user:
        derive_groups(user)


@receiver(post_save, sender=User)
def address_set(instance, update_fields=None, **kwargs):
    """An address that was not typed in a sign-up, nor confirmed by mail, was set by an operator."""
    if kwargs.get("raw") or getattr(instance, "has_to_confirm", False):
        return
    if update_fields is not None and "email" not in update_fields:
        return
    if not EmailAddress.objects.filter(user=instance, email=instance.email).exists():
        vouch_for_address(instance)
