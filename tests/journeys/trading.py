"""What the two sides of a deal do in its room and after it, as the steps of a journey."""

import datetime
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, violations
from tests.journeys.running import PASSWORD

# What the deal itself cannot know of the story that is told from it, by step and field.
STORY = {
    1: {"title": "", "result": "Divpadsmit ķebļi stāv kafejnīcas terasē."},
    2: {
        "country": "LV",
        "sector": "NACE2.1:C",
        "field": "07",
        "eqf_level": "4",
        "organisation_size": "micro",
        "work_based_learning": "real_orders",
        "level_of_practice": "local",
    },
    3: {
        "gap_learnt": "Viens ķeblis skolas darbnīcai.",
        "gap_applied": "Divpadsmit vienādi ķebļi, kas stāv ārā.",
        "gap_needed": "Kāds, kas skaita koku pirms zāģēšanas.",
    },
    4: {"failed": "Pirmā laka neturēja lietu.", "transfer": "Klients, kas var gaidīt mēnesi."},
    5: {"contact_organisation": "Galdnieku nodaļa", "contact_email": "galdnieki@example.org"},
}


@dataclass(frozen=True)
class Person:
    """Somebody at a browser, who reads the portal in one language."""

    page: Page
    language: str
    name: str

    def open(self, path: str) -> None:
        """Opens an address of the person's language."""
        self.page.goto(f"/{self.language}/{path}")

    def sign_in(self) -> None:
        self.page.fill("input[name=login]", f"{self.name}@example.org")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")

    def fill(self, **values: str) -> None:
        """Types into fields and chooses from lists, by their names."""
        for name, value in values.items():
            control = self.page.locator(f"[name={name}]")
            if control.evaluate("element => element.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)

    def send(self) -> None:
        """Sends the form that the page is about."""
        with self.page.expect_navigation():
            self.page.locator("main form .button:not(.button--second)").last.click()

    def do_first(self) -> None:
        """Does what the room offers as the one thing to do."""
        with self.page.expect_navigation():
            self.page.locator("#now .button").click()

    def look(self) -> None:
        """Nobody must scroll sideways; at a desk the page has no violation either.

        For a phone axe is asked about the same pages by `make accessibility`.
        """
        if self.page.viewport_size == DESKTOP:
            assert violations(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def expect_states(self, past: int) -> None:
        expect(self.page.locator(".deal-row--past, .deal-row--present")).to_have_count(past)


def after(days: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()  # noqa: DTZ011


def find(person: Person, section: str, title: str) -> None:
    """Opens the list of a section, and from it the page with a title."""
    person.open(section)
    person.page.locator(f".row-title:has-text('{title}') + .row-result a").first.click()
    expect(person.page.locator("h1")).to_have_text(title)


def accept_text(person: Person) -> str:
    """Accepts the text that is open, an agreement or evidence; gives the fingerprint that it shows."""
    person.look()
    shown = person.page.locator(".agreement-hash code").first.inner_text()
    person.fill(name="Tester")
    person.page.check("[name=agree]")
    with person.page.expect_navigation():
        person.page.locator("#accept .button").click()
    return shown


def review(person: Person) -> None:
    """Writes the review that the room asks for."""
    person.do_first()
    for value in ("rating", "on_time", "would_again"):
        person.page.locator(f"[name={value}]").first.check()
    person.fill(text="Viskas laiku.")
    with person.page.expect_navigation():
        person.page.locator("button[value=review]").click()


def write_evidence(person: Person, room: str) -> str:
    """Writes what the learners did and showed; gives the address of the text, in any language."""
    person.open(room)
    person.page.locator("a[href$='/evidence/']").click()
    person.fill(
        programme="Galdnieks, otrais kurss",
        did="Izmērīja, sazāģēja un salīmēja divpadsmit ķebļus.",
        outcomes="Sagatavo materiālu pēc rasējuma.",
        hours="60",
    )
    person.look()
    person.send()
    return person.page.url.split(f"/{person.language}/")[1]


def write_story(person: Person, room: str, title: str) -> str:
    """Begins the story of a deal and writes all that is asked for; gives the address of its last step."""
    person.open(room)
    person.page.locator("a[href$='/story/']").click()
    person.send()
    begun = person.page.url
    for number, values in STORY.items():
        person.page.goto(f"{begun.rstrip('/')}/{number}/")
        person.fill(**values | ({"title": title} if number == 1 else {}))
        with person.page.expect_navigation():
            person.page.locator("button[name=later], main form .button").last.click()
    return f"{begun.rstrip('/')}/{max(STORY)}/"


def send_story(person: Person, last_step: str) -> None:
    """Sends the story to the editors, with the author's word."""
    person.page.goto(last_step)
    for word in ("no_learner", "may_publish"):
        person.page.check(f"[name={word}]")
    with person.page.expect_navigation():
        person.page.click("button[name=send]")
