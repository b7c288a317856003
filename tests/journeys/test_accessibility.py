"""Every page type and every screen of ours, checked by axe at two widths, without exceptions."""

import pytest

from tests.journeys.conftest import DESKTOP, PHONE, violations

PAGES = [
    "/en/",
    "/fi/",
    "/en/stories/",
    "/de/stories/?country=FI&language=de&language=en",
    "/en/stories/?country=FI&field=09",
    "/en/stories/three-real-orders-in-one-term/",
    "/lt/stories/never-alone-on-the-night-shift/",
    "/en/about/",
    "/pl/privacy/",
    "/en/search/?q=orders",
    "/en/search/?q=zzzz",
    "/en/nothing-here/",
]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_have_no_violation_and_never_scroll_sideways(visit, viewport, scheme):
    page = visit("en", viewport, color_scheme=scheme, bypass_csp=True)
    found = {}
    for path in PAGES:
        page.goto(path)
        if problems := violations(page):
            found[path] = problems
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], path
    assert found == {}
