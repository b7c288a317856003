"""A visitor reads in their own language.

1. opens the portal and is sent to the home page in the language of their browser
2. opens the stories, narrows them down, takes the choice back
3. searches with a form of a word that stands in no story
4. opens a story, changes the language and stays on the same story
"""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.running import wait_until


def test_visitor_finds_a_story_and_changes_its_language(visit, portal):
    page = visit("lv")
    answer = page.goto("/")
    assert page.url.endswith("/lv/")
    assert "Accept-Language" in answer.request.redirected_from.response().headers["vary"]
    expect(page.locator("html")).to_have_attribute("lang", "lv")

    page.locator(".sections a[href='/lv/stories/']").click()
    rows = page.locator(".rows > li")
    everything = rows.count()
    assert everything >= 3
    page.locator("input[name=country][value=LV]").check()
    page.locator("#filters button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"country=LV"))
    expect(rows).not_to_have_count(everything)
    expect(rows).not_to_have_count(0)
    page.locator(".chips a").first.click()
    expect(rows).to_have_count(everything)

    # Its dictionary is built by the periodic work when the portal is new.
    words = "/lv/search/?q=kastītēm"
    wait_until(lambda: "tris-isti" in portal.get(words), "an inflected word is found", 90)
    page.locator("input[name=q]").first.fill("kastītēm")
    page.keyboard.press("Enter")
    page.locator(".rows a[href*='tris-isti']").click()

    title = page.locator("h1").inner_text()
    page.locator(".languages summary").click()
    page.locator(".languages a[hreflang=fi]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fi")
    expect(page.locator("h1")).not_to_have_text(title)
    assert "/fi/stories/kolme-oikeaa-tilausta" in page.url
    assert page.context.cookies() == []


ONE_ROW = """() => {
  const tops = [...document.querySelectorAll(".sections li")].map((one) => one.offsetTop);
  return document.documentElement.scrollWidth <= innerWidth && new Set(tops).size === 1;
}"""


def test_sections_never_take_two_rows_in_any_language(visit, settings):
    """On a tablet, and as soon as there is room for them beside each other."""
    page = visit("en")
    for code in settings.INTERFACE_LANGUAGES:
        page.goto(f"/{code}/stories/")
        for width in (768, 960):
            page.set_viewport_size({"width": width, "height": 600})
            assert page.evaluate(ONE_ROW), (code, width)
        expect(page.locator(".sections")).to_be_visible()


def test_visitor_with_a_phone_opens_menu_and_filters(visit):
    page = visit("de", PHONE)
    page.goto("/de/")
    page.locator(".menu summary").click()
    page.locator(".menu a[href='/de/stories/']").click()
    page.locator(".facets summary").first.click()
    page.locator("input[name=country][value=FI]").check()
    page.locator("#filters button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"country=FI"))
    expect(page.locator(".chips a")).not_to_have_count(0)


def test_listing_works_without_javascript(visit):
    page = visit("en", java_script_enabled=False)
    page.goto("/en/stories/")
    everything = page.locator(".rows > li").count()
    page.locator("input[name=country][value=LV]").check()
    page.locator("#filters button[type=submit]").first.click()
    assert "country=LV" in page.url
    assert 0 < page.locator(".rows > li").count() < everything
