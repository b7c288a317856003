"""Reads what matching needs: columns of the open needs and of the services, in two queries at most.

What a database can leave out at little cost it leaves out: other subjects, windows that are over or full.
The rest is decided by `marketplace.matching`, which tells the reasons too.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import Count, DateField, F, Q, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce

from core import registry
from core.languages import language as language_of
from core.languages import reading_order
from core.serving import reading_address
from marketplace.deals.states import Side
from marketplace.matching import Need, Service, Window
from marketplace.matching.conditions import NEAR_IN_MEANING
from marketplace.matching.ranking import MOST_WEEKS
from marketplace.matching.values import MATERIALS_ONLY, NO_BUDGET
from marketplace.models import CapacityWindow, NeedPage, Review, ServicePage
from organisations.models import Verification
from vocabularies import towns

MANY = 2_000  # services, from which on it costs less to read all windows than to look for theirs
BUDGETS = {
    "none": NO_BUDGET,
    "materials": MATERIALS_ONLY,
    "to_500": 500,
    "to_2000": 2_000,
    "to_10000": 10_000,
    "over_10000": None,
    "open": None,
}
# What is read, by the name under which matching knows it, then what a line of a list shows.
COLUMNS = {
    "key": "key_said",
    "organisation": "record_pk",
    "town": "organisation__place",
    "country": "organisation__country",
    "region": "organisation__region",
    "changed": "published_said",
    **{name: name for name in ("category", "field", "radius", "hours")},
    "languages": "languages_said",
    "ways": "place_said",
}
SERVICE = COLUMNS | {
    "team": "team_largest",
    **{name: name for name in ("lead_time", "price_model", "price")},
}
NEED = COLUMNS | {
    "kind": "need_kind",
    "most": "budget",
    **{name: name for name in ("starts", "deadline")},
}
PUBLISHED = list(COLUMNS).index("changed")
LINE = ("organisation__name", "locale__language_code", "url_path", "demonstration", "title")
TEXTS = 3  # of a line, counted from its end
SERVICE_LINE = (*LINE, "result", "skills")
NEED_LINE = (*LINE, "outcome", "requirements")


@dataclass(slots=True)
class Lines:
    """What was read: what matching takes, but for the texts, and the rows of all versions, by the key.

    Of thousands that are read a handful is shown: everything else is drawn from the rows for those.
    """

    columns: dict[str, str]
    items: dict[str, Need | Service] = field(default_factory=dict)
    rows: dict[str, tuple] = field(default_factory=dict)
    others: dict[str, list[tuple]] = field(default_factory=dict)

    def add_version(self, key: str, row: tuple) -> None:
        """A version in another language; it may have been public before the first one."""
        self.others.setdefault(key, []).append(row)
        if (changed := said_moment(row[PUBLISHED])) < self.items[key].changed:
            self.items[key] = replace(self.items[key], changed=changed)

    def versions(self, key: str) -> list[tuple]:
        return [self.rows[key], *self.others.get(key, ())]

    def whole(self, one: Need | Service) -> Need | Service:
        """An item with the texts of all its languages."""
        texts = (" ".join(row[-TEXTS:]) for row in self.versions(one.key))
        return replace(one, text=" ".join(without_tags(text) for text in texts))

    def row(self, key: str, kind: str, reader: str) -> dict:
        """An item as `core.items.row` gives it, with `whose` it is."""
        order = reading_order(reader, tuple(settings.CONTENT_LANGUAGES))
        ranks = {code: rank for rank, code in enumerate(order)}
        lines = [row[len(self.columns) :] for row in self.versions(key)]
        best = min(lines, key=lambda line: ranks.get(line[1], len(ranks)))
        name, code, url, demonstration, title, sentence, _text = best
        content, item = language_of(code), registry.item(kind)
        known = codes_of(dict(zip(self.columns, self.rows[key], strict=False)))
        return {
            "key": key,
            "title": title,
            "result": sentence,
            "url": reading_address(url, reader),
            "lang": content.code,
            "dir": content.dir,
            "language_name": "" if content.code == reader else content.name,
            "languages": [],
            "facts": item.facts(known, reader),
            "mark": item.mark(known),
            "demonstration": demonstration,
            "whose": name,
            "whose_pk": self.items[key].organisation,
        }


def codes_of(values: dict) -> dict[str, list[str]]:
    """The codes from which the facts and the mark of a line are drawn."""
    said = {
        "service_category": values["category"],
        "country": values["country"],
        "field": values["field"],
        "price_model": values.get("price_model"),
        "price": str(values.get("price") or ""),
        "need_kind": values.get("kind"),
        "budget_band": values.get("most"),
        "deadline": values["deadline"].isoformat() if "deadline" in values else "",
    }
    found = {name: [code] for name, code in said.items() if code}
    return found | {
        "service_place": list(codes(values["ways"])),
        "language": list(codes(values["languages"])),
    }


# --- From pages and columns to values ---


def need_of(page: NeedPage) -> Need:
    """A need as matching takes it, from its page in one language."""
    record = page.record
    return Need(
        key=str(page.translation_key),
        organisation=record.pk,
        kind=page.need_kind,
        category=page.category,
        field=page.field,
        languages=tuple(page.languages or ()),
        ways=tuple(page.place or ()),
        starts=page.starts,
        deadline=page.deadline,
        hours=page.hours,
        most=BUDGETS.get(page.budget),
        at=place(record.place, record.country),
        region=record.region,
        radius=page.radius,
        text=f"{page.title} {page.outcome} {page.requirements}",
        closed=page.closed_on is not None,
        changed=moment(page.first_published_at),
    )


def service_of(page: ServicePage, free: Iterable[CapacityWindow]) -> Service:
    """A service as matching takes it, from its page in one language, with its coming windows."""
    record = page.record
    return Service(
        key=str(page.translation_key),
        organisation=record.pk,
        category=page.category,
        field=page.field,
        languages=tuple(page.languages or ()),
        ways=tuple(page.place or ()),
        radius=page.radius,
        at=place(record.place, record.country),
        region=record.region,
        hours=page.hours,
        team=page.team_largest,
        lead_time=page.lead_time,
        price_model=page.price_model,
        price=page.price,
        windows=tuple(Window(one.starts, one.ends, one.hours_a_week, one.left) for one in free),
        text=without_tags(f"{page.title} {page.skills}"),
        changed=moment(page.first_published_at),
    )


def services(need: Need, alike: dict[str, float], today) -> Lines:
    """The published services that are about the subject of a need; two queries."""
    pages = about(ServicePage.objects.live(), need, alike)
    rows = list(pages.values_list(*SERVICE.values(), *SERVICE_LINE))
    late = need.deadline + timedelta(weeks=MOST_WEEKS)
    coming = CapacityWindow.objects.coming(today).filter(starts__lte=late)
    if len(rows) < MANY:
        coming = coming.filter(service_key__in=pages.order_by().values("translation_key"))
    free, known = time_and_trust(coming.free())

    def made(key: str, values: dict) -> Service:
        verified, rating, reviews = known.get(values["organisation"], (False, 0.0, 0))
        return Service(
            windows=free.get(key, ()), verified=verified, rating=rating, reviews=reviews, **values
        )

    return read(rows, SERVICE, made)


def needs(service: Service, alike: dict[str, float]) -> Lines:
    """The open needs that are about the subject of a service; one query."""

    def made(key: str, values: dict) -> Need:
        values["most"] = BUDGETS.get(values["most"])
        return Need(**values)

    pages = about(NeedPage.objects.live().open(), service, alike)
    return read(pages.values_list(*NEED.values(), *NEED_LINE), NEED, made)


def read(
    rows: Iterable[tuple], columns: dict[str, str], made: Callable[[str, dict], Need | Service]
) -> Lines:
    """Each item once, with the rows of all its languages."""
    found = Lines(columns)
    for row in rows:
        key = key_of(row[0])
        if key in found.rows:
            found.add_version(key, row)
            continue
        values = dict(zip(columns, row, strict=False))
        values["key"] = key
        values["at"] = place(values.pop("town"), values.pop("country"))
        values["changed"] = said_moment(values["changed"])
        values["languages"], values["ways"] = codes(values["languages"]), codes(values["ways"])
        found.items[key], found.rows[key] = made(key, values), row
    return found


def about(pages, own: Need | Service, alike: dict[str, float]):
    """The pages of others on the same subject, with the record that counts as `record_pk`."""
    near = [key for key, nearness in alike.items() if nearness >= NEAR_IN_MEANING]
    subject = Q(category=own.category)
    if own.field:
        subject |= Q(field=own.field)
    if near:
        subject |= Q(translation_key__in=near)
    owner = Coalesce("organisation__merged_into", "organisation")
    said = {f"{name}_said": Cast(name, TextField()) for name in ("languages", "place")} | {
        "key_said": Cast("translation_key", TextField()),
        "published_said": Cast("first_published_at", TextField()),
    }
    pages = (
        pages.annotate(record_pk=owner, **said).filter(subject).exclude(record_pk=own.organisation)
    )
    return pages.order_by("pk")


Windows = dict[str, tuple[Window, ...]]
Trust = dict[int, tuple[bool, float, int]]


def time_and_trust(free) -> tuple[Windows, Trust]:
    """Windows with a place left, by the key of their service; and of whom it is known, whether an
    organisation is verified, the mean rating that clients gave it, and from how many reviews.

    One query for both, because a page may ask eight: rows of organisations have no days.
    """
    timeless = {"starts": Value(None, DateField()), "ends": Value(None, DateField())}
    verified = Verification.objects.current().order_by()
    rated = Review.objects.shown().filter(side=Side.CLIENT).order_by()
    rows = in_columns(free, "service_key", F("hours_a_week"), F("places"), F("taken")).union(
        in_columns(verified, "organisation", Value(1), Value(0), Value(0), **timeless),
        in_columns(
            rated.values(record=Coalesce("about__merged_into", "about")),
            *("record", Value(0), Sum("rating"), Count("pk")),
            **timeless,
        ),
        all=True,
    )
    found: dict[str, list[Window]] = {}
    made: dict[tuple, Window] = {}
    trust: Trust = {}
    for key, starts, ends, first, second, third in rows:
        if starts is None:
            verified_too, rating, reviews = trust.get(int(key), (False, 0.0, 0))
            mean = second / third if third else rating
            trust[int(key)] = bool(first) or verified_too, mean, third or reviews
            continue
        time = starts, ends, first, second - third
        window = made.get(time) or made.setdefault(time, Window(*time))
        found.setdefault(key, []).append(window)
    return {key_of(key): tuple(several) for key, several in found.items()}, trust


def in_columns(queryset, key: str, first, second, third, **days):
    """A key as text, two days and three numbers: the same columns from every table."""
    numbers = {"first": first, "second": second, "third": third}
    return (
        queryset.order_by()
        .annotate(key_said=Cast(key, TextField()), **numbers)
        .annotate(**days)
        .values_list("key_said", "starts", "ends", *numbers)
    )


@lru_cache(maxsize=2_000)
def codes(said: str) -> tuple[str, ...]:
    """A list of codes as it is stored; the same ones come again and again."""
    return tuple(json.loads(said))


@lru_cache(maxsize=20_000)
def place(town: str, country: str) -> tuple[float, float] | None:
    """Latitude and longitude of a town, if it is known."""
    found = towns.find(town, country) if town else None
    return (found.latitude, found.longitude) if found else None


def key_of(said: str) -> str:
    """A key as it is written; SQLite keeps it without the dashes."""
    return str(UUID(said)) if len(said) == 32 else said


def said_moment(said: str | None) -> float:
    """A moment as a database writes it; one without a zone is of UTC. Quicker than what drivers do."""
    if not said:
        return 0.0
    found = datetime.fromisoformat(said)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def moment(published) -> float:
    return published.timestamp() if published else 0.0


def without_tags(html: str) -> str:
    """Rich text with its tags taken out, quickly: only single words of it are looked at."""
    return "".join(f" {piece.partition('>')[2]}" for piece in f">{html}".split("<"))
