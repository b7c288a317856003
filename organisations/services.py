"""Everything that changes an organisation, its members and its trust, whole or not at all."""

import datetime

from anyascii import anyascii
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from accounts import services as people
from accounts.models import Invitation, User
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

MAILS_PER_DAY = 30  # invitations from one person, for whatever organisations
REGISTERED_PER_DAY = 10
IDENTITY = ("name", "kind", "country", "website")  # what makes it another organisation
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
    "mediate",  # in disputes of the marketplace
)


class Changed(Exception):
    """Somebody else saved the record since it was opened; `current` is what they saved."""

    def __init__(self, current: Organisation):
        super().__init__(current.name)
        self.current = current


class Refused(Exception):
    """The rules say no; the text says why, for the reader."""

    message = ""

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.message)


@transaction.atomic
def ensure_desk() -> Group:
    """The group of people who verify and merge organisations and invite them; safe to repeat.

    It gets what a later release adds to its permissions, and keeps what people have added.
    """
    group, _created = Group.objects.get_or_create(name=DESK)
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label__in=["organisations", "wagtailadmin", "marketplace"],
            codename__in=DESK_PERMISSIONS,
        )
    )
    return group


@transaction.atomic
def register(organisation: Organisation, user: User | None, sentence: str, language: str):
    """Saves a new record with its first owner, and a draft of its profile for the editors.

    `user` is None where the owner still has to accept an invitation. Raises `ValidationError` for a
    name that was taken meanwhile, and beyond `REGISTERED_PER_DAY` of one person.
    """
    if user is not None:
        a_day_ago = timezone.now() - datetime.timedelta(days=1)
        own = user.memberships.filter(role=MembershipRole.OWNER, created_at__gt=a_day_ago)
        if own.count() >= REGISTERED_PER_DAY:
            told = _("You have registered many organisations today. Go on tomorrow.")
            raise ValidationError({NON_FIELD_ERRORS: [told]})
    organisation.full_clean()
    organisation.save()
    if user is not None:
        Membership.objects.create(organisation=organisation, user=user, role=MembershipRole.OWNER)
    draft_profile(organisation, user, language, title=organisation.name, sentence=sentence)
    return organisation


def draft_profile(
    organisation: Organisation, user: User | None, language: str, **values
) -> OrganisationPage | None:
    """A draft page with these texts; None where the language has no list of organisations."""
    index = OrganisationIndexPage.objects.live().filter(locale__language_code=language).first()
    if index is None:
        return None
    # Held for the length of the transaction: the page is placed in it.
    Page.objects.select_for_update().get(pk=index.pk)
    index.refresh_from_db()
    page = OrganisationPage(
        slug=find_available_slug(index, slugify(anyascii(values["title"])) or "organisation"),
        organisation=organisation,
        locale_id=index.locale_id,
        owner=user,
        live=False,
        has_unpublished_changes=True,
        **values,
    )
    index.add_child(instance=page)
    page.save_revision(user=user, clean=False, log_action=True)
    return page


@transaction.atomic
def change(organisation: Organisation, version: int, values: dict) -> Organisation:
    """Writes values into a record that was opened at `version`.

    What a desk has checked ends where the organisation becomes another one: by its name, kind,
    country or web page. Raises `Changed` where somebody saved it since then, `ValidationError` for
    wrong values.
    """
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if current.version != version:
        raise Changed(current)
    before = [getattr(current, name) for name in IDENTITY]
    for name, value in values.items():
        setattr(current, name, value)
    current.full_clean()
    current.save()
    if before != [getattr(current, name) for name in IDENTITY]:
        for verification in current.verifications.filter(withdrawn_on=None):
            end(verification, _("Name, kind, country or web page changed after the check."))
    return current


