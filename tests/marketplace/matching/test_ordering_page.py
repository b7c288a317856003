"""The page that explains the order says what the code does, in every language of the interface."""

import re

import pytest
from django.conf import settings

from core import markdown
from marketplace.matching import CONDITIONS, WEIGHTS
from marketplace.matching_words import REASONS

FOLDER = settings.BASE_DIR / "home" / "content" / "ordering"


@pytest.mark.parametrize("code", settings.INTERFACE_LANGUAGES)
def test_every_condition_and_every_factor_with_its_points_is_named(code):
    _head, body = markdown.read(FOLDER / f"{code}.md")
    parts = [re.findall(r"^- .+$", text, re.MULTILINE) for _title, text in markdown.sections(body)]
    conditions, factors = (lines for lines in parts if lines)
    assert len(conditions) == len(CONDITIONS)
    points = [int(re.search(r": (\d+) \S+$", line)[1]) for line in factors]
    assert points == list(WEIGHTS.values())


def test_every_factor_has_words():
    assert set(WEIGHTS) <= set(REASONS)
