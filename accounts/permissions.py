"""Which role a person holds, asked in one place.

A role may be held for a section or a country only: it counts for texts of these, and where nothing is
said of either, only a role for everything counts.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from accounts.models import Role, RoleAssignment, User


def scopes_of(user: User, *roles: Role) -> list[RoleAssignment]:
    """The roles of these that an active person holds, each with its section and country.

    They are read once for each instance of the person, so once in a request, and again after
    `refresh_from_db()` or a change through the instance.
    """
    if not user.is_active or user.pk is None:
        return []
    prefetch_related_objects([user], "roles")
    return [one for one in user.roles.all() if one.role in roles]


def roles_of(user: User) -> list[tuple[str, str]]:
    """The roles that a person holds for everything, as `(role, language)`, ordered by language."""
    held = scopes_of(user, *Role)
    return [(one.role, one.language) for one in held if not (one.section or one.country)]


def has_role(user: User, role: Role, language: str, section: str = "", country: str = "") -> bool:
    """Whether an active person holds the role for the language (a code such as `fi`)."""
    return any(
        one.language == language and one.section in ("", section) and one.country in ("", country)
        for one in scopes_of(user, role)
    )


def languages_of(user: User, role: Role) -> list[str]:
    """The languages for which an active person holds the role for everything."""
    return [language for held, language in roles_of(user) if held == role]


def within(section: str, country: str) -> Q:
    """The roles that count for a text of a section and a country; "" where it has none."""
    return Q(section__in={"", section}, country__in={"", country})


def holders(role: Role, language: str, section: str = "", country: str = "") -> QuerySet[User]:
    """The active people who hold the role for the language."""
    held = RoleAssignment.objects.filter(within(section, country), user=OuterRef("pk"))
    return User.objects.filter(
        Exists(held.filter(role=role, language=language)), is_active=True
    ).select_related("wagtail_userprofile")


def can_edit(user) -> bool:
    """Whether a person may open the editing screens."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
