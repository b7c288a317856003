"""The map of Europe: every country of the vocabulary, numbers that do not cover each other."""

import math
import re

import vocabularies
from core.map import RADIUS, Mark, europe, marks, outlines


def test_every_country_of_the_vocabulary_has_its_point_on_the_map():
    data = outlines()
    assert set(vocabularies.get("country").codes) == set(data["countries"])
    for country in data["countries"].values():
        x, y = country["at"]
        assert 0 <= x <= data["width"]
        assert 0 <= y <= data["height"]
        assert re.fullmatch(r"[MLlz\d\s-]*", country["path"])


def test_countries_with_items_are_filled_and_numbers_stand_apart():
    small = ["BE", "NL", "LU", "LI", "CH", "SM", "VA", "MT", "AD", "MC"]
    drawing = europe([Mark(code, code, 2, f"?country={code}") for code in small])
    assert [shape.country for shape in drawing.shapes if shape.filled] == sorted(
        code for code in small if outlines()["countries"][code]["path"]
    )
    for position, pin in enumerate(drawing.pins):
        assert 0 < pin.x < drawing.width
        for other in drawing.pins[position + 1 :]:
            assert math.dist((pin.x, pin.y), (other.x, other.y)) >= 2 * RADIUS - 2


def test_a_country_beyond_the_map_and_two_places_of_one_country_break_nothing():
    places = [
        {"code": "LV", "label": "Latvia", "count": 2, "url": "?a"},
        {"code": "LV", "label": "Latvia", "count": 1, "url": "?b"},
        {"code": "US", "label": "United States", "count": 1, "url": "?c"},
    ]
    assert [pin.mark for pin in europe(marks(places)).pins] == [Mark("LV", "Latvia", 3, "?a")]
