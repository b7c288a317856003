"""Every page of the marketplace, checked by axe in a narrow window, as those who open it.

The journeys of deals and of writing ask the same at a desk, while forms are open or refused.
"""

import pytest

from tests.journeys import market
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.trading import Person

pytestmark = pytest.mark.accessibility


def test_pages_of_the_marketplace_have_no_violation_and_never_scroll_sideways(visit, portal):
    found = {}
    for who, paths in market.load(portal).items():
        page = visit("en", PHONE)
        if who != "visitor":
            page.goto(paths[0])
            Person(page, "", who).sign_in()
            page.wait_for_url(f"**{paths[0]}")
        for path in paths:
            answer = page.goto(path)
            assert (answer.status, page.url.endswith(path)) == (200, True), (who, path)
            if problems := violations(page):
                found[who, path] = problems
            for viewport in (DESKTOP, PHONE):
                page.set_viewport_size(viewport)
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= viewport["width"], (who, path)
    assert found == {}
