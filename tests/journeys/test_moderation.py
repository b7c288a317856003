"""A reader reports a text; a moderator with a keyboard alone gives reasons; the author appeals.

1. a reader opens the form at the end of a story, says what is wrong and gets a mail with a number
2. the moderator finds the notice on the first page of the admin, reads it, and takes the text off,
   with the facts and the rule
3. the author gets the reasons by mail, opens the link without signing in, and appeals
4. the moderator cannot decide about that; another person, the administrator, puts the text back
5. both the author and the reader get the outcome

Nobody uses a mouse. The reader and the author have a narrow window.
"""

import re

from playwright.sync_api import Page, expect

from tests.journeys import keyboard, reviewing, writing
from tests.journeys.conftest import PHONE, violations
from tests.journeys.running import wait_until

TITLE = "Shelves for the night train"
FACTS = "Der Text nennt den Namen einer Lernenden."


def link_of(message) -> str:
    """The address of the case in a mail, without the portal's own."""
    text = message.get_body(("plain",)).get_content()
    return re.search(r"/[a-z]{2}/report/case/\S+", text)[0]


def pick(page: Page, name: str, value: str) -> None:
    """Chooses one of several buttons: Tab leads to the first of them, arrows to the others."""
    first = page.locator(f"[name={name}]").first
    wanted = page.locator(f"[name={name}][value={value}]")
    keyboard.press(page, first, "Space")
    for _number in range(page.locator(f"[name={name}]").count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()


def decide(page: Page, action: str, facts: str) -> None:
    """Fills in the decision from top to bottom and sends it."""
    pick(page, "action", action)
    if action != "none":
        keyboard.go(page, page.locator("[name=ground]"))
        page.keyboard.press("ArrowDown")
        expect(page.locator("[name=ground]")).to_have_value("law")
        keyboard.write(page, page.locator("[name=rule]"), "DSGVO, Artikel 6")
    keyboard.write(page, page.locator("[name=facts]"), facts)
    keyboard.follow(page, page.locator(".moderation-form button[type=submit]"))


def test_a_notice_is_decided_with_reasons_and_an_appeal_by_another_person(visit, signed_in, portal):
    slug = writing.submitted_copy(signed_in("editor"), TITLE)
    reviewer = signed_in("reviewer")
    reviewing.open_review(reviewer, TITLE)
    reviewing.approve(reviewer)

    reader = visit("lt", PHONE, java_script_enabled=False)
    reader.goto(f"/lt/stories/{slug}/")
    keyboard.follow(reader, reader.locator("a[href*='/report/notice/']"))
    pick(reader, "reason", "personal")
    keyboard.write(reader, reader.locator("[name=text]"), "Čia yra mokinės vardas.")
    keyboard.write(reader, reader.locator("[name=name]"), "Skaitytoja")
    keyboard.write(reader, reader.locator("[name=email]"), "reader@example.org")
    keyboard.tick(reader, reader.locator("[name=good_faith]"))
    keyboard.follow(reader, reader.locator("main button[type=submit]"))
    expect(reader.locator("h1")).to_be_visible()
    wait_until(lambda: len(letters(portal, "reader")) == 1, "the receipt is there", 30)

    page = signed_in("moderator")
    keyboard.follow(page, page.locator("#reported-section a", has_text=TITLE))
    expect(page.locator("blockquote").first).to_contain_text("Čia yra mokinės vardas.")
    assert violations(page) == []
    decide(page, "take_down", FACTS)
    expect(page.locator(".messages .success")).to_be_visible()
    case_url = page.url

    wait_until(lambda: letters(portal, "editor"), "the author has the reasons", 30)
    (told,) = letters(portal, "editor")
    assert FACTS in told.get_body(("plain",)).get_content()
    author = visit("fi", PHONE, bypass_csp=True)
    author.goto(link_of(told))
    expect(author.locator(f"dd[lang=de]:has-text('{FACTS}')")).to_be_visible()
    assert violations(author) == []
    keyboard.write(author, author.locator("[name=text]"), "Nimi on yrityksen nimi.")
    keyboard.follow(author, author.locator("main form button[type=submit]"))

    page.goto(case_url)
    expect(page.locator("#appeals")).to_be_visible()
    expect(page.locator("[name=action]")).to_have_count(0)

    other = signed_in("admin")
    other.goto(case_url)
    decide(other, "none", "It is the name of a company.")
    expect(other.locator(".messages .success")).to_be_visible()
    assert TITLE in portal.get(f"/en/stories/{slug}/")
    wait_until(lambda: len(letters(portal, "editor")) == 3, "the author has the outcome", 30)
    wait_until(lambda: len(letters(portal, "reader")) == 3, "the reader has the outcome", 30)


def letters(portal, name: str) -> list:
    """The mails about a case to somebody: their subject ends with its number."""
    return [one for one in portal.letters(name, "(") if re.search(r"\(\d{4}-\d+", one["Subject"])]
