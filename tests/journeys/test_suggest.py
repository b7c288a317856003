"""A visitor types, and the portal offers titles that begin so.

1. types the beginnings of two words, goes to the title that is offered with the arrow, and opens it
2. closes the list with Escape, keeps the words, and searches for them with Enter
3. on a phone, on the page of the search, taps what is offered
4. without JavaScript finds a plain field that searches
"""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, violations
from tests.journeys.keyboard import go, stop

STORY = re.compile("/en/stories/three-real-orders")


def test_visitor_opens_a_title_with_the_keyboard(visit):
    page = visit("en")
    page.goto("/en/stories/")
    field, heading = page.locator("#search-header"), page.locator("h1")
    options = page.locator("#search-header-suggestions").get_by_role("option")
    place = heading.bounding_box()
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")

    go(page, field)
    page.keyboard.type("three re")
    expect(options).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    assert heading.bounding_box() == place
    page.keyboard.press("ArrowDown")
    expect(options).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.get_attribute("id")
    expect(field).to_be_focused()
    assert stop(page)["what"]
    page.keyboard.press("Home")
    expect(options).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Escape")
    expect(options).to_be_hidden()
    expect(field).to_have_value("three re")
    expect(field).to_have_attribute("aria-expanded", "false")

    page.keyboard.press("ArrowUp")
    expect(options).to_have_attribute("aria-selected", "true")
    with page.expect_navigation(url=STORY):
        page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_be_visible()


def test_visitor_searches_for_what_was_typed(visit):
    page = visit("en")
    page.goto("/en/")
    field = page.locator("#search-hero")
    go(page, field)
    page.keyboard.type("three re")
    expect(page.locator("#search-hero-suggestions").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    with page.expect_navigation(url=re.compile(r"/en/search/\?q=three\+re")):
        page.keyboard.press("Enter")


def test_visitor_with_a_phone_taps_a_title(visit):
    page = visit("en", PHONE, has_touch=True, bypass_csp=True)
    page.goto("/en/search/")
    page.locator("#search-page").tap()
    page.keyboard.type("THREE réal")
    option = page.get_by_role("option")
    expect(option).to_have_count(1)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.keyboard.press("ArrowDown")
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_navigation(url=STORY):
        option.tap()


def test_field_is_plain_without_javascript(visit):
    page = visit("en", java_script_enabled=False)
    page.goto("/en/stories/")
    field = page.locator("#search-header")
    expect(field).to_have_role("searchbox")
    field.fill("three real orders")
    expect(page.get_by_role("listbox")).to_have_count(0)
    field.press("Enter")
    expect(page.locator(".rows a[href*='three-real-orders']").first).to_be_visible()
