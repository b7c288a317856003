"""What has to hold between a need and a service, the same in both directions."""

import math
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from marketplace.matching.values import AT_COMPANY, ORDER, REMOTE, Need, Service, Window

# What has to hold. Of these, `MENDABLE` are told to people where nothing else is in the way.
CONDITIONS: Final = ("open", "others", "subject", "dates", "place", "languages")
MENDABLE: Final = ("dates", "place", "languages")
NEAR_IN_MEANING: Final = 0.25  # from here on texts are about the same subject
NEVER: Final = 10**6  # days
EARTH: Final = 6371.0  # its radius in km


def is_open(need: Need, today: date) -> bool:
    """Whether the need still asks for somebody."""
    return not need.closed and need.deadline >= today


def shares_subject(need: Need, service: Service, alike: float) -> bool:
    """Whether both are about the same: category, field, or what the texts mean."""
    return (
        need.category == service.category
        or bool(need.field and need.field == service.field)
        or alike >= NEAR_IN_MEANING
    )


def earliest(need: Need, today: date) -> date:
    """The first day on which the work could begin."""
    return max(today, need.starts) if need.starts else today


def days_of_work(need: Need, service: Service, window: Window) -> int:
    """Days that the work takes when a whole team does it in the hours of this window."""
    hours_a_week = window.hours_a_week * max(service.team, 1)
    hours = need.hours or service.hours
    return max(math.ceil(hours * 7 / hours_a_week), 1) if hours_a_week else NEVER


def ready_in(need: Need, service: Service, window: Window, today: date) -> tuple[date, date] | None:
    """When the work begins and is delivered in a window; None where it has too little time or no place.

    Delivery comes when the work is done, and not before the lead time of the service is over.
    """
    first = earliest(need, today)
    begins = max(window.starts, first)
    days = days_of_work(need, service, window)
    if window.places < 1 or (window.ends - begins).days + 1 < days:
        return None
    promised = first + timedelta(weeks=service.lead_time)
    return begins, max(begins + timedelta(days=days - 1), promised)


def times(need: Need, service: Service, today: date) -> list[tuple[date, date]]:
    """When the work could begin and be delivered, the first delivery first, the deadline left aside."""
    found = (ready_in(need, service, window, today) for window in service.windows)
    return sorted((one for one in found if one), key=lambda one: (one[1], one[0]))


def time_for(need: Need, service: Service, today: date) -> tuple[date, date] | None:
    """When the work can begin and be delivered at the soonest; None if that is after the deadline."""
    found = times(need, service, today)
    return found[0] if found and found[0][1] <= need.deadline else None


def has_time(need: Need, service: Service, today: date) -> bool:
    """Whether the work can be delivered by the deadline, in whatever window."""
    for window in service.windows:
        found = ready_in(need, service, window, today)
        if found and found[1] <= need.deadline:
            return True
    return False


@lru_cache(maxsize=10_000)
def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two places along a great circle (haversine formula).

    >>> round(distance((56.95, 24.11), (54.69, 25.28)))  # Riga and Vilnius
    262
    """
    (lat, lon), (lat2, lon2) = map(math.radians, one), map(math.radians, other)
    a = math.sin((lat2 - lat) / 2) ** 2
    a += math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * math.asin(min(math.sqrt(a), 1))


def limit(need: Need, service: Service, way: str) -> int | None:
    """How far apart both may be for a way of working; None for any distance.

    The school says how far its learners go, the need how far away the others may be.
    """
    if way == REMOTE:
        return None
    if way != AT_COMPANY or service.radius is None:
        return need.radius
    return service.radius if need.radius is None else min(need.radius, service.radius)


def is_within(need: Need, service: Service, most: int | None) -> bool:
    """Whether both are near enough; where a place is not known, their region has to be the same."""
    if most is None:
        return True
    if need.at and service.at:
        return distance(need.at, service.at) <= most
    return bool(need.region) and need.region == service.region


def ways_for(need: Need, service: Service) -> tuple[str, ...]:
    """The ways of working that both take, for which they are near enough."""
    common = (way for way in need.ways if way in service.ways)
    return tuple(way for way in common if is_within(need, service, limit(need, service, way)))


def is_meant(need: Need, service: Service, today: date, alike: float = 0) -> bool:
    """Whether the conditions hold that nobody can mend."""
    return (
        need.organisation != service.organisation
        and shares_subject(need, service, alike)
        and is_open(need, today)
    )


def mendable(need: Need, service: Service, today: date) -> tuple[str, ...]:
    """The conditions that do not hold and that somebody could mend."""
    missing = []
    if need.kind == ORDER and not has_time(need, service, today):
        missing.append("dates")
    if not ways_for(need, service):
        missing.append("place")
    if not any(code in service.languages for code in need.languages):
        missing.append("languages")
    return tuple(missing)


def lacking(need: Need, service: Service, today: date, alike: float = 0) -> tuple[str, ...]:
    """The conditions that do not hold, in the order of `CONDITIONS`."""
    holds = {
        "open": is_open(need, today),
        "others": need.organisation != service.organisation,
        "subject": shares_subject(need, service, alike),
    }
    missing = tuple(name for name, held in holds.items() if not held)
    return missing + mendable(need, service, today)
