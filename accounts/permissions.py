"""Which role a person holds, asked in one place."""

from django.db.models import prefetch_related_objects

from accounts.models import Role, User


def roles_of(user: User) -> list[tuple[str, str]]:
    """The roles of an active person as `(role, language)`, in the order of their languages.

    They are read once for each instance of the person, so once in a request, and again after
    `refresh_from_db()` or a change through the instance.
    """
    if not user.is_active or user.pk is None:
        return []
    prefetch_related_objects([user], "roles")
    return [(one.role, one.language) for one in user.roles.all()]


def has_role(user: User, role: Role, language: str) -> bool:
    """Whether an active person holds the role for the language (a code such as `fi`)."""
    return (role, language) in roles_of(user)


def languages_of(user: User, role: Role) -> list[str]:
    """The languages for which an active person holds the role."""
    return [language for held, language in roles_of(user) if held == role]


def holders(role: Role, language: str):
    """The active people who hold the role for the language."""
    return User.objects.filter(
        is_active=True, roles__role=role, roles__language=language
    ).select_related("wagtail_userprofile")


def can_edit(user) -> bool:
    """Whether a person may open the editing screens."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
