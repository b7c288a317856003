"""Matches in their order, with the reasons and with what would make them better."""

import heapq
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final, TypeVar

from marketplace.matching.conditions import (
    distance,
    earliest,
    is_meant,
    lacking,
    limit,
    mendable,
    time_for,
    times,
    ways_for,
)
from marketplace.matching.factors import (
    FACTORS,
    FEWEST_REVIEWS,
    WEIGHTS,
    price,
    quick_score,
    score,
    size,
    word_score,
    words,
)
from marketplace.matching.skills import stems
from marketplace.matching.values import (
    FREE,
    ORDER,
    QUOTE,
    REMOTE,
    Better,
    Found,
    Match,
    Need,
    Reason,
    Service,
)

MOST_WEEKS: Final = 8  # how much later a deadline may be proposed
MOST_BETTER: Final = 3  # of what would make a pair that fits better
MOST_SKILLS: Final = 3  # words of a service, proposed to a need
LONG_AWAY: Final = 28  # days after which a beginning is late
STEP: Final = 5  # km, to which a proposed radius is rounded up
NOTHING: Final[Mapping[str, float]] = {}
Item = TypeVar("Item", Need, Service)


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


def improved(need: Need, service: Service, today: date) -> list[Better]:
    """What would make a pair that fits better, the weightiest first; the order of matches stays as it is."""
    found = []
    if need.most is not None and not price(need, service, 0)[0]:
        found.append(Better("price", price(need, service, 0)[1]))
    share, hours = size(need, service, 0)
    if hours and not share:
        found.append(Better("size", hours))
    return [*found, *clearer(need, service, today)][:MOST_BETTER]


def clearer(need: Need, service: Service, today: date) -> Iterator[Better]:
    """What somebody could still say, do or have checked."""
    if service.text and not words(need, service, 0)[1]:
        yield Better("skills", tuple(stems(service.text).values())[:MOST_SKILLS])
    if service.field and not need.field:
        yield Better("field", service.field)
    if service.price_model != FREE and need.most is None:
        yield Better("budget", None)
    elif service.price_model == QUOTE and price(need, service, 0)[0]:
        yield Better("quote", None)
    when = time_for(need, service, today) if need.kind == ORDER else None
    if when and (when[0] - earliest(need, today)).days >= LONG_AWAY:
        yield Better("sooner", when[0])
    if not service.verified:
        yield Better("verified", None)
    if service.reviews < FEWEST_REVIEWS:
        yield Better("reviews", (FEWEST_REVIEWS, service.reviews))


def match(need: Need, service: Service, today: date, alike: float = 0, key: str = "") -> Match:
    """A need and a service with reasons and what would make it better, whether it fits or not."""
    missing = lacking(need, service, today, alike)
    better = mended(need, service, today, missing) if missing else improved(need, service, today)
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


def as_it_is(one):
    return one


def found(
    offered: Iterable[Item],
    pair: Callable[[Item], tuple[Need, Service]],
    today: date,
    alike: Mapping[str, float],
    most: int | None,
    most_nearly: int | None,
    whole: Callable[[Item], Item],
) -> Found:
    """What fits and what nearly fits; texts are read and reasons made only where they may be shown."""
    known: dict[str, Item] = {}
    fitting, nearly = [], []
    for one in offered:
        near = alike.get(one.key, 0)
        need, service = pair(one)
        if not is_meant(need, service, today, near):
            continue
        missing = mendable(need, service, today)
        if len(missing) < 2:
            known[one.key] = one
            scored = quick_score(need, service, near), one.changed, one.key
            (nearly if missing else fitting).append(scored)

    def pair_of(key: str) -> tuple[Need, Service]:
        return pair(whole(known[key]))

    def made(scored: list, number: int | None) -> tuple[Match, ...]:
        keys = best(scored, number, lambda key: word_score(*pair_of(key)))
        return tuple(match(*pair_of(key), today, alike.get(key, 0), key) for key in keys)

    return Found(made(fitting, most), made(nearly, most_nearly), len(fitting))


def find_services(
    need: Need,
    services: Iterable[Service],
    today: date,
    alike: Mapping[str, float] = NOTHING,
    most: int | None = None,
    most_nearly: int | None = None,
    whole: Callable[[Service], Service] = as_it_is,
) -> Found:
    """The services for a need; `alike` is how near each key is in meaning, from 0 to 1.

    `whole` gives a service with its text where that is not read yet.
    """
    return found(services, lambda one: (need, one), today, alike, most, most_nearly, whole)


def find_needs(
    service: Service,
    needs: Iterable[Need],
    today: date,
    alike: Mapping[str, float] = NOTHING,
    most: int | None = None,
    most_nearly: int | None = None,
    whole: Callable[[Need], Need] = as_it_is,
) -> Found:
    """The needs for a service."""
    return found(needs, lambda one: (one, service), today, alike, most, most_nearly, whole)
