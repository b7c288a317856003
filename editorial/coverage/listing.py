"""Which items the board shows: what was asked for, and what is found."""

import datetime
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from core import registry
from editorial.coverage import states
from editorial.coverage.states import State
from organisations.models import Membership, Organisation

DIRECTLY = "-"  # the section of pages directly under home


@dataclass(frozen=True)
class Wanted:
    """What was asked for; empty is everything. `codes` are the languages in which `state` is asked."""

    codes: tuple[str, ...] = ()
    kind: str = ""
    section: str = ""
    organisation: str = ""
    age: str = ""
    state: str = ""
    q: str = ""


@dataclass(frozen=True)
class Found:
    """The ids and translation keys of items, what was published last first.

    `stale` is how many of them are stale by language, where that had to be found out.
    """

    items: list[tuple[int, UUID]]
    stale: Counter | None = None

    @property
    def keys(self) -> list[UUID]:
        return [key for _pk, key in self.items]


def find(wanted: Wanted) -> Found:
    """What was asked for, in two queries at most.

    A state that few versions are in is asked for by itself, because a database that joins them to the
    sources takes longer. Which versions are stale costs most of all, so it is told to the totals too.
    """
    if wanted.state in (State.MISSING, State.PUBLISHED):
        return Found(in_order(states.having(items(wanted), wanted.state, wanted.codes)))
    found = in_order(items(wanted))
    if not wanted.state:
        return Found(found)
    pages = Page.objects.filter(locale__language_code__in=wanted.codes).order_by()
    versions = states.in_state(pages, wanted.state)
    if wanted.state != State.STALE:
        keys = set(versions.values_list("translation_key", flat=True).distinct())
        return Found([one for one in found if one[1] in keys])
    stale = list(versions.values_list("translation_key", "locale__language_code"))
    keys = {key for key, _code in stale}
    found = [one for one in found if one[1] in keys]
    keys = {key for _pk, key in found}
    return Found(found, Counter(code for key, code in stale if key in keys))


def in_order(found: QuerySet[Page]) -> list[tuple[int, UUID]]:
    """The ids and translation keys of items, what was published last first.

    Finding the sources is what costs, so it is done once; everything else is asked by these.
    """
    return list(found.order_by("-last_published_at", "-pk").values_list("pk", "translation_key"))


def items(wanted: Wanted) -> QuerySet[Page]:
    """The source versions that were asked for, in whatever state."""
    found = states.sources()
    if wanted.kind or wanted.section:
        kinds = [item.model for item in registry.items() if is_wanted(item, wanted)]
        found = found.type(*kinds) if kinds else found.none()
    if wanted.organisation:
        found = found.filter(of_organisation(wanted.organisation))
    if wanted.age:
        found = found.filter(aged(wanted.age))
    for word in wanted.q.split():
        found = found.filter(title__icontains=word)
    return found


def is_wanted(item: registry.Item, wanted: Wanted) -> bool:
    section = item.section or DIRECTLY
    return wanted.kind in ("", item.kind) and wanted.section in ("", section)


def of_organisation(number: str) -> Q:
    """What names the organisation, such as its profile and its stories, and what its members wrote.

    What they wrote and what names another organisation is the other's.
    """
    members = Membership.objects.filter(organisation_id=number)
    written = Q(owner__in=members.order_by().values("user"))
    itself = Q(organisation=number) | Q(organisation__merged_into=number)
    named = Q()
    for pages in naming_organisations():
        keys = pages.order_by().values("translation_key")
        named |= Q(translation_key__in=keys.filter(itself))
        written &= ~Q(translation_key__in=keys)
    return named | written


def naming_organisations() -> list[QuerySet]:
    """The pages of every kind that names an organisation."""
    return [
        item.model.objects.exclude(organisation=None)
        for item in registry.items()
        if any(field.name == "organisation" for field in item.model._meta.fields)
    ]


def aged(age: str) -> Q:
    if age == "older":
        return Q(last_published_at__lt=timezone.now() - datetime.timedelta(days=365))
    return Q(last_published_at__gte=timezone.now() - datetime.timedelta(days=int(age)))


def organisations() -> list[tuple[str, str]]:
    """The organisations that some text names or that have members, as choices."""
    named = Q(pk__in=Membership.objects.values("organisation"))
    for pages in naming_organisations():
        named |= Q(pk__in=pages.order_by().values("organisation"))
    rows = Organisation.objects.current().filter(named).order_by("name", "pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
