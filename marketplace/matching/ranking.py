"""Matches in their order, with the reasons and with what would make them better."""

import heapq
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from marketplace.matching.conditions import (
    distance,
    earliest,
    is_meant,
    lacking,
    limit,
    time_for,
    times,
    ways_for,
)
from marketplace.matching.factors import (
    FACTORS,
    WEIGHTS,
    price,
    quick_score,
    score,
    size,
    word_score,
)
from marketplace.matching.values import ORDER, REMOTE, Better, Found, Match, Need, Reason, Service

MOST_WEEKS: Final = 8  # how much later a deadline may be proposed
STEP: Final = 5  # km, to which a proposed radius is rounded up
NOTHING: Final[Mapping[str, float]] = {}


def reasons(
    need: Need, service: Service, today: date, alike: float, missing: tuple[str, ...]
) -> tuple[Reason, ...]:
    """The conditions that hold and have something to tell, then the factors, the weightiest first."""
    found = []
    if "languages" not in missing:
        found.append(
            Reason("languages", tuple(one for one in need.languages if one in service.languages))
        )
    if need.kind == ORDER and "dates" not in missing:
        found.append(Reason("dates", time_for(need, service, today)))
    if "place" not in missing:
        ways = ways_for(need, service)
        known = ways != (REMOTE,) and need.at and service.at
        found.append(
            Reason("place", (ways, round(distance(need.at, service.at)) if known else None))
        )
    factors = []
    for name, weight in WEIGHTS.items():
        share, value = FACTORS[name](need, service, alike)
        if points := round(weight * share):
            factors.append(Reason(name, value, points))
    return (*found, *sorted(factors, key=lambda reason: -reason.points))


def later(need: Need, service: Service, today: date) -> int | None:
    """By how many weeks a later deadline would make it fit; None if no window has the time."""
    found = times(need, service, today)
    return math.ceil((found[0][1] - need.deadline).days / 7) if found else None


def mended(need: Need, service: Service, today: date, missing: tuple[str, ...]) -> list[Better]:
    """What has to change so that a condition holds."""
    found = []
    if "dates" in missing:
        weeks, first = later(need, service, today), earliest(need, today)
        if weeks is not None and weeks <= MOST_WEEKS:
            found.append(Better("deadline", weeks))
        if first < need.deadline:
            found.append(Better("window", (first, need.deadline)))
    if "place" in missing:
        common = [way for way in need.ways if way in service.ways]
        if not common:
            found.append(Better("ways", (need.ways, service.ways)))
        elif need.at and service.at:
            away = math.ceil(distance(need.at, service.at) / STEP) * STEP
            limits = [limit(need, service, way) for way in common]
            found.append(Better("radius", (away, max(one for one in limits if one is not None))))
    if "languages" in missing:
        found.append(Better("language", (need.languages, service.languages)))
    return found


def improved(need: Need, service: Service) -> list[Better]:
    """What would give more points to a pair that fits."""
    found = []
    if need.most is not None and not price(need, service, 0)[0]:
        found.append(Better("price", price(need, service, 0)[1]))
    share, hours = size(need, service, 0)
    if hours and not share:
        found.append(Better("size", hours))
    return found


def match(need: Need, service: Service, today: date, alike: float = 0, key: str = "") -> Match:
    """A need and a service with reasons and what would make it better, whether it fits or not."""
    missing = lacking(need, service, today, alike)
    better = mended(need, service, today, missing) if missing else improved(need, service)
    return Match(
        key or service.key,
        score(need, service, alike),
        reasons(need, service, today, alike, missing),
        tuple(better),
        missing,
    )


def in_order(scored: Iterable[tuple[int, float, str]]) -> list[tuple[int, float, str]]:
    """Most points first, of equal ones the most recent, then by key: the same every time."""
    return sorted(scored, key=lambda one: (-one[0], -one[1], one[2]))


def best(
    scored: list[tuple[int, float, str]], most: int | None, extra: Callable[[str], int]
) -> list[str]:
    """The keys of the best, in the order of all points; `extra` are those of the words, by key.

    The words of a text are looked at only where they can bring it among those that are shown.
    """
    if most == 0:
        return []
    tops: list[int] = []  # the most points so far, the fewest of them first
    told = []
    for points, changed, key in sorted(scored, key=lambda one: -one[0]):
        if most is not None and len(tops) == most and points + WEIGHTS["words"] < tops[0]:
            break
        points += extra(key)
        told.append((points, changed, key))
        if most is not None:
            (heapq.heappush if len(tops) < most else heapq.heappushpop)(tops, points)
    return [key for _points, _changed, key in in_order(told)[:most]]


def found(
    pairs: Iterable[tuple[str, float, Need, Service]],
    today: date,
    alike: Mapping[str, float],
    most: int | None,
    most_nearly: int | None,
) -> Found:
    """What fits and what nearly fits; reasons are made for what is given back only."""
    known: dict[str, tuple[Need, Service, float]] = {}
    fitting, nearly = [], []
    for key, changed, need, service in pairs:
        near = alike.get(key, 0)
        if not is_meant(need, service, today, near):
            continue
        missing = lacking(need, service, today, near)
        if len(missing) < 2:
            known[key] = need, service, near
            scored = quick_score(need, service, near), changed, key
            (nearly if missing else fitting).append(scored)

    def made(scored: list, number: int | None) -> tuple[Match, ...]:
        keys = best(scored, number, lambda key: word_score(*known[key][:2]))
        return tuple(match(*known[key][:2], today, known[key][2], key) for key in keys)

    return Found(made(fitting, most), made(nearly, most_nearly), len(fitting))


def find_services(
    need: Need,
    services: Iterable[Service],
    today: date,
    alike: Mapping[str, float] = NOTHING,
    most: int | None = None,
    most_nearly: int | None = None,
) -> Found:
    """The services for a need; `alike` is how near each key is in meaning, from 0 to 1."""
    pairs = ((one.key, one.changed, need, one) for one in services)
    return found(pairs, today, alike, most, most_nearly)


def find_needs(
    service: Service,
    needs: Iterable[Need],
    today: date,
    alike: Mapping[str, float] = NOTHING,
    most: int | None = None,
    most_nearly: int | None = None,
) -> Found:
    """The needs for a service."""
    pairs = ((one.key, one.changed, one, service) for one in needs)
    return found(pairs, today, alike, most, most_nearly)
