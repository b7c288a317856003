"""What matching takes and gives: needs, services, and matches with their reasons."""

from dataclasses import dataclass
from datetime import date
from typing import Any

ORDER, PLACEMENTS = "project", ("placement", "apprenticeship", "job")
# A budget that pays for materials and nothing else lies between none and one of a euro.
NO_BUDGET, MATERIALS_ONLY = 0, 0.5
REMOTE, AT_SCHOOL, AT_COMPANY = "remote", "school", "company"
FREE, MATERIALS, FIXED, QUOTE = "free", "materials", "fixed", "quote"


@dataclass(frozen=True, slots=True)
class Window:
    """Time that a class has: days, hours a week of each learner, orders that still find a place."""

    starts: date
    ends: date
    hours_a_week: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What matching knows of a need. `most` is the budget in euros, None if it is open.

    `at` is latitude and longitude in degrees; `radius` in km, None without a limit. `changed` is when it
    was first public, as a number that grows. `kind` is a code of `need_kind`: only a project is work
    that takes a class's time between two days.
    """

    key: str
    organisation: int
    category: str
    languages: tuple[str, ...]
    ways: tuple[str, ...]
    deadline: date
    kind: str = ORDER
    field: str = ""
    starts: date | None = None
    hours: int | None = None
    most: float | None = None
    at: tuple[float, float] | None = None
    region: str = ""
    radius: int | None = None
    text: str = ""
    closed: bool = False
    changed: float = 0


# Of services thousands are made at a time, and a frozen one takes thrice as long to make; nothing here
# changes one. A need is made with few others, so it costs nothing to hold it to that.
@dataclass(slots=True, kw_only=True)
class Service:
    """What matching knows of a service: `hours` are the learners' hours of one order, `team` the most
    learners who share them, `lead_time` the weeks from agreement to delivery, `rating` the mean of the
    `reviews` of its organisation. `text` names its skills."""

    key: str
    organisation: int
    category: str
    languages: tuple[str, ...]
    ways: tuple[str, ...]
    windows: tuple[Window, ...] = ()
    hours: int = 0
    team: int = 1
    lead_time: int = 0
    field: str = ""
    price_model: str = QUOTE
    price: int | None = None
    at: tuple[float, float] | None = None
    region: str = ""
    radius: int | None = None
    text: str = ""
    rating: float = 0
    reviews: int = 0
    verified: bool = False
    changed: float = 0


@dataclass(frozen=True)
class Reason:
    """Why two fit: `about` is a condition or a factor, `value` what both say of it."""

    about: str
    value: Any
    points: int = 0


@dataclass(frozen=True)
class Better:
    """What would make it fit, or fit better: `about` says what, `value` how much."""

    about: str
    value: Any


@dataclass(frozen=True)
class Match:
    """A need and a service with their points; `key` is the one that was looked for.

    `lacking` are the conditions that do not hold: it fits when there is none.
    """

    key: str
    score: int
    reasons: tuple[Reason, ...]
    better: tuple[Better, ...]
    lacking: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.lacking


@dataclass(frozen=True)
class Found:
    """What fits, best first; what would fit if one condition were different; how many fit in all."""

    matches: tuple[Match, ...]
    nearly: tuple[Match, ...]
    total: int
