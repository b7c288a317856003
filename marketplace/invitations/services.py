"""Asking providers to look at a need: once each, and only a few."""

from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import outbox
from marketplace.invitations.models import ProviderInvitation
from marketplace.models import NeedPage, ServicePage
from organisations.models import Organisation

MOST: Final = 10  # for a need


class Refused(PermissionDenied):
    """What was asked for cannot be; the message says why."""


@transaction.atomic
def invite(need: NeedPage, service: ServicePage, by: User) -> ProviderInvitation:
    """Asks the provider of a service to look at a need, by one mail to each owner and editor.

    Who was asked before is not asked again: the invitation that stands is given back. Raises `Refused`
    for a need that is not public or over, for its own organisation, and beyond ten providers.
    """
    # The rows of the need are held, so that invitations to it are counted one at a time.
    same = NeedPage.objects.filter(translation_key=need.translation_key).order_by("pk")
    held = list(same.select_for_update(of=("self",)))
    if not any(page.live and page.is_open for page in held):
        raise Refused(_("This need is not open."))
    provider = service.record
    if provider.pk == need.record.pk:
        raise Refused(_("This is your own organisation."))
    invited = of(need)
    known = invited.filter(provider=provider).first()
    if known:
        return known
    if invited.count() >= MOST:
        raise Refused(_("You have invited ten providers. That is the most for one need."))
    made = ProviderInvitation.objects.create(
        need_key=need.translation_key,
        service_key=service.translation_key,
        provider=provider,
        invited_by=by,
    )
    for user in writers(provider):
        outbox.post("marketplace.invitation", invitation_id=made.pk, user_id=user.pk)
    return made


def writers(provider: Organisation):
    """The active owners and editors of an organisation."""
    held = {"memberships__organisation": provider, "memberships__role__in": ("owner", "editor")}
    return User.objects.filter(is_active=True, **held).order_by("pk")


def of(need: NeedPage):
    """The invitations to a need."""
    return ProviderInvitation.objects.filter(need_key=need.translation_key)


def invited(need: NeedPage) -> set[int]:
    """The organisations that were asked to look at a need; merged ones count as the one kept."""
    found: set[int] = set()
    for pair in of(need).values_list("provider", "provider__merged_into"):
        found |= {pk for pk in pair if pk}
    return found


def invitation(pk: int, user_id: int) -> tuple[ProviderInvitation, User] | None:
    """An invitation with somebody who still writes for the provider; None where that has changed."""
    found = ProviderInvitation.objects.select_related("provider__merged_into").filter(pk=pk).first()
    if found is None:
        return None
    user = writers(found.provider.merged_into or found.provider).filter(pk=user_id).first()
    return (found, user) if user else None


def need_for(key: UUID, language: str) -> NeedPage | None:
    """The public and open version of a need that is best for a reader."""
    pages = NeedPage.objects.live().open().filter(translation_key=key)
    return pages.best_for(language).select_related("locale").first()
