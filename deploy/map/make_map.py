"""Makes core/data/europe.json, the outlines of Europe that `core.map` draws.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python deploy/map/make_map.py package/countries-50m.json

Run it again only for another cut or another atlas. It needs Babel and the country table of
vocabularies/; everything else is Python's own.
"""

import csv
import itertools
import json
import math
import sys
from pathlib import Path

from babel.core import get_global

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "core" / "data" / "europe.json"
COUNTRIES = ROOT / "vocabularies" / "data" / "countries.tsv"
# The window in metres of ETRS89-LAEA Europe (EPSG:3035), on a sphere, and metres for one unit.
WEST, EAST, SOUTH, NORTH = 2_550_000, 7_150_000, 1_300_000, 5_450_000
UNIT = 5_000
BEYOND = 20  # units that land is kept beyond the window, so that no cut edge shows
TOLERANCE = 1.1  # units by which a simplified line may leave its course
SMALLEST = 14  # square units of an island that is kept
RADIUS = 6_378_137
CENTRE = math.radians(52), math.radians(10)


def project(point):
    """Degrees to units of the drawing: Lambert's azimuthal equal-area projection."""
    phi, lam = math.radians(point[1]), math.radians(point[0]) - CENTRE[1]
    sin0, cos0 = math.sin(CENTRE[0]), math.cos(CENTRE[0])
    nearness = 1 + sin0 * math.sin(phi) + cos0 * math.cos(phi) * math.cos(lam)
    k = RADIUS * math.sqrt(2 / max(nearness, 1e-9))
    x = 4_321_000 + k * math.cos(phi) * math.sin(lam)
    y = 3_210_000 + k * (cos0 * math.sin(phi) - sin0 * math.cos(phi) * math.cos(lam))
    return (x - WEST) / UNIT, (NORTH - y) / UNIT


def simplified(line):
    """Douglas and Peucker: the points without which the line would leave its course."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = math.hypot(bx - ax, by - ay)

    def off(point):
        if not length:
            return math.hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    at, far = max(((i, off(p)) for i, p in enumerate(line[1:-1], 1)), key=lambda pair: pair[1])
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return simplified(line[: at + 1])[:-1] + simplified(line[at:])


def arcs_of(atlas):
    """The lines of the atlas, each once, so that neighbours keep one border."""
    (kx, ky), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append(project((x * kx + tx, y * ky + ty)))
        yield simplified(line)


def ring_of(indexes, arcs):
    ring = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += line[1:] if ring else line
    return ring


def clipped(ring):
    """Sutherland and Hodgman: the part of a ring inside the window."""
    low, right, bottom = -BEYOND, (EAST - WEST) / UNIT + BEYOND, (NORTH - SOUTH) / UNIT + BEYOND
    for axis, edge, sign in ((0, low, 1), (0, right, -1), (1, low, 1), (1, bottom, -1)):
        kept = []
        for before, here in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside, was_inside = (sign * (p[axis] - edge) >= 0 for p in (here, before))
            if inside != was_inside:
                t = (edge - before[axis]) / (here[axis] - before[axis])
                kept.append(tuple(b + t * (h - b) for b, h in zip(before, here, strict=True)))
            if inside:
                kept.append(here)
        ring = kept
        if not ring:
            break
    return ring


def area(ring):
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def path(rings):
    """Rings as SVG path data in whole units, each point told from the one before it."""
    parts = []
    for ring in rings:
        points = [(round(x), round(y)) for x, y in ring]
        points = [p for i, p in enumerate(points) if p != points[i - 1]] or points[:1]
        steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in itertools.pairwise(points)]
        parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if steps else "")
    return "".join(parts).replace(" -", "-")


def middle(ring):
    """The point of a ring that lies farthest from its edge, in whole units."""

    def inside(x, y):
        hit = False
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                hit = not hit
        return hit

    def distance(x, y):
        best = math.inf
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            length = (bx - ax) ** 2 + (by - ay) ** 2
            t = 0 if not length else ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
            t = min(1, max(0, t))
            best = min(best, math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)))
        return best

    xs, ys = zip(*ring, strict=True)
    width, height = (EAST - WEST) / UNIT, (NORTH - SOUTH) / UNIT
    left, right = max(min(xs), 0), min(max(xs), width)
    top, bottom = max(min(ys), 0), min(max(ys), height)
    grid = [
        (left + (right - left) * i / 40, top + (bottom - top) * j / 40)
        for i in range(41)
        for j in range(41)
    ]
    found = [point for point in grid if inside(*point)]
    x, y = max(found, key=lambda p: distance(*p)) if found else ring[0]
    return [round(x), round(y)]


def main(atlas_path):
    atlas = json.loads(Path(atlas_path).read_text(encoding="utf-8"))
    arcs = list(arcs_of(atlas))
    with COUNTRIES.open(encoding="utf-8") as table:
        known = {row["code"] for row in csv.DictReader(table, delimiter="\t")}
    numbers = get_global("territory_aliases")
    land, countries = [], {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = "XK" if shape["properties"]["name"] == "Kosovo" else ""
        code = code or next(iter(numbers.get(shape.get("id", ""), [])), "")
        polygons = shape.get("arcs", [])
        polygons = [polygons] if shape["type"] == "Polygon" else polygons
        whole = [ring_of(ring, arcs) for polygon in polygons for ring in polygon]
        if code in known and len(whole) == 1 and len(whole[0]) < 4:  # too small for a shape
            x, y = whole[0][0]
            countries[code] = {"path": "", "at": [round(x), round(y)]}
            continue
        rings = [clipped(ring) for ring in whole]
        rings = sorted((ring for ring in rings if len(ring) > 2), key=area, reverse=True)
        if not rings:
            continue
        kept = rings[:1] + [ring for ring in rings[1:] if area(ring) >= SMALLEST]
        if code in known:
            countries[code] = {"path": path(kept), "at": middle(rings[0])}
        elif area(rings[0]) >= SMALLEST:
            land += kept
    print("missing:", sorted(known - set(countries)))
    data = {
        "width": (EAST - WEST) // UNIT,
        "height": (NORTH - SOUTH) // UNIT,
        "land": path(land),
        "countries": dict(sorted(countries.items())),
    }
    TARGET.write_text(json.dumps(data, indent=0) + "\n", encoding="utf-8")
    print(TARGET, TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
