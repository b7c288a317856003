"""A reviewer reads what waits, and decides.

1. whose language is Lithuanian, waits for work
2. an editor submits a new story: a mail in Lithuanian names it and leads to it
3. the dashboard shows since when it waits; the reviewer reads it as a page and approves
4. at once it is on its page, in the list, the feed, the sitemap and the search

A story comes back.

1. the reviewer returns a story; without a word why, the portal asks for one
2. the editor gets a mail in Finnish with the comment, and finds it on the dashboard and at the text
3. changes the sentence and submits it again; a second mail calls the reviewer
4. who sees what changed since it was returned, and approves: the changed story is public

Nobody approves their own change.

1. an administrator who is a reviewer too writes a story and submits it
2. sees the stories of others among what waits, not this one; no screen offers to decide about it
3. sends the approval all the same, to the screen's address and to Wagtail's own: nothing is public
4. the same request from another reviewer publishes it
"""

import re
import time

from playwright.sync_api import expect

from tests.journeys import reviewing, writing
from tests.journeys.running import Portal, wait_until

AT_ONCE = 2  # seconds, as promised to editors
SECONDS = 20  # for what a worker does on a busy machine
IN_REVIEW = "From sawdust to briquettes"  # a story of the demonstration


def told(portal: Portal, path: str, words: str, promised: float) -> bool:
    """Whether a page says the words to who asks at the promised time; slow answers do not count."""
    while True:
        asked = time.monotonic()
        if words in portal.get(path):
            return True
        if asked >= promised:
            return False


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

    wait_until(lambda: portal.letters("reviewer", title), "the mail is there", SECONDS)
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
    reviewing.open_review(reviewer, title)
    expect(reviewer.frame_locator(".editorial-preview").locator("h1")).to_have_text(title)
    reviewing.approve(reviewer)
    promised = time.monotonic() + AT_ONCE
    late = [path for path, words in places.items() if not told(portal, path, words, promised)]
    assert late == []
    wait_until(lambda: portal.letters("editor", title), "the editor gets a mail", SECONDS)


def test_returned_story_is_changed_and_approved(signed_in, portal):
    title, comment = "Lanterns for the tow path", "Who counted, and when?"
    changed = "Learners repaired 40 lanterns. The lock keeper counted them in May."
    editor, reviewer = signed_in("editor"), signed_in("reviewer")
    slug = writing.submitted_copy(editor, title)
    reviewing.open_review(reviewer, title)
    reviewer.locator(reviewing.RETURN).click()
    expect(reviewer.locator(".editorial-decide .error-message")).to_be_visible()
    reviewing.return_(reviewer, comment)

    wait_until(lambda: portal.letters("editor", title), "the author's mail is there", SECONDS)
    (letter,) = portal.letters("editor", title)
    assert letter["Content-Language"] == "fi"
    assert all(comment in letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    editor.goto("/admin/")
    row = editor.locator("#returned-section tr", has_text=title)
    expect(row.locator(".editorial-comment")).to_have_text(comment)
    row.locator("a").first.click()
    expect(editor.locator(".messages .warning")).to_contain_text(comment)
    editor.fill("#id_result", changed)
    writing.submit(editor)
    wait_until(lambda: len(portal.letters("reviewer", title)) == 2, "a second mail", SECONDS)

    reviewing.open_review(reviewer, title)
    changes = reviewer.locator(".editorial-changes > section")
    expect(changes).to_have_count(1)
    expect(changes.locator("ins").first).to_be_visible()
    expect(changes.locator("del").first).to_be_visible()
    expect(changes).to_contain_text("The lock keeper counted them in May.")
    reviewing.approve(reviewer)
    assert changed in portal.get(f"/en/stories/{slug}/")


def test_nobody_approves_their_own_change(signed_in, also, visit, portal):
    also("admin", "reviewer", "en")
    title = "Own bread is never weighed"
    admin, reviewer, visitor = signed_in("admin"), signed_in("reviewer"), visit()
    slug = writing.submitted_copy(admin, title)
    wait_until(lambda: portal.letters("reviewer", title), "the mail is there", SECONDS)
    review = reviewing.address(portal.letters("reviewer", title)[0])
    story = f"/en/stories/{slug}/"

    reviewing.open_review(admin, IN_REVIEW)
    expect(admin.locator(reviewing.APPROVE)).to_be_visible()
    admin.goto("/admin/")
    expect(admin.locator("#waiting-section")).not_to_contain_text(title)
    row = admin.locator("#submitted-section tr", has_text=title)
    row.locator("a").first.click()
    expect(admin.locator("#id_slug")).to_have_value(slug)
    expect(admin.locator(f"a[href='{review}']")).to_have_count(0)
    page = admin.url.split("/")[-3]
    admin.goto(review)
    expect(admin.locator("h1")).to_contain_text(title)
    expect(admin.locator("[name=decision]")).to_have_count(0)

    number = review.split("/")[-2]
    for path in (review, f"/admin/pages/workflow/action/{page}/approve/{number}/"):
        reviewing.send_approval(admin, path)
        assert visitor.request.get(story).status == 404, path
    assert reviewing.send_approval(reviewer, review).ok
    assert title in portal.get(story)
