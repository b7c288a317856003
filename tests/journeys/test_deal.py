"""A company in Lithuania and a school in Latvia make a deal and tell its story, each in its own language.

1. the school posts a service, or the company with its phone a need, and a reviewer approves it
2. the company finds the service in the list and asks; or the school finds the need and answers it
3. the other side sees what waits for it and answers with a file, and the school proposes
4. the company reads the proposal and proposes something else; the school sees what has changed
5. both accept the same agreement, and a visitor verifies its fingerprint
6. the school starts and delivers, the company accepts the result
7. both write a review, and the deal is closed
8. the school writes down what its learners have shown, and both confirm it
9. the school tells the story; it can be sent only after both have approved what it says
10. a reviewer approves it, and a visitor finds and reads it
"""

import pytest
from playwright.sync_api import expect

from tests.journeys import dealing, posting, reviewing, trading
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.trading import Person, after
from tests.pictures import photograph

ABOUT = {"desktop": "Dvylika taburečių terasai", "phone": "Dvylika taburečių sodui"}
STORY = {"desktop": "Divpadsmit ķebļi terasei", "phone": "Divpadsmit ķebļi dārzam"}
ENQUIRY = {
    "lt": "Mums reikia dvylikos taburečių kavinei.",
    "lv": "Mūsu otrais kurss var izgatavot jūsu ķebļus.",
}
ANSWER = {"lt": "Puiku. Ar jos stovės ir žiemą?", "lv": "Labprāt. Vai tie stāvēs arī ziemā?"}

# What a proposal takes from the service where there is one.
OFFER = {
    "language": "lv",
    "scope": "Divpadsmit ķebļi no oša, ko var atstāt ārā.",
    "learns": "Mērīt, zāģēt un līmēt pēc rasējuma.",
    "supervision": "Meistars ir darbnīcā visu laiku.",
    "price_model": "materials",
    "licence": "CC-BY-4.0",
}


def ask(company: Person, about: str) -> str:
    """From the service to the room of a new deal; gives its address, in any language."""
    return open_room(company, "/services/ask/", about, wanted_from=after(14))


def answer_need(school: Person, about: str) -> str:
    """From the need, which stands in Lithuanian, to the room of a new deal."""
    expect(school.page.locator("html")).to_have_attribute("lang", "lv")
    return open_room(school, "/needs/answer/", about)


def open_room(person: Person, form: str, about: str, **values: str) -> str:
    page = person.page
    page.locator(f"a[href*='{form}']").first.click()
    person.sign_in()
    page.wait_for_url(f"**{form}**")
    person.fill(title=about, text=ENQUIRY[person.language], **values)
    person.look()
    person.send()
    person.expect_states(1)
    return page.url.split(f"/{person.language}/")[1]


def answer(person: Person, room: str, language: str) -> None:
    """Reads in the room what was written in another language, and answers with a file."""
    page = person.page
    person.open("account/deals/")
    page.locator(f".deal-item--waiting a[href$='{room}']").click()
    expect(page.locator(".message-text")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("lang", person.language)
    person.look()
    picture = {"name": "stool.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    person.fill(text=ANSWER[person.language])
    page.set_input_files("[name=files]", picture)
    page.locator("#write button[type=submit]").click()
    person.expect_states(2)
    with page.expect_download() as download:
        page.locator(".message-files a").click()
    assert download.value.suggested_filename == "stool.jpg"


def propose(school: Person, room: str, **values: str) -> None:
    school.open(room)
    school.do_first()
    school.fill(**values)
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

    reviewer = signed_in("reviewer")
    if name == "desktop":
        posting.post_service(school, dealing.SERVICE)
        posting.approve(reviewer, company, "services/", dealing.SERVICE)
        room = ask(company, ABOUT[name])
        answer(school, room, "lt")
        propose(school, room)
    else:
        posting.post_need(company, dealing.NEED)
        posting.approve(reviewer, school, "needs/", dealing.NEED)
        room = answer_need(school, ABOUT[name])
        answer(company, room, "lv")
        propose(school, room, **OFFER)
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

    reviewing.open_review(reviewer, STORY[name])
    reviewing.approve(reviewer)
    trading.find(visitor, "stories/", STORY[name])
    expect(visitor.page.locator("main")).to_contain_text("Café Lėja")
    visitor.look()
