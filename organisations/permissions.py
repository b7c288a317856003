"""Who may do what with organisations, asked in one place."""

from accounts.models import User
from organisations.models import Membership, MembershipRole, Organisation


def role_of(user: User, organisation: Organisation) -> str:
    """The role that a person holds in an organisation; "" for none."""
    if not user.is_active or user.pk is None:
        return ""
    held = Membership.objects.filter(user=user, organisation=organisation)
    return held.values_list("role", flat=True).first() or ""


def can_edit(role: str) -> bool:
    """Whether a role may change the record."""
    return role in (MembershipRole.OWNER, MembershipRole.EDITOR)


def can_merge(user: User, *organisations: Organisation) -> bool:
    """Whether a person of a desk may merge these organisations: none of them is their own."""
    return user.has_perm("organisations.change_organisation") and not any(
        role_of(user, organisation) for organisation in organisations
    )


def can_verify(user: User, organisation: Organisation) -> bool:
    """Whether a person of a desk may verify this organisation: never one of their own."""
    return user.has_perm("organisations.add_verification") and not role_of(user, organisation)
