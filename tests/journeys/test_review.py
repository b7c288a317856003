"""A reviewer reads what waits, and decides.

1. whose language is Lithuanian, waits for work
2. an editor submits a new story: a mail in Lithuanian names it and leads to it
3. the dashboard shows since when it waits; the reviewer reads it as a page and approves
4. at once it is on its page, in the list, the feed, the sitemap and the search
"""

import re
import time

from playwright.sync_api import expect

from tests.journeys import writing
from tests.journeys.running import wait_until

AT_ONCE = 2  # seconds, as promised to editors
APPROVE = "button[name=decision][value=approve]"
RETURN = "button[name=decision][value=return]"


def open_review(page, title: str) -> None:
    """From the dashboard to the review of a text."""
    page.goto("/admin/")
    page.locator("#waiting-section td.title a", has_text=title).first.click()
    expect(page.locator("h1")).to_contain_text(title)


def test_story_is_approved_and_public_at_once(signed_in, portal):
    reviewer = signed_in("reviewer")
    title = "Soup for the harbour watch"
    slug = writing.submitted_copy(signed_in("editor"), title)
    places = {
        f"/en/stories/{slug}/": title,
        "/en/stories/": slug,
        "/en/stories/feed/": slug,
        "/sitemap-en-1.xml": slug,
        "/en/search/?q=soup+harbour+watch": slug,
    }
    assert not any(slug in portal.get(path) for path in [*places][1:])

    wait_until(lambda: portal.letters("reviewer", title), "the mail is there", 20)
    (letter,) = portal.letters("reviewer", title)
    plain, html = (
        letter.get_body(("plain",)).get_content(),
        letter.get_body(("html",)).get_content(),
    )
    assert letter["Content-Language"] == "lt"
    assert "Laukia jūsų peržiūros" in letter["Subject"]
    assert '<html lang="lt"' in html
    assert re.search(r"/admin/review/\d+/", plain)
    assert re.search(r"/admin/review/\d+/", html)

    reviewer.goto("/admin/")
    row = reviewer.locator("#waiting-section tr", has_text=title)
    expect(row.locator("time")).to_have_attribute("datetime", re.compile(r"^\d{4}-\d\d-\d\dT"))
    expect(row).to_contain_text("Editor")
    open_review(reviewer, title)
    expect(reviewer.frame_locator(".editorial-preview").locator("h1")).to_have_text(title)
    with reviewer.expect_response(lambda answer: answer.request.method == "POST") as answer:
        reviewer.locator(APPROVE).click()
    assert answer.value.status == 302
    approved = time.monotonic()
    took = {}
    for path, words in places.items():
        wait_until(lambda path=path, words=words: words in portal.get(path), path, 20)
        took[path] = round(time.monotonic() - approved, 2)
    assert max(took.values()) <= AT_ONCE, took
    wait_until(lambda: portal.letters("editor", title), "the editor gets a mail", 20)
