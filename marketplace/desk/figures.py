"""Numbers of the marketplace: how soon needs are answered, and deals by state, field and size.

A need counts when it was first public at least seven days and at most a year ago. It is answered when
a provider opens a deal about it. Nothing under five is told, nor what would follow from the others.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Min, OuterRef, Q, Subquery
from django.utils import timezone

import vocabularies
from core import small_numbers
from marketplace.deals.models import Deal
from marketplace.deals.states import Side, State
from marketplace.listings.models import NeedPage, ServicePage
from organisations.models import Organisation

IN_TIME = datetime.timedelta(days=7)
SPAN = datetime.timedelta(days=365)
NO_CODE = ""


@dataclass(frozen=True)
class Area:
    """Where a desk works: the regions of its organisations, or their countries; empty for everywhere."""

    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @classmethod
    def of(cls, user) -> "Area":
        """The area of a person: of the organisations that they belong to."""
        own = Organisation.objects.current().filter(memberships__user=user)
        rows = set(own.values_list("region", "country"))
        return cls(
            tuple(sorted({region for region, _country in rows if region})),
            tuple(sorted({country for region, country in rows if not region})),
        )

    def within(self, path: str) -> Q:
        """The condition that the organisation at a path lies here."""
        if not (self.regions or self.countries):
            return Q()
        return Q(**{f"{path}__region__in": self.regions}) | Q(
            **{f"{path}__country__in": self.countries}
        )

    def name(self, reader: str) -> str:
        """The area in words; "" for everywhere."""
        regions, countries = vocabularies.get("region"), vocabularies.get("country")
        return ", ".join(
            [
                *(regions.label(code, reader) for code in self.regions),
                *(countries.label(code, reader) for code in self.countries),
            ]
        )


EVERYWHERE = Area()


@dataclass(frozen=True)
class Share:
    """How many of a number; None where it is not told. `percent` is rounded to whole ones."""

    total: int | None
    part: int | None
    percent: int | None

    @classmethod
    def of(cls, part: int, total: int) -> "Share":
        """A share as it may be told.

        >>> Share.of(9, 12), Share.of(15, 20)
        (Share(total=12, part=None, percent=None), Share(total=20, part=15, percent=75))
        """
        told = small_numbers.parts([part, total - part])[0]
        whole = small_numbers.told(total)
        if not whole or told is None:
            return cls(whole, None, None)
        return cls(whole, told, round(100 * told / whole))


def answered_in_time(area: Area = EVERYWHERE, now: datetime.datetime | None = None) -> Share:
    """The needs that somebody answered within seven days, of those of a year; one query."""
    now = now or timezone.now()
    rows = first_answers(area).filter(
        published__gte=now - SPAN - IN_TIME, published__lte=now - IN_TIME
    )
    times = list(rows.values_list("published", "answered"))
    in_time = sum(answer is not None and answer - since <= IN_TIME for since, answer in times)
    return Share.of(in_time, len(times))


def first_answers(area: Area):
    """Needs by their key, each with when it was first public and when a provider first answered."""
    answers = (
        Deal.objects.filter(need_key=OuterRef("translation_key"), opened_side=Side.PROVIDER)
        .order_by("created_at")
        .values("created_at")[:1]
    )
    return (
        NeedPage.objects.filter(area.within("organisation"), first_published_at__isnull=False)
        .order_by()
        .values("translation_key")
        .annotate(published=Min("first_published_at"), answered=Subquery(answers))
    )


def unanswered(area: Area, reader: str):
    """Open needs of an area that no provider has answered, the longest waiting first."""
    answered = Deal.objects.filter(opened_side=Side.PROVIDER, need_key__isnull=False)
    return (
        NeedPage.objects.published()
        .open()
        .filter(area.within("organisation"))
        .exclude(translation_key__in=answered.values("need_key"))
        .best_for(reader)
        .select_related("locale", "organisation__merged_into")
        .order_by("first_published_at", "pk")
    )


@dataclass(frozen=True)
class Table:
    """Deals by one thing: `(code, label, number)`, None for what is not told, and their total."""

    name: str
    rows: tuple[tuple[str, str, int | None], ...]
    total: int | None


def deals(area: Area, reader: str) -> dict[str, Table]:
    """Deals with a side in an area: by state, field of education, and size of the client; three queries."""
    found = list(
        Deal.objects.filter(area.within("provider") | area.within("client")).values_list(
            "state", "service_key", "need_key", "client__staff"
        )
    )
    fields = {
        key: code
        for model in (ServicePage, NeedPage)
        for key, code in model.objects.order_by("pk").values_list("translation_key", "field")
    }
    states = Counter(row[0] for row in found)
    by_field = Counter(fields.get(row[1] or row[2]) or NO_CODE for row in found)
    by_size = Counter(
        NO_CODE if row[3] is None else vocabularies.organisation_size(row[3]) for row in found
    )
    return {
        "state": table("state", states, [(one.value, str(one.label)) for one in State]),
        "field": table("field", by_field, vocabularies.get("field").choices(reader)),
        "size": table("size", by_size, vocabularies.get("organisation_size").choices(reader)),
    }


def table(name: str, numbers: Counter, choices) -> Table:
    """The codes that there are, in the order of the vocabulary, those without one last."""
    known = [(code, label) for code, label in choices if numbers[code]]
    if numbers[NO_CODE]:
        known.append((NO_CODE, ""))
    counted = [numbers[code] for code, _label in known]
    told = small_numbers.parts(counted)
    rows = tuple((code, label, number) for (code, label), number in zip(known, told, strict=True))
    return Table(name, rows, small_numbers.total(counted))
