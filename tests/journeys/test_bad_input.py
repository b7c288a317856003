"""What people do in a hurry, and what strangers try, breaks nothing and loses nothing.

A double click.

1. an editor double-clicks on what submits a story: it waits once, one mail calls the reviewer
2. the reviewer double-clicks on what approves it: it is public once, one mail tells the editor

Two people at one story.

1. an administrator and an editor have the same draft open; the administrator's words are saved
2. the editor, whose line is slow, submits before the browser has noticed: the portal names the
   administrator, what was typed stands in the form, and nothing waits for review
3. from then on saving pauses, and submitting asks first
4. the editor looks at the newer version in a second window, and closes the question: nothing is lost
5. submits again and answers yes: now the editor's words wait for review

A stranger writes addresses by hand: every answer is a page that leads on.
"""

import http.client
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.journeys import reviewing, writing
from tests.journeys.conftest import PATIENCE
from tests.journeys.running import Portal, wait_until

SECONDS = 20
QUESTION = "#w-save-confirmation-dialog .w-dialog__content"
PAUSED = ".w-autosave-indicator__state--paused"
SAVED = ".w-autosave-indicator__state--saved"

HUGE = "9" * 20
ADDRESSES = [
    "/?%",
    "/en/?=&&;=%&%zz",
    "/xx/stories/",
    "/en/stories/%00/",
    *(
        f"/en/{section}"
        for query in (
            *(f"page={page}" for page in (HUGE, "-1", "0", "1e9", "%00", "%ff", "%D9%A1", "")),
            *(f"language={code}" for code in ("xx", "EN", "%ff", "..%2F", "")),
            "sort=__class__&sort=title",
            "country=XX&country=%27%20OR%201%3D1--&country=%ff&sector=%F0%9F%92%A9",
            f"eqf_level={HUGE}&eqf_level=-1&field=%00",
            "read=%ff&read=xx",
            "kind=__proto__",
        )
        for section in (f"stories/?{query}", f"search/?q=orders&{query}")
    ),
    "/en/stories/feed/?page=%ff",
    "/en/stories/never-alone-on-the-night-shift/?read=%ff",
    "/en/search/?q=%ff%fe%fd",
    "/en/search/?q=%22%28%2A%20AND%20NEAR%2F0%20NOT%20%5E%3A%2D",
    "/en/search/?q=%ED%A0%80%F0%9F%92%A9%E2%80%AE%0b",
    "/en/search/?q=" + quote("ä ") * 800,
    "/en/search/?q=" + "a" * 60_000,
    f"/documents/{HUGE}/a/",
]
# A portal for development explains these to whoever develops it, without a link.
EXPLAINED = [
    "/en-GB/stories/",
    "/en/stories/%ff/",
    "/en/stories/%2e%2e/%2e%2e/admin/",
    "/sitemap-xx-1.xml",
    "/sitemap-en-0.xml",
    "/media/..%2f..%2fportal.sqlite3",
    "/en/search/?q=" + "a" * 100_000,
]


def ask(portal: Portal, address: str) -> tuple[int, str, str]:
    """Status, kind and text of the answer to an address that is sent as it stands."""
    connection = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=20)
    connection.request("GET", address, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, answer.headers.get("Content-Type", ""), text


def test_hostile_addresses_are_answered_with_a_page_that_leads_on(portal):
    wrong = {}
    for address in ADDRESSES:
        status, kind, text = ask(portal, address)
        leads_on = 300 < status < 400 or not kind.startswith("text/html") or '<a class="' in text
        if status >= 500 or not leads_on:
            wrong[address[:120]] = (status, kind, text[:200])
    refused = {address[:120]: ask(portal, address)[0] for address in EXPLAINED}
    assert wrong == {}
    assert set(refused.values()) <= {400, 404, 414}, refused


def test_double_clicks_have_one_outcome(signed_in, portal):
    title = "Kites for the weather station"
    editor, reviewer = signed_in("editor"), signed_in("reviewer")
    slug = writing.copied_draft(editor, title)
    writing.submit_button(editor).dblclick()  # the first of two requests is given up by the browser
    expect(editor.locator(".messages li").first).to_be_visible()
    editor.goto("/admin/")
    expect(editor.locator("#submitted-section td.title", has_text=title)).to_have_count(1)
    wait_until(lambda: portal.letters("reviewer", title), "the reviewer is called", SECONDS)

    reviewing.open_review(reviewer, title)
    reviewer.locator(reviewing.APPROVE).dblclick()
    expect(reviewer.locator(".messages li").first).to_be_visible()
    reviewer.goto("/admin/")
    expect(reviewer.locator("#waiting-section")).not_to_contain_text(title)
    assert portal.get("/en/stories/feed/").count(f"/en/stories/{slug}/") == 1
    wait_until(lambda: portal.outbox() == 0, "nothing is left to do", SECONDS)
    assert len(portal.letters("reviewer", title)) == 1
    assert len(portal.letters("editor", title)) == 1


def open_form(page: Page, address: str) -> None:
    """Opens a draft, and waits until the form looks for changes."""
    page.add_init_script(writing.WATCH)
    page.goto(address)
    expect(page.locator("html[data-watched]")).to_be_attached()


def slow_line(page: Page) -> None:
    """Until the form is sent, nothing that the page asks by itself gets an answer."""
    sent = []

    def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            sent.extend([route.request.method] if route.request.method == "POST" else [])
        elif not sent:
            return
        route.continue_()

    for address in ("**/admin/pages/**", "**/editing-sessions/ping/**"):
        page.route(address, answer)


TYPE_AND_SUBMIT = """own => {
  document.querySelector("#id_result").value = own;
  document.querySelector("button[name=action-submit]").click();
}"""


def test_newer_words_of_another_are_replaced_only_after_a_question(signed_in, portal):
    title = "Soap for the swimming hall"
    own, newer = "Words of the person who came later.", "Words of the person who came first."
    editor, admin = signed_in("editor"), signed_in("admin")
    writing.copied_draft(editor, title)
    address = editor.url
    slow_line(editor)
    open_form(editor, address)
    open_form(admin, address)
    admin.fill("#id_result", newer)
    expect(admin.locator(SAVED)).to_be_visible()

    expect(writing.submit_button(editor)).to_be_visible()
    with editor.expect_navigation(timeout=PATIENCE):
        editor.evaluate(TYPE_AND_SUBMIT, own)
    expect(editor.locator(".messages .error")).to_contain_text("Admin")
    expect(editor.locator("#id_result")).to_have_value(own)
    admin.goto(address)
    expect(admin.locator("#id_result")).to_have_value(newer)
    expect(writing.submit_button(admin)).to_be_visible()

    expect(editor.locator(PAUSED)).to_be_visible()
    writing.submit_button(editor).click()
    question = editor.locator(QUESTION)
    expect(question).to_contain_text("Admin")
    with editor.expect_popup() as popup:
        question.locator("a[target=_blank]").click()
    expect(popup.value.locator("#id_result")).to_have_value(newer)
    popup.value.close()
    editor.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(editor.locator("#id_result")).to_have_value(own)

    writing.submit_button(editor).click()
    with editor.expect_navigation():
        question.locator("button[data-w-dialog-target=confirm]").click()
    expect(editor.locator(".messages .success")).to_contain_text(title)
    admin.goto(address)
    expect(admin.locator("#id_result")).to_have_value(own)
    expect(admin.locator("button[name=action-submit]")).to_have_count(0)
