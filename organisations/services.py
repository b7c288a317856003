"""Everything that changes an organisation, its members and its trust, whole or not at all."""

from anyascii import anyascii
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale

from accounts import services as people
from accounts.models import User
from core import generation
from organisations import permissions
from organisations.models import (
    Membership,
    MembershipRole,
    Organisation,
    OrganisationIndexPage,
    OrganisationPage,
    Verification,
)

DESK = "Desk"
DESK_PERMISSIONS = (
    "access_admin",
    "view_organisation",
    "add_organisation",
    "change_organisation",
    "view_verification",
    "add_verification",
    "view_networkmembership",
    "add_networkmembership",
    "change_networkmembership",
    "delete_networkmembership",
    "view_campaign",
    "add_campaign",
    "change_campaign",
)


class Changed(Exception):
    """Somebody else saved the record since it was opened; `current` is what they saved."""

    def __init__(self, current: Organisation):
        super().__init__(current.name)
        self.current = current


class Refused(Exception):
    """The rules say no; the text says why, for the reader."""


@transaction.atomic
def ensure_desk() -> Group:
    """The group of people who verify and merge organisations and invite them; safe to repeat.

    It gets what a later release adds to its permissions, and keeps what people have added.
    """
    group, _created = Group.objects.get_or_create(name=DESK)
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label__in=["organisations", "wagtailadmin"],
            codename__in=DESK_PERMISSIONS,
        )
    )
    return group


@transaction.atomic
def register(organisation: Organisation, user: User | None, sentence: str, language: str):
    """Saves a new record with its first owner, and a draft of its profile for the editors.

    `user` is None where the owner still has to accept an invitation. Raises `ValidationError` for a
    name that was taken meanwhile.
    """
    organisation.full_clean()
    organisation.save()
    if user is not None:
        Membership.objects.create(organisation=organisation, user=user, role=MembershipRole.OWNER)
    draft_profile(organisation, user, sentence, language)
    return organisation


def draft_profile(organisation: Organisation, user, sentence: str, language: str) -> None:
    """A draft page in the member's language, where that language has the section."""
    locale = Locale.objects.filter(language_code=language).first()
    index = OrganisationIndexPage.objects.filter(locale=locale).first() if locale else None
    if index is None:
        return
    page = OrganisationPage(
        title=organisation.name,
        slug=find_available_slug(index, slugify(anyascii(organisation.name)) or "organisation"),
        organisation=organisation,
        sentence=sentence,
        locale=locale,
        owner=user,
        live=False,
    )
    index.add_child(instance=page)
    page.save_revision(user=user, clean=False)


@transaction.atomic
def change(organisation: Organisation, version: int, values: dict) -> Organisation:
    """Writes values into a record that was opened at `version`.

    Raises `Changed` where somebody saved it since then, `ValidationError` for wrong values.
    """
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if current.version != version:
        raise Changed(current)
    for name, value in values.items():
        setattr(current, name, value)
    current.full_clean()
    current.save()
    return current


def hold(organisation: Organisation) -> None:
    """Holds the record for this transaction, so that owners are counted one change at a time."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


@transaction.atomic
def join(organisation: Organisation, user: User, role: str) -> Membership:
    """Makes a person a member; who is one already keeps their role."""
    hold(organisation)
    return Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": MembershipRole(role)}
    )[0]


@transaction.atomic
def invite(organisation: Organisation, email: str, role: str, by: User, language: str) -> None:
    """Invites a person by mail; they are a member once they accept.

    Raises `Refused` for somebody who is a member already.
    """
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise Refused(_("This person is a member already."))
    people.invite(
        email,
        language,
        by,
        next_path=f"/{language}/account/organisations/",
        purpose=f"organisation:{organisation.pk}:{MembershipRole(role)}",
    )


def accepted(user: User, purpose: str) -> Membership | None:
    """Follows an invitation that was accepted; None if it was about something else or is too late."""
    kind, _colon, rest = purpose.partition(":")
    pk, _colon, role = rest.partition(":")
    if kind != "organisation" or not pk.isdigit() or role not in MembershipRole.values:
        return None
    organisation = Organisation.objects.filter(pk=pk).first()
    if organisation is None:
        return None
    return join(organisation.merged_into or organisation, user, role)


@transaction.atomic
def change_role(membership: Membership, role: str) -> Membership:
    """Gives a member another role; raises `Refused` where no owner would be left."""
    hold(membership.organisation)
    membership.refresh_from_db()
    if role != MembershipRole.OWNER:
        refuse_last_owner(membership)
    membership.role = MembershipRole(role)
    membership.save()
    return membership


@transaction.atomic
def leave(membership: Membership) -> None:
    """Ends a membership; raises `Refused` where no owner would be left."""
    hold(membership.organisation)
    refuse_last_owner(membership)
    membership.delete()


def refuse_last_owner(membership: Membership) -> None:
    owners = membership.organisation.memberships.filter(role=MembershipRole.OWNER)
    if membership.role == MembershipRole.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise Refused(_("The last owner cannot go. Make somebody else an owner first."))


@transaction.atomic
def verify(verification: Verification, by: User) -> Verification:
    """Records what a desk has checked; raises `Refused` for the desk's own organisation."""
    if not permissions.may_verify(by, verification.organisation):
        raise Refused(_("You may not verify an organisation that you are a member of."))
    verification.by = by
    verification.full_clean()
    verification.save()
    return verification


@transaction.atomic
def withdraw(verification: Verification, reason: str, by: User) -> Verification:
    """Ends a verification today, with a reason; raises `Refused` where it may not or is done."""
    if not permissions.may_verify(by, verification.organisation):
        raise Refused(_("You may not verify an organisation that you are a member of."))
    held = Verification.objects.select_for_update().get(pk=verification.pk)
    if held.withdrawn_on:
        raise Refused(_("This verification is withdrawn already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    held.withdrawn_on = timezone.localdate()
    held.withdrawal_reason = reason.strip()
    held.save()
    generation.grow()
    return held
