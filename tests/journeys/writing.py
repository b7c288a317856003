"""What an editor does in the admin, as the steps of several journeys. No word of a screen is used."""

from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.running import wait_until

# A story as an editor types it: plain fields, choices, rich text, and the blocks of the streams.
PLAIN = {
    "result": "Learners who baked for a real customer rose from 6 % to 48 %.",
    "gap_learnt": "Recipes for one loaf.",
    "gap_applied": "Two hundred loaves before five in the morning.",
    "gap_needed": "Someone who plans backwards from the departure of the train.",
    "contact_organisation": "Vocational school, bakery department",
    "contact_email": "stories@example.org",
}
CHOICES = {
    "country": "EE",
    "sector": "NACE2.1:C",
    "field": "07",
    "eqf_level": "4",
    "organisation_size": "small",
    "work_based_learning": "real_orders",
    "level_of_practice": "local",
}
RICH = {
    "problem": "Learners baked for the bin.",
    "failed": "The first week nobody had planned who carries the bread.",
    "transfer": "A buyer who accepts a late loaf twice.",
}
STREAMS = {
    "partners": [
        {"name": "Bakery school", "kind": "school", "country": "EE", "role": "Baked"},
        {"name": "Night train buffet", "kind": "company", "country": "EE", "role": "Ordered"},
    ],
    "steps": [{"title": "One small order", "text": "Twenty loaves, one platform, one week."}],
}

# Wagtail looks for changes from two seconds after the form was opened, and begins twice: what is
# typed all at once between the two would not count as a change.
WATCH = """let settled;
document.addEventListener("w-unsaved:watch-edits", () => {
  clearTimeout(settled);
  settled = setTimeout(() => { document.documentElement.dataset.watched = ""; }, 700);
});"""


def new_story(page: Page) -> None:
    """Goes from the pages to the empty form of an English story."""
    page.goto("/admin/pages/")
    for address in ("/en/", "/en/stories/"):
        row = page.locator("tr", has=page.locator(f"a[href='{address}']"))
        row.locator("td").last.locator("a").click()
    page.add_init_script(WATCH)
    page.locator("a[href$='/add_subpage/']").first.click()
    expect(page.locator("html[data-watched]")).to_be_attached()


def field(page: Page, name: str) -> Locator:
    """A field of the page form with its help and its errors."""
    return page.locator(f"[data-contentpath='{name}']").first


def write(page: Page, plain=(), choices=(), rich=(), streams=()) -> None:
    """Types the named fields of the story above."""
    for name in plain:
        page.fill(f"#id_{name}", PLAIN[name])
    for name in choices:
        page.select_option(f"#id_{name}", CHOICES[name])
    for name in rich:
        write_rich(page, name, RICH[name])
    for name in streams:
        for number, values in enumerate(STREAMS[name]):
            add_block(page, name, number, values)


def write_rich(page: Page, name: str, text: str) -> None:
    editor = field(page, name).locator("[role=textbox]")
    editor.click()
    page.keyboard.insert_text(text)
    expect(editor).to_contain_text(text)


def add_block(page: Page, stream: str, number: int, values: dict[str, str]) -> None:
    field(page, stream).locator("button.c-sf-add-button").last.click()
    for name, value in values.items():
        control = page.locator(f"[name='{stream}-{number}-value-{name}']")
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def submit_button(page: Page) -> Locator:
    """The button that submits for review, after the list that holds it was opened."""
    page.locator("footer .w-dropdown__toggle").first.click()
    return page.locator("button[name=action-submit]")


def submit(page: Page) -> None:
    """Submits the draft that is open, and waits until the portal has answered."""
    with page.expect_navigation(timeout=PATIENCE):
        submit_button(page).click()


def edit_link(page: Page, title: str) -> str:
    """The address where a text is edited, found with the search of the admin."""
    links = page.locator("main td a[href$='/edit/']", has_text=title)

    def found() -> bool:
        page.goto(f"/admin/pages/search/?q={quote(title)}")
        return links.count() > 0

    wait_until(found, f"the admin finds {title}", 20)  # the worker may have to index it yet
    return links.first.get_attribute("href")


def copied_draft(page: Page, title: str) -> str:
    """Copies an English story as a new draft and opens it; gives the last part of its address."""
    slug = title.lower().replace(" ", "-")
    page.goto(edit_link(page, "Retired technicians").replace("/edit/", "/copy/"))
    page.fill("input[name=new_title]", title)
    page.fill("input[name=new_slug]", slug)
    page.locator("main form [type=submit]").last.click()
    page.locator(".messages a[href$='/edit/']").click()
    expect(page.locator("#id_slug")).to_have_value(slug)
    return slug


def submitted_copy(page: Page, title: str) -> str:
    """The same, sent into review."""
    slug = copied_draft(page, title)
    submit(page)
    return slug