def hold(organisation: Organisation) -> Organisation:
    """Holds the record for this transaction, so that owners are counted one change at a time."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


@transaction.atomic
def join(organisation: Organisation, user: User, role: str) -> Membership:
    """Makes a person a member, of a merged record in the one that was kept; who is one already
    keeps their role."""
    organisation = hold(organisation)
    if organisation.merged_into_id:
        organisation = hold(organisation.merged_into)
    return Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": MembershipRole(role)}
    )[0]


@transaction.atomic
def invite(organisation: Organisation, email: str, role: str, by: User, language: str) -> None:
    """Invites a person by mail; they are a member once they accept.

    Raises `Refused` for somebody who is a member already, and beyond the limits of a day: one mail
    for each address and role, `MAILS_PER_DAY` of one sender who is no desk. What somebody has
    withdrawn counts for their own limit, so that nobody is sent one mail after the other.
    """
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise Refused(_("This person is a member already."))
    purpose = purpose_of(organisation, role)
    today = Invitation.objects.sent_since(timezone.now() - datetime.timedelta(days=1))
    stands = Q(withdrawn_at=None) | Q(invited_by=by)
    if today.filter(stands, email__iexact=email, purpose=purpose).exists():
        raise Refused(_("An invitation went to this address today already. Wait until tomorrow."))
    is_desk = by.has_perm("organisations.change_organisation")
    if not is_desk and today.filter(invited_by=by).count() >= MAILS_PER_DAY:
        raise Refused(_("You have sent many invitations today. Go on tomorrow."))
    send_invitation(organisation, email, role, by, language)


def purpose_of(organisation: Organisation, role: str) -> str:
    return f"organisation:{organisation.pk}:{MembershipRole(role)}"


def send_invitation(
    organisation: Organisation, email: str, role: str, by: User | None, language: str
) -> None:
    """Sends an invitation, whoever it is from and however many went out before."""
    people.invite(
        email,
        language,
        by,
        next_path=f"/{language}/account/organisations/",
        purpose=purpose_of(organisation, role),
    )


def purposes_of(organisation: Organisation) -> dict[str, MembershipRole]:
    """What invitations to an organisation are for, to those merged into it too, with their roles."""
    records = [organisation, *organisation.merged.all()]
    return {purpose_of(record, role): role for record in records for role in MembershipRole}


def invitations_to(organisation: Organisation) -> QuerySet[Invitation]:
    """The invitations to be a member, whatever became of them."""
    return Invitation.objects.filter(purpose__in=purposes_of(organisation))


def open_invitations(organisation: Organisation) -> list[tuple[Invitation, MembershipRole]]:
    """The invitations that nobody has answered, with the role; those that end first come first."""
    roles = purposes_of(organisation)
    found = Invitation.objects.unanswered().filter(purpose__in=roles)
    return [(one, roles[one.purpose]) for one in found.order_by("expires_at", "pk")]


def withdraw_invitation(invitation: Invitation) -> None:
    """Takes an invitation back; raises `Refused` where it was answered."""
    try:
        people.withdraw(invitation)
    except people.NotOpen as error:
        raise Refused(_("This invitation is not open any more.")) from error


@transaction.atomic
def invite_again(organisation: Organisation, invitation: Invitation, by: User) -> None:
    """Sends an open invitation again, in its language, within the limits of `invite`."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("This invitation is not open any more."))
    role = purposes_of(organisation)[invitation.purpose]
    invite(organisation, invitation.email, role, by, invitation.language)
    if invitation.purpose != purpose_of(organisation, role):  # it was to a record that was merged
        people.withdraw(invitation)


def accepted(user: User, purpose: str) -> Membership | None:
    """Follows an invitation that was accepted; None if it was about something else or is too late."""
    kind, _colon, rest = purpose.partition(":")
    pk, _colon, role = rest.partition(":")
    if (
        kind != "organisation"
        or not (pk.isascii() and pk.isdigit())
        or role not in MembershipRole.values
    ):
        return None
    organisation = Organisation.objects.filter(pk=pk).first()
    if organisation is None:
        return None
    return join(organisation, user, role)


@transaction.atomic
def change_role(membership: Membership, role: str) -> Membership:
    """Gives a member another role; raises `Refused` where no owner would be left."""
    membership = held(membership)
    if role != MembershipRole.OWNER:
        refuse_last_owner(membership)
        withdraw_invitations(membership)
    membership.role = MembershipRole(role)
    membership.save()
    return membership


@transaction.atomic
def leave(membership: Membership) -> None:
    """Ends a membership; raises `Refused` where no owner would be left."""
    membership = held(membership)
    refuse_last_owner(membership)
    withdraw_invitations(membership)
    membership.delete()


def held(membership: Membership) -> Membership:
    """The membership as it is stored now, its record held; raises `Refused` where it is over."""
    hold(membership.organisation)
    found = Membership.objects.filter(pk=membership.pk, organisation=membership.organisation_id)
    if (current := found.select_related("organisation").first()) is None:
        raise Refused(_("This person is no longer a member."))
    return current


def withdraw_invitations(membership: Membership) -> None:
    """What somebody has sent as an owner does not outlast it: they may hold the link themselves."""
    if membership.role != MembershipRole.OWNER:
        return
    sent = invitations_to(membership.organisation).filter(invited_by=membership.user)
    sent.unanswered().update(withdrawn_at=timezone.now())


def refuse_last_owner(membership: Membership) -> None:
    owners = membership.organisation.memberships.filter(role=MembershipRole.OWNER)
    if membership.role == MembershipRole.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise Refused(_("The last owner cannot go. Make somebody else an owner first."))


@transaction.atomic
def verify(verification: Verification, by: User) -> Verification:
    """Records what a desk has checked; raises `Refused` for the desk's own organisation."""
    if not permissions.can_verify(by, verification.organisation):
        raise Refused(_("You may not verify an organisation that you are a member of."))
    verification.by = by
    verification.full_clean()
    verification.save()
    return verification


@transaction.atomic
def withdraw(verification: Verification, reason: str, by: User) -> Verification:
    """Ends a verification today, with a reason; raises `Refused` where it may not or is done."""
    if not permissions.can_verify(by, verification.organisation):
        raise Refused(_("You may not verify an organisation that you are a member of."))
    held = Verification.objects.select_for_update().get(pk=verification.pk)
    if held.withdrawn_on:
        raise Refused(_("This verification is withdrawn already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    end(held, reason.strip())
    generation.grow()
    return held


def end(verification: Verification, reason: str) -> None:
    verification.withdrawn_on = timezone.localdate()
    verification.withdrawal_reason = reason
    verification.save()
