"""A company in Lithuania and a school in Latvia make a deal, each in its own language.

1. the company finds the service, signs in and asks
2. the school sees what waits for it, answers with a file, and proposes
3. the company reads the proposal and accepts the agreement; the school accepts the same text
4. the school starts and delivers, the company accepts the result
5. both write a review, and the deal is closed
"""

import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import dealing
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.running import PASSWORD
from tests.pictures import photograph

ENQUIRY = "Mums reikia dvylikos taburečių kavinės terasai."
ANSWER = "Labprāt. Vai tie stāvēs arī ziemā?"


def after(days: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()  # noqa: DTZ011


def sign_in(page: Page, name: str) -> None:
    page.fill("input[name=login]", f"{name}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


def send(page: Page) -> None:
    page.locator("main form .button:not(.button--second)").last.click()


def do_first(page: Page) -> None:
    """Does what the room offers as the one thing to do."""
    page.locator("#now .button").click()


def expect_states(page: Page, past: int) -> None:
    expect(page.locator(".deal-row--past, .deal-row--present")).to_have_count(past)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_two_people_in_two_languages_make_a_deal(visit, portal, viewport):
    dealing.load(portal)
    company, school = visit("lt", viewport), visit("lv", viewport)

    company.goto(f"/lt/services/{dealing.SLUG}/")
    company.locator("a[href*='/services/ask/']").first.click()
    sign_in(company, "cook")
    company.wait_for_url("**/services/ask/**")
    company.fill("[name=text]", ENQUIRY)
    company.fill("[name=wanted_from]", after(14))
    assert violations(company) == []
    send(company)
    company.wait_for_url("**/account/deals/**")
    room = company.url.split("/account/")[1]
    expect_states(company, 1)

    school.goto("/lv/account/deals/")
    sign_in(school, "joiner")
    school.locator(".deal-item--waiting a", has_text=dealing.SERVICE).last.click()
    expect(school.locator(".message-text")).to_have_attribute("lang", "lt")
    expect(school.locator("html")).to_have_attribute("lang", "lv")
    assert violations(school) == []
    picture = {"name": "stool.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    school.fill("[name=text]", ANSWER)
    school.set_input_files("[name=files]", picture)
    school.locator("#write button[type=submit]").click()
    expect_states(school, 2)
    with school.expect_download() as download:
        school.locator(".message-files a").click()
    assert download.value.suggested_filename == "stool.jpg"

    do_first(school)
    school.fill("[name=starts]", after(20))
    school.fill("[name=ends]", after(70))
    school.fill("[name=title_0]", "Pirmais ķeblis")
    school.fill("[name=due_0]", after(30))
    for kept in school.locator("input[name$=_kept][value=yes]").all():
        kept.check()
    assert violations(school) == []
    send(school)
    expect_states(school, 3)

    company.goto(f"/lt/account/{room}")
    company.locator("a[href$='/proposals/']").first.click()
    expect(company.locator(".proposal-part dd[lang=lv]").first).to_be_visible()
    assert violations(company) == []
    for page, code in ((company, "lt"), (school, "lv")):
        page.goto(f"/{code}/account/{room}")
        do_first(page)
        page.fill("[name=name]", "Tester")
        page.check("[name=agree]")
        page.locator("#accept .button").click()
    school.goto(f"/lv/account/{room}")
    expect_states(school, 4)

    for past in (5, 6):
        do_first(school)
        expect_states(school, past)
    company.goto(f"/lt/account/{room}")
    do_first(company)
    expect_states(company, 7)
    assert violations(company) == []

    for page, code in ((company, "lt"), (school, "lv")):
        page.goto(f"/{code}/account/{room}")
        do_first(page)
        for value in ("rating", "on_time", "would_again"):
            page.locator(f"[name={value}]").first.check()
        page.fill("[name=text]", "Viskas laiku.")
        page.locator("button[value=review]").click()
    school.goto(f"/lv/account/{room}")
    expect_states(school, 8)
    do_first(school) if school.locator("#now .button").count() else school.locator(
        "#now .inline-links a"
    ).first.click()
    if school.url.endswith("/move/close/"):
        send(school)
    expect(school.locator(".deal-over")).to_be_visible()
    assert violations(school) == []
