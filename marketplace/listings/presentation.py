"""What services and needs say of themselves: codes, marks, rows of lists, search documents.

The confidential part of a need is not read here, nor by anything that these functions are handed to.
"""

import datetime

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from core.dates import day
from core.figures import with_unit
from core.marks import Mark, draw
from core.registry import SearchDocument
from core.text import plain
from vocabularies import get, label

SERVICE_RICH = (
    "client_gets",
    "deliverables",
    "learning_outcomes",
    "skills",
    "quality",
    "past_work",
)
# Of the twelve joints those that are two pieces and no more.
PROFILES = (3, 6, 11, 7, 4, 8, 2, 9, 1)
SERVICE_PLAIN = ("programme", "supervision", "liability", "price_note")


def service_codes(page) -> dict[str, list[str]]:
    """What rows and search know of a service."""
    record = page.record
    single = {
        "service_category": page.category,
        "field": page.field,
        "narrow_field": page.narrow_field,
        "eqf_level": page.eqf_level,
        "price_model": page.price_model,
        "price": str(page.price or ""),
        "country": record.country,
        "region": record.region,
        "partner_kind": record.kind,
        "demonstration": "yes" if page.demonstration else "",
    }
    several = {"service_place": page.place, "language": page.languages}
    return chosen(single, several)


def need_codes(page) -> dict[str, list[str]]:
    """What rows and search know of a need."""
    record = page.record
    single = {
        "service_category": page.category,
        "field": page.field,
        "need_kind": page.need_kind,
        "budget_band": page.budget,
        "deadline": page.deadline.isoformat() if page.deadline else "",
        "closed_on": page.closed_on.isoformat() if page.closed_on else "",
        "country": record.country,
        "region": record.region,
        "partner_kind": record.kind,
        "demonstration": "yes" if page.demonstration else "",
    }
    several = {"service_place": page.place, "language": page.languages}
    return chosen(single, several)


def chosen(single: dict, several: dict) -> dict[str, list[str]]:
    found = {name: [code] for name, code in single.items() if code}
    return found | {name: list(codes) for name, codes in several.items() if codes}


def service_mark(codes: dict[str, list[str]]) -> SafeString:
    """The school's half, waiting for the other."""
    return mark_safe(draw(Mark(kind="service", method=profile(codes))))  # noqa: S308


def need_mark(codes: dict[str, list[str]]) -> SafeString:
    """The company's half, waiting for the other."""
    return mark_safe(draw(Mark(kind="need", method=profile(codes))))  # noqa: S308


def profile(codes: dict[str, list[str]]) -> int:
    """The category cuts the joint, so that a service and a need of one category fit together."""
    category = next(iter(codes.get("service_category", [])), "")
    known = get("service_category").codes
    return PROFILES[known.index(category) % len(PROFILES)] if category in known else PROFILES[0]


def labels(codes: dict[str, list[str]], language: str, *schemes: str) -> list[str]:
    return [label(scheme, code, language) for scheme in schemes for code in codes.get(scheme, [])]


def service_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts below a service in a list: what, where, for how much."""
    where = labels(codes, language, "service_place")
    facts = [
        *labels(codes, language, "service_category"),
        *labels(codes, language, "country"),
        " · ".join(where),
        price(codes, language),
    ]
    return [fact for fact in facts if fact]


def price(codes: dict[str, list[str]], language: str) -> str:
    """The price model, with the number where there is one."""
    model = next(iter(labels(codes, language, "price_model")), "")
    number = next(iter(codes.get("price", [])), "")
    return f"{model}: {with_unit(int(number), '€', language)}" if number else model


def need_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts below a need in a list: whether it is open, what, where, until when."""
    facts = [
        *([gettext("Closed")] if is_over(codes) else []),
        *labels(codes, language, "need_kind", "service_category", "country", "budget_band"),
        until(codes, language),
    ]
    return [fact for fact in facts if fact]


def date_of(codes: dict[str, list[str]], name: str) -> datetime.date | None:
    found = next(iter(codes.get(name, [])), "")
    return datetime.date.fromisoformat(found) if found else None


def is_over(codes: dict[str, list[str]]) -> bool:
    deadline = date_of(codes, "deadline")
    return bool(codes.get("closed_on")) or bool(deadline and deadline < timezone.localdate())


def until(codes: dict[str, list[str]], language: str) -> str:
    """The deadline in words, with the days that are left while they are few."""
    deadline = date_of(codes, "deadline")
    if deadline is None or is_over(codes):
        return ""
    return gettext("Until %(date)s") % {"date": day(deadline, language)}


def days_left(number: int) -> str:
    """How many days there are until a deadline."""
    if number == 0:
        return gettext("Today is the last day.")
    return ngettext("%(number)s day is left.", "%(number)s days are left.", number) % {
        "number": number
    }


def service_document(page) -> SearchDocument:
    """Title and sentence weigh most; every text of the service can be found."""
    texts = [getattr(page, name) for name in SERVICE_PLAIN]
    texts += [plain(str(getattr(page, name))) for name in SERVICE_RICH]
    return document(page, "service", texts, service_codes(page))


def need_document(page) -> SearchDocument:
    """Title and outcome weigh most; the confidential part is in no index."""
    texts = [plain(str(page.problem)), page.supervision, page.requirements]
    return document(page, "need", texts, need_codes(page))


def document(page, kind: str, texts: list[str], codes: dict) -> SearchDocument:
    record = page.record
    category = label("service_category", page.category, page.locale.language_code)
    return SearchDocument.of(
        page,
        kind,
        [category, *texts, record.name, record.place],
        codes,
        town=record.place,
        country=record.country,
        organisation=record.pk,
    )
