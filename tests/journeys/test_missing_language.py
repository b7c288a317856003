"""A reader meets a story that does not exist in their language.

1. a reader with Lithuanian menus opens a story that exists in English and Italian only
2. the menus stay Lithuanian, one line says so and names the languages there are
3. the content is marked with its own language; canonical and alternates name what exists
4. the reader chooses the other language
5. a wrong address leads on
"""

from playwright.sync_api import expect

STORY = "/lt/stories/never-alone-on-the-night-shift/"


def test_reader_is_told_honestly_and_can_choose(visit):
    page = visit("lt")
    page.goto(STORY)
    expect(page.locator("html")).to_have_attribute("lang", "lt")
    expect(page.locator("article")).to_have_attribute("lang", "en")
    notice = page.locator(".notice").first
    expect(notice).to_contain_text("Italiano")
    assert (
        page.locator("link[rel=canonical]")
        .get_attribute("href")
        .endswith("/en/stories/never-alone-on-the-night-shift/")
    )
    alternates = page.locator("link[rel=alternate][hreflang]").evaluate_all(
        "links => links.map(link => link.hreflang)"
    )
    assert sorted(alternates) == ["en", "it", "x-default"]
    notice.locator("a", has_text="Italiano").click()
    expect(page.locator("article")).to_have_attribute("lang", "it")


def test_wrong_address_leads_on(visit):
    page = visit("lt")
    answer = page.goto("/lt/stories/nothing-here/")
    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", "lt")
    assert page.locator("main a[href^='/lt/']").count() >= 2
