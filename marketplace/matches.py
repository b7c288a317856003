"""The best services for a need and the best needs for a service, as rows with reasons in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from core import generation, meaning
from marketplace import matching, matching_reading, matching_words
from marketplace.matching import Found, Match
from marketplace.models import CapacityWindow, NeedPage, ServicePage

MOST = 5  # shown on a page
MOST_NEARLY = 3


@dataclass(frozen=True)
class Shown:
    """Rows of what fits and of what nearly fits, each with its reasons in words; how many fit in all."""

    rows: tuple[dict, ...]
    nearly: tuple[dict, ...]
    total: int


def services_for(
    need: NeedPage, language: str, limit: int | None = MOST, nearly: int | None = MOST_NEARLY
) -> Shown:
    """The published services for a need, the best first, as rows in a language; two queries."""
    today, wanted = timezone.localdate(), matching_reading.need_of(need)
    alike = meaning.alike(need.translation_key)
    lines = matching_reading.services(wanted, alike, today)
    offered = lines.items.values()
    found = matching.find_services(wanted, offered, today, alike, limit, nearly, lines.whole)
    return shown(found, lines, "service", language, matching_words.for_need)


def needs_for(
    service: ServicePage,
    language: str,
    limit: int | None = MOST,
    nearly: int | None = MOST_NEARLY,
    free: Iterable[CapacityWindow] | None = None,
) -> Shown:
    """The open needs for a service, the best first, as rows in a language; two queries.

    `free` are the coming windows of the service where they are known, which saves one of them.
    """
    if free is None:
        free = CapacityWindow.objects.of(service.translation_key).coming()
    today, offered = timezone.localdate(), matching_reading.service_of(service, free)
    alike = meaning.alike(service.translation_key)
    lines = matching_reading.needs(offered, alike)
    wanted = lines.items.values()
    found = matching.find_needs(offered, wanted, today, alike, limit, nearly, lines.whole)
    return shown(found, lines, "need", language, matching_words.for_service)


def beside_need(page: NeedPage, request) -> dict:
    """What the page of a need shows below it; nothing below one that is over."""
    if not page.is_open:
        return {"matches": None}
    return {"matches": kept(request, page, lambda reader: services_for(page, reader))}


def beside_service(page: ServicePage, request, free: Iterable[CapacityWindow]) -> dict:
    """What the page of a service shows below it, with its coming windows."""
    return {"matches": kept(request, page, lambda reader: needs_for(page, reader, free=free))}


def kept(request, page, find: Callable[[str], Shown]) -> Shown:
    """Matches in the reader's language, kept until something changes, or the day."""
    reader = get_language()
    key = ("matches", str(page.translation_key), page.pk, reader, timezone.localdate())
    return generation.kept(request, key, lambda: find(reader))


def shown(found: Found, lines: matching_reading.Lines, kind: str, language: str, words) -> Shown:
    """What was found as rows in the order of the points."""

    def rows(matches: tuple[Match, ...]) -> tuple[dict, ...]:
        return tuple(lines.row(one.key, kind, language) | words(one, language) for one in matches)

    return Shown(rows(found.matches), rows(found.nearly), found.total)
