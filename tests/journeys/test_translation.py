"""A translator brings a story into Finnish, and a second speaker approves it.

1. whose menus are in Italian, finds on the dashboard that a Portuguese story is missing in Finnish
2. sends it into Finnish, types title, result and address, and uploads the rest as a file
3. submits it: nobody can change it now, and a second speaker gets a mail in their language
4. cannot approve it, although they may approve Finnish translations of others
5. until then no reader sees anything of it: not its page, nor list, feed, sitemap, search or menu
6. the second speaker finds it on the dashboard, reads it beside its source and approves it
7. at once it is public in Finnish, and the English version leads to it
"""

import re

from playwright.sync_api import Page, expect

from tests.journeys import reviewing, translating
from tests.journeys.running import Portal, wait_until

SOURCE = "A época antes da época"
RESULT = "Formadores trabalharam no hotel"  # so begins the sentence in the source
TITLE = "Kausi ennen kautta"
SLUG = "kausi-ennen-kautta"
ENGLISH = "/en/stories/the-season-before-the-season/"
# Where readers could meet it; each of these names its address once it is public.
PLACES = (
    "/fi/stories/",
    "/fi/stories/feed/",
    "/sitemap-fi-1.xml",
    "/fi/search/?q=kausi+ennen+kautta",
    ENGLISH,
)
SECONDS = 20


def languages(page: Page) -> list[str]:
    """The versions that a page names to search engines."""
    links = page.locator("link[rel=alternate][hreflang]")
    return sorted(links.evaluate_all("links => links.map(link => link.hreflang)"))


def assert_nothing_is_public(portal: Portal, visitor: Page) -> None:
    assert [path for path in PLACES if SLUG in portal.get(path)] == []
    assert visitor.request.get(f"/fi/stories/{SLUG}/").status == 404
    visitor.goto(ENGLISH.replace("/en/", "/fi/"))
    expect(visitor.locator("html")).to_have_attribute("lang", "fi")
    expect(visitor.locator("article")).not_to_have_attribute("lang", "fi")
    expect(visitor.locator(".notice").first).to_be_visible()
    assert languages(visitor) == ["en", "it", "lv", "pt", "x-default"]


def test_translation_is_public_after_a_second_speaker_approves(
    signed_in, also, visit, portal, tmp_path
):
    also("translator", "approver", "fi")
    approver, translator, visitor = signed_in("approver"), signed_in("translator"), visit("fi")

    rows = translator.locator("#translate-section tr", has=translator.locator("td [lang=fi]"))
    expect(rows.locator("a").first).to_be_visible()
    translator.goto(f"/admin/pages/search/?q={SOURCE}")
    found = translator.get_by_role("link", name=SOURCE, exact=True).first.get_attribute("href")
    number = re.search(r"/pages/(\d+)/", found)[1]
    translator.goto(f"/admin/localize/submit/page/{number}/?select_locale=fi")
    expect(translator.locator("input[name=locales]:checked")).to_have_count(1)
    translator.locator("main form [type=submit]").last.click()
    expect(translator.locator(".messages .success")).to_contain_text(SOURCE)

    translating.type_part(translator, SOURCE, TITLE)
    words = "Kouluttajat & oppijat tekivät työvuoroja hotellissa."
    part = translating.type_part(translator, RESULT, words)
    counted = len(words.replace("&", "&amp;"))  # as the server does
    expect(part.locator("[data-count]")).to_contain_text(str(counted))
    expect(translator.locator("[data-part][data-state=untranslated]").first).to_be_visible()
    translating.type_part(translator, "a-epoca-antes-da-epoca", SLUG)
    translating.upload_the_rest(translator, tmp_path)
    ready = translator.locator("[data-part][data-state=translated]")
    expect(ready).to_have_count(translator.locator("[data-part]").count())
    assert_nothing_is_public(portal, visitor)

    translating.submit(translator)
    expect(translator.locator(".messages .success")).to_be_visible()
    expect(translator.locator("[data-part] button")).to_have_count(0)
    wait_until(lambda: portal.letters("approver", TITLE), "the mail is there", SECONDS)
    (letter,) = portal.letters("approver", TITLE)
    assert letter["Content-Language"] == "pl"
    assert portal.letters("translator", TITLE) == []

    translator.goto("/admin/")
    expect(translator.locator("#submitted-section")).to_contain_text(TITLE)
    expect(translator.locator("#waiting-section")).not_to_contain_text(TITLE)
    translator.goto(reviewing.address(letter))
    expect(translator.locator(".reviewing__changes")).to_contain_text(TITLE)
    expect(translator.locator("[name=decision]")).to_have_count(0)
    reviewing.send_approval(translator, reviewing.address(letter))
    assert_nothing_is_public(portal, visitor)

    reviewing.open_review(approver, TITLE)
    row = approver.locator(".reviewing-part--both", has_text=TITLE).first
    expect(row.locator("[lang=pt]")).to_have_text(SOURCE)
    expect(row.locator("[lang=fi]")).to_have_text(TITLE)
    reviewing.approve(approver)
    for path in PLACES:
        wait_until(lambda path=path: SLUG in portal.get(path), path, SECONDS)
    wait_until(lambda: portal.letters("translator", TITLE), "the translator hears", SECONDS)

    visitor.goto(ENGLISH)
    assert languages(visitor) == ["en", "fi", "it", "lv", "pt", "x-default"]
    visitor.locator(".languages summary").click()
    visitor.locator(".languages a[hreflang=fi]").click()
    expect(visitor).to_have_url(re.compile(f"/fi/stories/{SLUG}/$"))
    expect(visitor.locator("article")).to_have_attribute("lang", "fi")
    expect(visitor.locator("h1")).to_have_text(TITLE)
