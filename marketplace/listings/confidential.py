"""The confidential part of a need: in a table of its own, never in a version, an index or a feed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.listings.checking import SCHOOL
from organisations.models import MembershipRole, Organisation


class NeedDetails(models.Model):
    """What only those read of a need who have it and those who may answer it."""

    need_key = models.UUIDField(unique=True)
    text = models.TextField(_("confidential part"), max_length=10_000)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("confidential part of a need")
        verbose_name_plural = _("confidential parts of needs")

    def __str__(self) -> str:
        return str(self.need_key)


def may_read(user, need) -> bool:
    """Whether a person may read the confidential part of a need.

    Members of the organisation that has it or of the desk that entered it may, and moderators; of a
    public need also owners and editors of schools that a desk has verified.
    """
    if user is None or not user.is_active or user.pk is None:
        return False
    if user.has_perm("marketplace.view_needdetails"):
        return True
    theirs = user.memberships.values("organisation")
    of_need = Q(pk=need.organisation_id) | Q(merged=need.organisation_id)
    if need.entered_by_desk_id:
        of_need |= Q(pk=need.entered_by_desk_id) | Q(merged=need.entered_by_desk_id)
    current = Organisation.objects.current()
    if current.filter(of_need, pk__in=theirs).exists():
        return True
    if not need.live:
        return False
    answering = user.memberships.filter(role__in=[MembershipRole.OWNER, MembershipRole.EDITOR])
    providers = current.filter(kind=SCHOOL, pk__in=answering.values("organisation"))
    return providers.with_verification().filter(is_verified=True).exists()


def details_for(user, need) -> NeedDetails | None:
    """The confidential part of a need for a person; None where there is none or none for them."""
    if not may_read(user, need):
        return None
    return NeedDetails.objects.filter(need_key=need.translation_key).first()
