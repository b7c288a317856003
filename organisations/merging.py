"""Merges two records of one organisation: nothing is lost, and the history says what happened."""

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from simple_history.utils import update_change_reason
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from accounts.models import User
from core import generation, review
from core.languages import reading_order
from organisations import permissions
from organisations.models import (
    Membership,
    MembershipRole,
    NetworkMembership,
    Organisation,
    OrganisationPage,
    Recipient,
)
from organisations.services import Refused

LOG_ACTION = "organisations.merge"
# Sent with `keep` and `other` before anything is moved, inside the transaction. Whoever raises `Refused`,
# in words, prevents it.
merging = Signal()
STRONGEST = [MembershipRole.OWNER, MembershipRole.EDITOR, MembershipRole.CONTACT]


@transaction.atomic
def merge(keep: Organisation, other: Organisation, by: User) -> Organisation:
    """Moves members, networks and profiles of `other` to `keep` and marks `other` as merged into it.

    Members keep their stronger role. Verifications stay with the record that was checked. Profiles
    move if `keep` has no public one; otherwise they leave the public site and their addresses lead to
    the profile that stays. Raises `Refused` for a record that was merged before, for one record given
    twice, where `by` belongs to either, and where another part of the portal prevents it (`merging`).
    """
    rows = Organisation.objects.select_for_update().filter(pk__in=[keep.pk, other.pk])
    held = {row.pk: row for row in rows.order_by("pk")}
    keep, other = held[keep.pk], held[other.pk]
    if keep.pk == other.pk:
        raise Refused(_("Choose two different records."))
    if keep.merged_into_id or other.merged_into_id:
        raise Refused(_("One of these records was merged before."))
    if not permissions.can_merge(by, keep, other):
        raise Refused(_("You may not merge an organisation that you are a member of."))
    merging.send(Organisation, keep=keep, other=other)
    moved = {
        "members": move_members(keep, other),
        "networks": move_networks(keep, other),
        "pages": move_pages(keep, other, by),
    }
    Recipient.objects.filter(organisation=other).update(organisation=keep)
    for earlier in other.merged.all():
        earlier.merged_into = keep
        earlier.save()
    other.merged_into = keep
    other.save()
    update_change_reason(other, f"merged into {keep.pk}")
    keep.save()
    update_change_reason(keep, f"took over {other.pk}")
    log(keep, LOG_ACTION, user=by, data={"other": other.pk, "name": other.name, "moved": moved})
    generation.grow()
    return keep


def move_members(keep: Organisation, other: Organisation) -> int:
    number = 0
    for membership in other.memberships.all():
        same = Membership.objects.filter(organisation=keep, user=membership.user).first()
        if same is None:
            membership.organisation = keep
            membership.save()
        else:
            if STRONGEST.index(membership.role) < STRONGEST.index(same.role):
                same.role = membership.role
                same.save()
            membership.delete()
        number += 1
    return number


def move_networks(keep: Organisation, other: Organisation) -> int:
    number = 0
    for side in ("network", "member"):
        opposite = {"network": "member", "member": "network"}[side]
        for row in NetworkMembership.objects.filter(**{side: other}):
            far = getattr(row, opposite)
            known = NetworkMembership.objects.filter(**{side: keep, opposite: far})
            if far == keep or known.exists():
                row.delete()  # its history stays
            else:
                setattr(row, side, keep)
                row.save()
            number += 1
    return number


def move_pages(keep: Organisation, other: Organisation, by: User) -> int:
    """Moves profiles to a record that has none; else takes them down and redirects to what stays."""
    pages = list(OrganisationPage.objects.filter(organisation=other).select_related("locale"))
    staying = {
        page.locale.language_code: page
        for page in OrganisationPage.objects.filter(organisation=keep).select_related("locale")
    }
    public = {code: page for code, page in staying.items() if page.live}
    if not staying or (not public and any(page.live for page in pages)):
        drafts = [page.pk for page in staying.values()]
        OrganisationPage.objects.filter(organisation=other).update(organisation=keep)
        OrganisationPage.objects.filter(pk__in=drafts).update(organisation=other)
        return len(pages)
    for page in pages:
        state = page.current_workflow_state
        if state:
            state.cancel(user=by)
        if page.live:
            review.withdrawn.send(type(page), page=page, by=by, rule="merged")
        order = reading_order(page.locale.language_code, tuple(public or staying))
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(page.url_path),
            site=None,
            defaults={"redirect_page": staying[order[0]], "is_permanent": True},
        )
    return len(pages)
