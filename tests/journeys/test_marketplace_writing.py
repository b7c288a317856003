"""A company without an account posts a need on a phone, and a trainer registers a school.

1. the company fills in one form on a phone, without an account and without a cookie
2. opens the link of the mail and presses the button: the need is in review, and it is signed in
3. a reviewer approves it in the admin; everybody can read it, and nobody the confidential part
4. a trainer registers the school and finds the way from an exercise to a service

How a service is written to its end: `test_deal.py`.
"""

import re

from playwright.sync_api import Page, expect

from tests.journeys import reviewing
from tests.journeys.conftest import PHONE, violations
from tests.journeys.running import wait_until

NEED = "Labels for our honey"
SECRET = "The new honey is called Wolfram until May."
SEND_ME_THE_LINK = "Go on: send me the link"


def fill(page: Page, values: dict[str, str]) -> None:
    for label, text in values.items():
        page.get_by_label(label, exact=True).fill(text)


def choose(page: Page, values: dict[str, str]) -> None:
    for label, option in values.items():
        page.get_by_label(label, exact=True).select_option(label=option)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def fits(page: Page) -> bool:
    """Whether nothing of a page stands beside the window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def accessible(page: Page) -> None:
    assert violations(page) == []
    assert fits(page)


def write_need(page: Page) -> None:
    fill(
        page,
        {
            "What do you need?": NEED,
            "What should be there in the end?": "A label for three sizes of jars.",
            "Problem": "Our labels fall off in the cold.",
            "By when?": "2029-05-01",
            "How learners will be supervised": "The beekeeper answers questions once a week.",
            "Confidential part (can be left empty)": SECRET,
            "Name of the organisation": "Bee House",
            "Town": "Kaunas",
            "Your e-mail address": "bees@example.org",
        },
    )
    choose(
        page,
        {
            "Kind of need": "Task or project",
            "Category": "Graphic design and print",
            "Budget": "Up to 500 €",
            "Kind of organisation": "Company",
            "Country": "Lithuania",
        },
    )
    page.get_by_label("Remotely").check()


def approve(page: Page, title: str) -> None:
    reviewing.open_review(page, title)
    assert SECRET not in page.content()
    reviewing.approve(page)


def test_company_without_an_account_posts_a_need_on_a_phone(visit, signed_in, portal):
    phone = visit("en", PHONE, java_script_enabled=True)
    phone.goto("/en/account/needs/new/")
    accessible(phone)
    press(phone, SEND_ME_THE_LINK)
    expect(phone.locator("#mistakes")).to_be_visible()
    accessible(phone)
    write_need(phone)
    press(phone, SEND_ME_THE_LINK)
    expect(phone.locator("h1")).to_have_text("Look into your mail")
    assert phone.context.cookies() == []
    accessible(phone)

    wait_until(lambda: portal.letters("bees", "your need"), "the link is sent", 30)
    (letter,) = portal.letters("bees", "your need")
    text = letter.get_body(("plain",)).get_content()
    assert NEED not in text
    phone.goto(re.search(r"/en/account/needs/link/\S+", text)[0])
    accessible(phone)
    press(phone, "Make my account and send my need")
    expect(phone.locator(".badge--in_review")).to_be_visible()
    expect(phone.locator("#details + .hint + div")).to_have_text(SECRET)
    accessible(phone)

    reviewer = signed_in("reviewer")
    approve(reviewer, NEED)
    reader = visit("en")
    reader.goto("/en/needs/labels-for-our-honey/")
    expect(reader.locator("h1")).to_have_text(NEED)
    assert SECRET not in reader.content()


def test_trainer_registers_a_school_and_finds_how_an_exercise_becomes_a_service(signed_in):
    page = signed_in("translator")
    page.goto("/en/account/organisations/new/")
    fill(
        page,
        {
            "Name": "Print School of the Coast",
            "Town": "Liepāja",
            "Summary in one sentence": "It trains printers.",
        },
    )
    choose(page, {"Kind of organisation": "School or training centre", "Country": "Latvia"})
    press(page, "Register an organisation")
    page.goto("/en/account/services/")
    accessible(page)
    page.get_by_role("link", name="Make a service of an exercise").click()
    expect(page.get_by_label("Programme of the learners")).to_be_visible()
