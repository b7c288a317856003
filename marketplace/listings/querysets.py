"""How services and needs are read, by the public and by those whose they are."""

from django.db.models import Q
from django.utils import timezone

from core.querysets import ItemQuerySet
from organisations.models import Organisation


def own(user, *paths: str) -> Q:
    """What belongs, by one of these paths, to an organisation that a person writes for.

    An organisation that was merged counts as the one that was kept.
    """
    editable = Organisation.objects.editable_by(user).values("pk")
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{path}__in": editable}) | Q(**{f"{path}__merged_into__in": editable})
    return found


class ListingQuerySet(ItemQuerySet):
    """Pages of organisations, of which everyone reads the public ones."""

    owners: tuple[str, ...] = ("organisation",)

    def published(self):
        return self.live()

    def told_by(self, user):
        """What is a person's: of an organisation whose owner or editor they are."""
        return self.filter(own(user, *self.owners))

    def written_by(self, user):
        """What a person writes: no translations, which belong to their translators."""
        return self.told_by(user).sources()

    def visible_to(self, user):
        """What a person may read: whatever is public, and all that is theirs."""
        return self.filter(Q(live=True) | own(user, *self.owners))

    def readable_in(self, languages: list[str]):
        """With the organisation: every line of a list shows something of it."""
        return super().readable_in(languages).select_related("organisation__merged_into")


class ServiceQuerySet(ListingQuerySet):
    """Services that learners carry out."""


class NeedQuerySet(ListingQuerySet):
    """Tasks for which somebody is looked for."""

    owners = ("organisation", "entered_by_desk")

    def open(self):
        """Those that can be answered today."""
        today = timezone.localdate()
        return self.filter(closed_on=None, deadline__gte=today)

    def closed(self):
        """Those that were answered, taken back, or whose last day is over."""
        return self.exclude(closed_on=None, deadline__gte=timezone.localdate())
