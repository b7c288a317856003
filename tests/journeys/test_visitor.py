"""A visitor reads in their own language.

1. opens the portal and is sent to the home page in the language of their browser
2. opens the stories, narrows them down, takes the choice back
3. searches with an inflected word
4. opens a story, changes the language and stays on the same story
"""

import re

from playwright.sync_api import expect


def test_visitor_finds_a_story_and_changes_its_language(visit):
    page = visit("lv")
    page.goto("/")
    assert page.url.endswith("/lv/")
    assert page.context.cookies() == []
    expect(page.locator("html")).to_have_attribute("lang", "lv")

    page.locator("nav a[href='/lv/stories/']").first.click()
    rows = page.locator(".rows > li")
    everything = rows.count()
    assert everything >= 3
    page.locator("input[name=country][value=LV]").check()
    page.locator("#filters button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"country=LV"))
    expect(rows).to_have_count(1)
    page.locator(".chips a").first.click()
    expect(rows).to_have_count(everything)

    page.goto("/lv/search/?q=uzņēmumiem")
    assert page.locator(".rows > li").count() >= 1

    page.goto("/lv/stories/")
    page.locator(".rows a[href*='tris-isti']").click()
    title = page.locator("h1").inner_text()
    page.locator(".language-menu summary, .language summary").first.click()
    page.locator("a[hreflang=fi], a[lang=fi]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "fi")
    assert page.locator("h1").inner_text() != title
    assert page.context.cookies() == []


def test_listing_works_without_javascript(visit):
    page = visit("en", java_script_enabled=False)
    page.goto("/en/stories/")
    everything = page.locator(".rows > li").count()
    page.goto("/en/stories/?country=LV")
    assert 0 < page.locator(".rows > li").count() < everything
