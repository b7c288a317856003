"""How events are read, and whose registrations a person may see."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.query import PageQuerySet

from accounts.models import Role
from accounts.permissions import languages_of
from core.querysets import ItemQuerySet


class EventIndexQuerySet(PageQuerySet):
    """The lists of events."""

    def of_language(self, language: str):
        """The published list of a language, at its settled address; at most one."""
        return self.live().filter(url_path=f"/{language}/events/")


class RegistrationQuerySet(QuerySet):
    """Registrations of whatever events."""

    def taken(self, key) -> int:
        """How many are registered for the event of a translation key."""
        return self.filter(key=key, state=self.model.State.REGISTERED).count()


class EventQuerySet(ItemQuerySet):
    """Events by time, and by who organises them."""

    def upcoming(self, now: datetime.datetime | None = None):
        """Those that have not ended, the next one first."""
        return self.filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now: datetime.datetime | None = None):
        """Those that have ended, the latest one first."""
        return self.filter(ends_at__lte=now or timezone.now()).order_by("-starts_at", "-pk")

    def organised(self):
        """Each event once, in the language in which it was first written: its organisers'."""
        earlier = self.model.objects.filter(
            translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
        )
        return self.filter(~Exists(earlier))

    def visible_to(self, user):
        """The events whose registrations a person may see: editors of the organisers' language."""
        organised = self.organised()
        if user.is_active and user.is_superuser:
            return organised
        return organised.filter(locale__language_code__in=languages_of(user, Role.EDITOR))
