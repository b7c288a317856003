"""A company in Lithuania and a school in Latvia make a deal and tell its story, each in its own language.

1. the company finds the service in the list, signs in and asks
2. the school sees what waits for it, answers with a file, and proposes
3. the company reads the proposal and proposes something else; the school sees what has changed
4. both accept the same agreement, and a visitor verifies its fingerprint
5. the school starts and delivers, the company accepts the result
6. both write a review, and the deal is closed
7. the school writes down what its learners have shown, and both confirm it
8. the school tells the story; it can be sent only after both have approved what it says
9. a reviewer approves it, and a visitor finds and reads it
"""

import pytest
from playwright.sync_api import expect

from tests.journeys import dealing, reviewing, trading
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.trading import Person, after
from tests.pictures import photograph

ABOUT = {"desktop": "Dvylika taburečių terasai", "phone": "Dvylika taburečių sodui"}
STORY = {"desktop": "Divpadsmit ķebļi terasei", "phone": "Divpadsmit ķebļi dārzam"}
ENQUIRY = "Mums reikia dvylikos taburečių kavinei."
ANSWER = "Labprāt. Vai tie stāvēs arī ziemā?"


def ask(company: Person, about: str) -> str:
    """From the list of services to the room of a new deal; gives its address, in any language."""
    page = company.page
    trading.find(company, "services/", dealing.SERVICE)
    page.locator("a[href*='/services/ask/']").first.click()
    company.sign_in()
    page.wait_for_url("**/services/ask/**")
    company.fill(title=about, text=ENQUIRY, wanted_from=after(14))
    company.look()
    company.send()
    company.expect_states(1)
    return page.url.split(f"/{company.language}/")[1]


def answer(school: Person, room: str) -> None:
    page = school.page
    school.open("account/deals/")
    school.sign_in()
    page.locator(f".deal-item--waiting a[href$='{room}']").click()
    expect(page.locator(".message-text")).to_have_attribute("lang", "lt")
    expect(page.locator("html")).to_have_attribute("lang", "lv")
    school.look()
    picture = {"name": "stool.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    school.fill(text=ANSWER)
    page.set_input_files("[name=files]", picture)
    page.locator("#write button[type=submit]").click()
    school.expect_states(2)
    with page.expect_download() as download:
        page.locator(".message-files a").click()
    assert download.value.suggested_filename == "stool.jpg"


def propose(school: Person) -> None:
    school.do_first()
    school.fill(starts=after(20), ends=after(70), title_0="Pirmais ķeblis", due_0=after(30))
    for kept in school.page.locator("input[name$=_kept][value=yes]").all():
        kept.check()
    school.look()
    school.send()
    school.expect_states(3)


def propose_something_else(company: Person, room: str) -> None:
    page = company.page
    company.open(room)
    page.locator("a[href$='/proposals/']").first.click()
    expect(page.locator(".proposal-part dd[lang=lv]").first).to_be_visible()
    company.look()
    page.get_by_role("link", name="Pasiūlyti ką kita").click()
    company.fill(ends=after(60))
    company.send()
    company.expect_states(4)


def agree(school: Person, company: Person, room: str) -> str:
    """Both read what has changed and accept; gives the fingerprint that both were shown."""
    school.open(f"{room}proposals/")
    expect(school.page.locator(".proposal-part--changed ins").first).to_be_visible()
    school.look()
    shown = set()
    for person in (school, company):
        person.open(f"{room}agreement/")
        shown.add(trading.accept_text(person))
    (fingerprint,) = shown
    school.open(room)
    school.expect_states(5)
    return fingerprint


def work(school: Person, company: Person, room: str) -> None:
    for past in (6, 7):
        school.do_first()
        school.expect_states(past)
    company.open(room)
    company.do_first()
    company.expect_states(8)
    company.look()
    for person in (company, school):
        person.open(room)
        trading.review(person)
    school.open(room)
    school.expect_states(9)
    if school.page.locator("#now .button").count():
        school.do_first()
    else:
        school.page.locator("#now .inline-links a").first.click()
    if school.page.url.endswith("/move/close/"):
        school.send()
    expect(school.page.locator(".deal-over")).to_be_visible()
    school.look()


@pytest.mark.parametrize(
    ("viewport", "name"), [(DESKTOP, "desktop"), (PHONE, "phone")], ids=["desktop", "phone"]
)
def test_two_people_in_two_languages_make_a_deal_and_tell_it(
    visit, signed_in, portal, viewport, name
):
    dealing.load(portal)
    company = Person(visit("lt", viewport), "lt", "cook")
    school = Person(visit("lv", viewport), "lv", "joiner")
    visitor = Person(visit("lv", viewport), "lv", "")

    room = ask(company, ABOUT[name])
    answer(school, room)
    propose(school)
    propose_something_else(company, room)
    fingerprint = agree(school, company, room)
    visitor.open("verify/")
    visitor.fill(document=fingerprint)
    visitor.send()
    expect(visitor.page.locator(".notice--ok")).to_be_visible()
    work(school, company, room)

    evidence = trading.write_evidence(school, room)
    for person in (school, company):
        person.open(evidence)
        trading.accept_text(person)
    expect(company.page.locator(".notice--ok")).to_be_visible()

    last_step = trading.write_story(school, room, STORY[name])
    trading.send_story(school, last_step)
    expect(school.page.locator(".notice--error")).to_be_visible()
    for person in (company, school):
        person.open(f"{room}story/")
        person.look()
        person.send()
    expect(school.page.locator("div.notice--ok")).to_be_visible()
    trading.send_story(school, last_step)
    expect(school.page.locator(".badge--in_review")).to_be_visible()

    reviewer = signed_in("reviewer")
    reviewing.open_review(reviewer, STORY[name])
    reviewing.approve(reviewer)
    trading.find(visitor, "stories/", STORY[name])
    expect(visitor.page.locator("main")).to_contain_text("Café Lėja")
    visitor.look()
