"""A map of Europe, drawn on the server: countries with something in them are filled and numbered.

Values in, values out. A section tells its places as a list of `{code, label, count, url}`, one for
each country, in the reader's language; `europe(marks(places))` is the map, and `components/map.html`
draws it with the same places as a list beside it.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "europe.json"
RADIUS = 24  # of a number's disc, in units of the drawing (5 km)
ROUNDS = 60  # of pushing discs apart


@dataclass(frozen=True)
class Mark:
    """What a country holds: an ISO 3166-1 code, its name, how many, and where they are listed."""

    country: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Shape:
    """The outline of a country as SVG path data."""

    country: str
    path: str
    filled: bool


@dataclass(frozen=True)
class Pin:
    """The number of a mark at `x`, `y`; where it had to move aside, it points to its country."""

    mark: Mark
    x: int
    y: int
    country_x: int
    country_y: int
    moved: bool


@dataclass(frozen=True)
class Drawing:
    """A map in units of its own: land around, countries, and numbers."""

    width: int
    height: int
    radius: int
    land: str
    shapes: tuple[Shape, ...]
    pins: tuple[Pin, ...]


@cache
def outlines() -> dict:
    """The file of outlines, read once per process."""
    return json.loads(DATA.read_text(encoding="utf-8"))


def marks(places: list[dict]) -> list[Mark]:
    """Marks from `{code, label, count, url}`; several of one country are one, in the first order.

    >>> [mark.count for mark in marks([
    ...     {"code": "LV", "label": "Latvia", "count": 2, "url": "a"},
    ...     {"code": "LV", "label": "Latvia", "count": 1, "url": "b"},
    ... ])]
    [3]
    """
    found: dict[str, Mark] = {}
    for place in places:
        code = place["code"]
        before = found[code].count if code in found else 0
        first = found.get(code) or Mark(code, place["label"], 0, place["url"])
        found[code] = Mark(code, first.label, before + place["count"], first.url)
    return list(found.values())


def europe(marks: list[Mark]) -> Drawing:
    """Europe with these marks; a country that is not on the map stands in the list only."""
    data = outlines()
    countries = data["countries"]
    shown = [mark for mark in marks if mark.country in countries]
    filled = {mark.country for mark in shown}
    return Drawing(
        width=data["width"],
        height=data["height"],
        radius=RADIUS,
        land=data["land"],
        shapes=tuple(
            Shape(code, country["path"], code in filled)
            for code, country in countries.items()
            if country["path"]
        ),
        pins=tuple(pins(shown, countries, data["width"], data["height"])),
    )


def pins(shown: list[Mark], countries: dict, width: int, height: int) -> list[Pin]:
    """The numbers, each in its country or as near to it as the others leave room."""
    homes = [tuple(countries[mark.country]["at"]) for mark in shown]
    places = apart(homes, 2 * RADIUS + 2)
    found = []
    for mark, home, (x, y) in zip(shown, homes, places, strict=True):
        x = round(min(max(x, RADIUS + 2), width - RADIUS - 2))
        y = round(min(max(y, RADIUS + 2), height - RADIUS - 2))
        found.append(Pin(mark, x, y, *home, moved=math.dist((x, y), home) > RADIUS / 2))
    return found


def apart(points: list[tuple[float, float]], distance: float) -> list[tuple[float, float]]:
    """The points, pushed from each other until they are `distance` apart, as far as that goes.

    >>> apart([(0, 0), (6, 0)], 10)
    [(-2.0, 0.0), (8.0, 0.0)]
    """
    points = list(points)
    for _round in range(ROUNDS):
        still = True
        for i in range(len(points)):
            for j in range(i + 1, len(points)):
                ax, ay = points[i]
                bx, by = points[j]
                gap = math.dist((ax, ay), (bx, by))
                if gap >= distance - 0.01:
                    continue
                still = False
                ux, uy = ((bx - ax) / gap, (by - ay) / gap) if gap else (1.0, 0.0)
                push = (distance - gap) / 2
                points[i] = (ax - ux * push, ay - uy * push)
                points[j] = (bx + ux * push, by + uy * push)
        if still:
            break
    return points
