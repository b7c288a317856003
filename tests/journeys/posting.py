"""How a school posts a service and a company a need, as the steps of a journey."""

from playwright.sync_api import Page, expect

from tests.journeys import reviewing
from tests.journeys.trading import Person, after, find

# What the school writes about its exercise, by step and field.
SERVICE = {
    1: {
        "programme": "Galdnieks, otrais kurss",
        "learning_outcomes": "- Sagatavo materiālu pēc rasējuma.",
    },
    2: {
        "result": "Divpadsmit ķebļi no oša, ko var sakraut.",
        "category": "repair",
        "client_gets": "Jūs izvēlaties izmērus un apdari, mēs pagatavojam divpadsmit ķebļus.",
    },
    3: {
        "field": "07",
        "eqf_level": "4",
        "team_smallest": "2",
        "team_largest": "4",
        "hours": "120",
        "supervision": "Galdnieku nodaļas meistars un profesijas skolotāja.",
        "quality": "Meistars izmēra katru ķebli.",
    },
    4: {"lead_time": "6"},
    5: {"price_model": "materials", "result_licence": "CC-BY-4.0"},
}
CHOSEN = (("place", "school"), ("languages", "lv"), ("languages", "lt"))
NEED = {
    "need_kind": "project",
    "category": "repair",
    "outcome": "Dvylika taburečių, kurias galima palikti lauke.",
    "problem": "Senosios taburetės sulūžo, o vasarą kavinės sode trūksta vietų.",
    "budget": "to_500",
    "supervision": "Kavinės vedėja kas savaitę atsako į klausimus.",
}
WAITS = ".badge--in_review"


def post_service(school: Person, title: str) -> None:
    """In six steps from an exercise to a service with a capacity window, sent to the reviewers."""
    page = school.page
    school.open("account/services/")
    school.sign_in()
    page.locator("a[href$='/services/new/']").first.click()
    for number, values in SERVICE.items():
        expect(page.locator(f".form-steps [aria-current]:has-text('{number}')")).to_be_visible()
        school.fill(**values | ({"title": title, "language": "lv"} if number == 1 else {}))
        if number == 4:
            add_window(school)
        if number == 5:
            for name, code in CHOSEN:
                page.check(f"[name={name}][value={code}]")
        school.look()
        school.send()
    for word in ("agreed", "no_learner"):
        page.check(f"[name={word}]")
    school.look()
    school.send()
    expect(page.locator(WAITS)).to_be_visible()


def add_window(school: Person) -> None:
    page = school.page
    for name, value in {"starts": after(14), "ends": after(104), "hours_a_week": "8"}.items():
        page.locator(f"#windows-new [name$={name}]").fill(value)
    with page.expect_navigation():
        page.locator("button[name=add]").click()
    expect(page.locator("#windows .block")).to_have_count(2)


def post_need(company: Person, title: str) -> None:
    """One form, sent to the reviewers."""
    page = company.page
    company.open("account/needs/")
    company.sign_in()
    page.locator("a[href$='/needs/new/']").first.click()
    company.fill(title=title, deadline=after(200), **NEED)
    page.check("[name=place][value=company]")
    company.look()
    company.send()
    expect(page.locator(WAITS)).to_be_visible()
    company.look()


def approve(reviewer: Page, reader: Person, section: str, title: str) -> None:
    """A reviewer approves what was posted, and from then on everybody finds it."""
    reviewing.open_review(reviewer, title)
    reviewing.approve(reviewer)
    find(reader, section, title)
