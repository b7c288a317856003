"""Everything is reached with the keyboard alone, and it is always seen where one is.

1. a visitor jumps over the menus to the content, and goes on from there
2. opens the list of languages, closes it with Escape, opens it again and takes another language
3. opens the stories, ticks a country and applies it; stands at the sentence that says what is shown
4. orders the list with the arrows, takes the country back, searches, and opens what was found
5. on a narrow window opens and closes the menu and the filters
6. a reviewer goes from the dashboard to a story that waits, writes a comment and approves it
"""

import re

from playwright.sync_api import expect

from tests.journeys import reviewing, writing
from tests.journeys.conftest import PHONE
from tests.journeys.keyboard import follow, go, press, stop


def test_visitor_reads_and_chooses_without_a_mouse(visit):
    page = visit("en")
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert "#main" in stop(page)["what"]
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert stop(page)["what"]
    expect(page.locator("#main :focus")).to_have_count(1)

    languages, button = page.locator(".languages"), page.locator(".languages summary")
    go(page, button, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(languages).to_have_attribute("open", "")
    go(page, languages.locator("a[hreflang=fi]").first)
    page.keyboard.press("Escape")
    expect(languages).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    assert stop(page)["what"]
    page.keyboard.press("Space")
    follow(page, languages.locator("a[hreflang=lv]").first)
    expect(page.locator("html")).to_have_attribute("lang", "lv")

    follow(page, page.locator(".sections a[href='/lv/stories/']"))
    expect(page).to_have_url(re.compile("/lv/stories/$"))
    rows, said = page.locator(".rows > li"), page.locator("#summary")
    everything = rows.count()
    press(page, page.locator("input[name=country][value=LV]"), "Space")
    expect(page).to_have_url(re.compile("country=LV"))  # a choice is applied at once
    press(page, page.locator("#filters button[type=submit]"))
    expect(page).to_have_url(re.compile("country=LV"))
    expect(rows).not_to_have_count(everything)
    expect(rows).not_to_have_count(0)
    expect(said).to_be_focused()
    assert stop(page)["what"]

    go(page, page.locator("#sort"))
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("sort=oldest"))
    expect(page.locator("#sort")).to_be_focused()
    press(page, page.locator(".order-submit"))
    expect(said).to_be_focused()
    follow(page, page.locator(".chips a").first)
    expect(rows).to_have_count(everything)
    assert "country" not in page.url

    go(page, page.locator("input[name=q]"))
    page.keyboard.type("stundas")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/lv/search/\?q=stundas"))
    follow(page, page.locator(".rows a").first)
    expect(page.locator("article h1")).to_be_visible()


def test_visitor_with_a_narrow_window_opens_menu_and_filters_without_a_mouse(visit):
    page = visit("de", PHONE)
    page.goto("/de/")
    menu, button = page.locator(".menu"), page.locator(".menu > summary")
    press(page, button, "Space")
    go(page, menu.locator("a").first)
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    follow(page, menu.locator("a[href='/de/stories/']"))
    press(page, page.locator(".facets > summary"))
    press(page, page.locator("input[name=country][value=FI]"), "Space")
    press(page, page.locator("#filters button[type=submit]"))
    expect(page).to_have_url(re.compile("country=FI"))
    expect(page.locator("#summary")).to_be_focused()
    assert stop(page)["what"]


def test_reviewer_approves_without_a_mouse(signed_in, portal):
    title = "Benches for the ferry"
    slug = writing.submitted_copy(signed_in("editor"), title)
    page = signed_in("reviewer")
    follow(page, page.locator("#waiting-section td.title a", has_text=title).first)
    expect(page.locator("h1")).to_contain_text(title)
    go(page, page.locator("#id_approve-comment"))
    page.keyboard.type("Counted twice.")
    follow(page, page.locator(reviewing.APPROVE))
    expect(page.locator(".messages .success")).to_contain_text(title)
    assert title in portal.get(f"/en/stories/{slug}/")
