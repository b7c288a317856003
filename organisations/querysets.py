"""How records of organisations are read."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.querysets import ItemQuerySet


class OrganisationQuerySet(QuerySet):
    """Records; those merged into another one are kept, but nobody works on them."""

    def current(self):
        return self.filter(merged_into=None)

    def visible_to(self, user):
        """Those whose record and members a person may see: their own, all of them for a desk."""
        if user is None or not user.is_active or user.pk is None:
            return self.none()
        if user.has_perm("organisations.view_organisation"):
            return self.current()
        return self.current().filter(pk__in=user.memberships.values("organisation"))

    def editable_by(self, user):
        """Those whose record a person may change on the public site: as owner or editor."""
        return self._as(user, "owner", "editor")

    def owned_by(self, user):
        """Those whose members a person may choose: an owner, or a desk where there is no owner."""
        own = self._as(user, "owner")
        if user is None or not user.has_perm("organisations.change_organisation"):
            return own
        orphans = self.current().exclude(memberships__role="owner")
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=orphans.values("pk")))

    def _as(self, user, *roles: str):
        if user is None or not user.is_active or user.pk is None:
            return self.none()
        held = user.memberships.filter(role__in=roles)
        return self.current().filter(pk__in=held.values("organisation"))

    def with_verification(self):
        """Annotated with `is_verified`."""
        verifications = self.model._meta.get_field("verifications").related_model
        found = verifications.objects.current().filter(organisation=OuterRef("pk"))
        return self.annotate(is_verified=Exists(found))


class VerificationQuerySet(QuerySet):
    """Verifications by desks."""

    def current(self):
        """Those that hold today."""
        today = timezone.localdate()
        return self.filter(withdrawn_on=None).filter(
            Q(valid_until=None) | Q(valid_until__gte=today)
        )


class OrganisationPageQuerySet(ItemQuerySet):
    """Profiles as the public sees them."""

    def published(self):
        return self.live().filter(organisation__merged_into=None).select_related("organisation")

    def readable_in(self, languages: list[str]):
        """With the record: every line of a list shows something of it."""
        return super().readable_in(languages).select_related("organisation")
