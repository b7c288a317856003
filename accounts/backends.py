"""How a person is found who is signed in: in one query with all that they may do.

Django and Wagtail ask for it in six queries on every screen of the admin. What is read here takes the
place of what they remember on the person, for one request; nothing outlives it.
"""

from functools import cache
from os.path import commonprefix

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permissions import page_permission_policy

from accounts.models import RoleAssignment, User
from core.listed import PAGE, listed, page, row

# What apps want to know of everybody who is signed in: expressions over people by attribute.
read_along: dict[str, Subquery] = {}

ROLE = ("pk", "role", "language", "section", "country")
COLLECTION = ("id", "path", "depth", "numchild", "name")


@cache
def people() -> QuerySet[User]:
    """People with their profile and, as lists, their roles and what their groups allow."""
    me = {"group__user": OuterRef("pk")}

    def right(model, place: str, columns: tuple[str, ...]) -> Subquery:
        columns = [f"{place}__{column}" for column in columns]
        return listed(
            model.objects.filter(**me),
            "group__user",
            *("pk", "group_id", "permission_id", "permission__codename"),
            *columns,
        )

    return User.objects.select_related("wagtail_userprofile").annotate(
        read_roles=listed(RoleAssignment.objects.filter(user=OuterRef("pk")), "user", *ROLE),
        read_rights=listed(
            Permission.objects.filter(**me),
            "group__user",
            *("content_type__app_label", "codename"),
        ),
        read_pages=right(GroupPagePermission, "page", PAGE),
        read_collections=right(GroupCollectionPermission, "collection", COLLECTION),
        read_root=page(Page.objects.filter(depth=1).order_by("path")),
        **read_along,
    )


class AccountBackend(AuthenticationBackend):
    """allauth's, which reads a person with their rights. Rights come from groups alone."""

    def get_user(self, user_id):
        person = people().filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        remember_roles(person)
        remember_rights(person)
        return person

    def _get_user_permissions(self, user_obj):
        """Nobody has a right as a single account: it would be in no table of roles."""
        return Permission.objects.none()


def remember_roles(person: User) -> None:
    """What `prefetch_related("roles")` would leave."""
    held = [
        RoleAssignment(user=person, **dict(zip(ROLE, one, strict=True)))
        for one in person.read_roles or []
    ]
    roles = person.roles.all()
    roles._result_cache = sorted(
        held, key=lambda one: (one.language, one.role, one.section, one.country)
    )
    roles._prefetch_done = True
    person._prefetched_objects_cache = {"roles": roles}


def remember_rights(person: User) -> None:
    """What Django and Wagtail would remember of a person once they have asked for it."""
    root = row(Page, PAGE, person.read_root) if person.read_root else None
    if person.is_superuser:
        person._explorable_root_page_cache = root
        return
    person._user_perm_cache = set()
    person._group_perm_cache = {f"{app}.{code}" for app, code in person.read_rights or []}
    on_pages = rights(GroupPagePermission, "page", Page, PAGE, person.read_pages)
    person._page_permission_cache = on_pages
    person._collection_permission_cache = rights(
        GroupCollectionPermission, "collection", Collection, COLLECTION, person.read_collections
    )
    remember_explorable_root(person, root)


def rights(model, place: str, kind, columns: tuple[str, ...], found: list | None) -> list:
    """Rows of `model`, each with its permission and its place."""
    made = []
    for pk, group, permission, codename, *values in found or []:
        made.append(
            model(
                pk=pk,
                group_id=group,
                permission=row(Permission, ("id", "codename"), [permission, codename]),
                **{place: row(kind, columns, values)},
            )
        )
    return made


def remember_explorable_root(person: User, root: Page | None) -> None:
    """Where a person's tree begins, if that is one of their pages or the root; if not, Wagtail asks."""
    pages = page_permission_policy.instances_with_direct_explore_permission(person)
    # Paths are steps of the same length without a separator.
    common = commonprefix([one.path for one in pages])  # noqa: RUF071
    common = common[: len(common) - len(common) % Page.steplen]
    known = {one.path: one for one in [root, *pages] if one is not None}
    if common in known or not pages:
        person._explorable_root_page_cache = known.get(common)
