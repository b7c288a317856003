"""Which role a person holds, asked in one place."""

from accounts.models import Role, RoleAssignment, User


def has_role(user: User, role: Role, language: str) -> bool:
    """Whether an active person holds the role for the language (a code such as `fi`)."""
    return (
        user.is_active
        and user.pk is not None
        and RoleAssignment.objects.filter(user=user, role=role, language=language).exists()
    )


def languages_of(user: User, role: Role) -> list[str]:
    """The languages for which an active person holds the role."""
    if not user.is_active:
        return []
    return list(
        RoleAssignment.objects.filter(user=user, role=role).values_list("language", flat=True)
    )


def holders(role: Role, language: str):
    """The active people who hold the role for the language."""
    return User.objects.filter(
        is_active=True, roles__role=role, roles__language=language
    ).select_related("wagtail_userprofile")


def can_edit(user) -> bool:
    """Whether a person may open the editing screens."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
