"""Roles are assigned here; Wagtail's groups and their permissions follow from them. So are
invitations, and what holds between an account and its e-mail address."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core import signing
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.users.models import UserProfile

from accounts.models import INVITATION_LASTS, Invitation, Role, RoleAssignment, User
from core import outbox

# Sent in the transaction of an acceptance with `invitation` and `user`; an app that finds its own
# `purpose` in it, such as "organisation:12:editor", does its part.
invitation_accepted = Signal()
INVITATION_SALT = "accounts.invitation"

GROUP_NAMES = {
    Role.EDITOR: "Editors",
    Role.REVIEWER: "Reviewers",
    Role.TRANSLATOR: "Translators",
    Role.APPROVER: "Approvers",
    Role.MODERATOR: "Moderators",
}
# Nobody gets `publish_page`: the finished review publishes.
PAGE_PERMISSIONS = {
    Role.EDITOR: ["add_page", "change_page"],
    Role.REVIEWER: [],
    Role.TRANSLATOR: ["add_page", "change_page"],
    Role.APPROVER: [],
    Role.MODERATOR: [],
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
    Role.MODERATOR: [],
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
    if role == Role.MODERATOR:
        codenames.append("view_needdetails")
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
    """Gives a person a role for a language, for everything in it; safe to repeat."""
    return RoleAssignment.objects.get_or_create(
        user=user, role=role, language=language, section="", country=""
    )[0]


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


class NotOpen(Exception):
    """The invitation was accepted or withdrawn, or its time is over."""


class AddressTaken(Exception):
    """Somebody else's account has the address."""


# ---- E-mail addresses ---------------------------------------------------------------------


@transaction.atomic
def vouch_for_address(user: User) -> None:
    """Makes the account's address its only one, confirmed: somebody with the right has set it."""
    others = EmailAddress.objects.filter(user=user).exclude(email=user.email)
    others.delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def trust_mailbox(user: User) -> None:
    """Forgets the password of an account whose address nobody had confirmed.

    Who reads the mailbox may be another person than the one who has typed the address and chosen
    the password.
    """
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        user.set_unusable_password()
        user.save(update_fields=["password"])


@transaction.atomic
def forget_unconfirmed(email: str, but: User) -> None:
    """Deletes another account that has this address and was never confirmed nor used."""
    User.objects.filter(email__iexact=email, last_login=None, is_staff=False).exclude(
        pk=but.pk
    ).exclude(emailaddress__verified=True).delete()


def set_language(user: User, language: str) -> None:
    """Sets the language of a person's menus and mails."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save(update_fields=["preferred_language"])


@transaction.atomic
def change_profile(
    user: User, *, first_name: str, last_name: str, language: str, reading_languages: list[str]
) -> User:
    """Saves names, the language of menus and mails, and the languages one reads, best first."""
    set_language(user, language)
    user.first_name, user.last_name = first_name, last_name
    user.reading_languages = reading_languages
    user.save(update_fields=["first_name", "last_name", "reading_languages"])
    return user


@transaction.atomic
def open_account(email: str, language: str, password: str | None = None, **names: str) -> User:
    """A new account for somebody who has shown that they read the mailbox; raises `AddressTaken`."""
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken
    user = User.objects.create_user(email, password, **names)
    set_language(user, language)
    return user


# ---- Invitations --------------------------------------------------------------------------


@transaction.atomic
def invite(
    email: str, language: str, by: User | None, next_path: str = "", purpose: str = ""
) -> Invitation:
    """Invites somebody by e-mail for 14 days. An open invitation for the same purpose is renewed
    and sent again. Whether `by` may do so is the caller's question.

    Raises `ValueError` for a language that is not one of the interface languages.
    """
    if language not in settings.INTERFACE_LANGUAGES:
        raise ValueError(language)
    invitation, _created = Invitation.objects.unanswered().update_or_create(
        email=email.strip().lower(),
        purpose=purpose,
        defaults={
            "language": language,
            "invited_by": by,
            "next_path": next_path,
            "expires_at": timezone.now() + INVITATION_LASTS,
        },
    )
    outbox.post("accounts.invitation", invitation_id=invitation.pk)
    return invitation


def invitation_token(invitation: Invitation) -> str:
    """What stands in the link: the number of the invitation, signed."""
    return signing.dumps(invitation.pk, salt=INVITATION_SALT)


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state; none for a token that is not ours."""
    try:
        pk = signing.loads(token, salt=INVITATION_SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("invited_by").filter(pk=pk).first()


@transaction.atomic
def accept(
    invitation: Invitation,
    user: User | None = None,
    first_name: str = "",
    last_name: str = "",
    password: str | None = None,
) -> User:
    """Accepts an invitation for `user`, who has its address, or for a new account; returns whose.

    Raises `NotOpen` where it was answered or is too old, and `AddressTaken` where there is an
    account with the address and `user` is not its owner.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != Invitation.State.PENDING:
        raise NotOpen
    owner = User.objects.filter(email__iexact=invitation.email).first()
    if owner != user:
        raise AddressTaken
    if user is None:
        user = open_account(
            invitation.email,
            invitation.language,
            password=password or None,
            first_name=first_name,
            last_name=last_name,
        )
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    invitation_accepted.send(Invitation, invitation=invitation, user=user)
    return user


@transaction.atomic
def withdraw(invitation: Invitation) -> None:
    """Takes an invitation back; raises `NotOpen` where it was answered."""
    if (
        not Invitation.objects.unanswered()
        .filter(pk=invitation.pk)
        .update(withdrawn_at=timezone.now())
    ):
        raise NotOpen
