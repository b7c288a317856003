"""Roles are assigned here; Wagtail's groups and their permissions follow from them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import Role, RoleAssignment, User

GROUP_NAMES = {
    Role.EDITOR: "Editors",
    Role.REVIEWER: "Reviewers",
    Role.TRANSLATOR: "Translators",
    Role.APPROVER: "Approvers",
}
# Nobody gets `publish_page`: the finished review publishes.
PAGE_PERMISSIONS = {
    Role.EDITOR: ["add_page", "change_page"],
    Role.REVIEWER: [],
    Role.TRANSLATOR: ["add_page", "change_page"],
    Role.APPROVER: [],
}
COLLECTION_PERMISSIONS = {
    Role.EDITOR: [
        "add_image",
        "choose_image",
        "add_document",
        "choose_document",
    ],
    Role.REVIEWER: ["choose_image", "choose_document"],
    Role.TRANSLATOR: ["choose_image", "choose_document"],
    Role.APPROVER: [],
}


def group_name(role: Role, language: str) -> str:
    """The name of the group of a role and a language, as in `Editors (fi)`."""
    return f"{GROUP_NAMES[role]} ({language})"


@transaction.atomic
def ensure_group(role: Role, language: str, tree: Page | None) -> Group:
    """The group of a role for a language, with its permissions on that language's tree."""
    group, _created = Group.objects.get_or_create(name=group_name(role, language))
    codenames = ["access_admin"]
    if role == Role.EDITOR:
        codenames += ["change_languagesettings", "add_retiredterm", "delete_retiredterm"]
    if role == Role.TRANSLATOR:
        codenames.append("submit_translation")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    if tree is not None:
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS[role]
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=tree, permission=permission)
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__in=COLLECTION_PERMISSIONS[role],
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
    return group


@transaction.atomic
def assign(user: User, role: Role, language: str) -> RoleAssignment:
    """Gives a person a role for a language; safe to repeat."""
    return RoleAssignment.objects.get_or_create(user=user, role=role, language=language)[0]


@transaction.atomic
def derive_groups(user: User) -> None:
    """Makes a person's membership of role groups equal to their assignments."""
    wanted = {
        group_name(Role(a.role), a.language) for a in RoleAssignment.objects.filter(user=user)
    }
    prefixes = tuple(f"{name} (" for name in GROUP_NAMES.values())
    for group in user.groups.all():
        if group.name.startswith(prefixes) and group.name not in wanted:
            user.groups.remove(group)
    for name in wanted:
        user.groups.add(Group.objects.get_or_create(name=name)[0])
