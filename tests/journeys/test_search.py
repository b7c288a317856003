"""A visitor searches and narrows what was found.

1. with the keyboard alone: lets titles be offered and searches for the words instead, ticks a kind,
   orders by date, goes to the second page and back by a chip, and reaches the feed
2. with a phone and without JavaScript: opens the filters, ticks a kind, orders, turns the page; finds
   nothing with one filter more, and is led to a related term that finds something
"""

import re
from xml.etree import ElementTree

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.keyboard import choose, follow, go, stop, tick

ATOM = "{http://www.w3.org/2005/Atom}"


def test_visitor_searches_and_narrows_with_the_keyboard_alone(visit):
    page = visit("en")
    page.goto("/en/search/")
    go(page, page.locator("#search-page"))
    page.keyboard.type("work")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    said, rows = page.locator("#summary"), page.locator(".rows").first.locator("> li")
    everything = said.inner_text()

    tick(page, page.locator("input[name=kind][value=method]"))
    expect(page).to_have_url(re.compile("kind=method"))
    expect(page.locator("input[name=kind][value=method]")).to_be_focused()
    tick(page, page.locator("input[name=kind][value=sheet]"))
    expect(page).to_have_url(re.compile("kind=method&kind=sheet"))
    expect(said).not_to_have_text(everything)
    expect(page.locator(".chips a.chip")).to_have_count(2)

    choose(page, page.locator("#sort"), "newest")
    expect(page).to_have_url(re.compile("sort=newest"))
    follow(page, page.locator(".chips a.chip").last)
    expect(page).to_have_url(re.compile(r"\?q=work&kind=method&sort=newest$"))
    follow(page, page.get_by_role("link", name="Clear all"))
    expect(said).to_have_text(everything)

    first = rows.first.inner_text()
    follow(page, page.locator("nav a[href*='page=2']").first)
    expect(rows.first).not_to_have_text(first)
    feed = page.locator("main a[href*='/search/feed/']")
    go(page, feed)
    assert stop(page, feed)["here"]
    answer = page.request.get(feed.get_attribute("href"))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert ElementTree.fromstring(answer.text()).find(f"{ATOM}entry/{ATOM}link") is not None


def test_visitor_with_a_phone_searches_and_narrows_without_javascript(visit):
    page = visit("en", PHONE, java_script_enabled=False)
    page.goto("/en/search/")
    page.fill("#search-page", "work")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.press("#search-page", "Enter")
    rows = page.locator(".rows").first.locator("> li")
    expect(rows).to_have_count(10)
    page.locator("nav a[href*='page=2']").first.click()
    expect(page).to_have_url(re.compile("page=2"))

    page.locator(".facets > summary").click()
    page.locator("input[name=kind][value=method]").check()
    page.locator("#filters button[type=submit]").click()
    expect(page).to_have_url(re.compile("kind=method"))
    page.select_option("#sort", "newest")
    page.locator(".order-submit").click()
    expect(page).to_have_url(re.compile("kind=method.*sort=newest"))
    expect(page.locator(".chips a.chip")).to_have_count(1)

    page.fill("#search-page", "tirocinio")
    page.press("#search-page", "Enter")
    expect(page.locator(".empty")).to_be_visible()
    page.get_by_role("link", name="Traineeship", exact=True).click()
    expect(rows.first).to_be_visible()
