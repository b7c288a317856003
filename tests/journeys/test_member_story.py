"""A member tells a story on the public site and answers the editor's question, by keyboard alone.

The pages of the public site work without JavaScript, as here.


1. the member opens the list of stories and begins one of their own
2. fills in two steps, leaves, comes back and goes on with the third
3. adds a second step to what was done and a photograph, and sends the whole
4. a reviewer returns it with a question
5. the member finds the question, answers it in the text and sends again
6. the reviewer approves, and everybody can read it
"""

from playwright.sync_api import Locator, Page, expect

from tests.journeys import keyboard
from tests.journeys.conftest import PHONE, violations
from tests.journeys.reviewing import APPROVE, RETURN
from tests.pictures import photograph

TITLE = "Bread for the harbour fair"
CONTEXT = {
    "Country": "Latvia",
    "Sector": "Accommodation",
    "Field of education": "Services",
    "EQF level": "EQF level 4",
    "Size of the company": "Micro",
    "Form of work-based learning": "Real orders",
    "Level of practice": "Local",
}
DONE = {
    "Problem": "Learners baked for nobody.",
    "What was learnt": "Recipes.",
    "What was applied": "Nothing.",
    "What was needed": "Forty loaves at six.",
}


def write(page: Page, values: dict[str, str], within: Locator | None = None) -> None:
    for label, text in values.items():
        keyboard.write(page, (within or page).get_by_label(label, exact=True), text)


def send(page: Page, name: str) -> None:
    keyboard.follow(page, page.get_by_role("button", name=name, exact=True))


def send_the_whole(page: Page) -> None:
    keyboard.tick(page, page.get_by_label("No learner is named"))
    keyboard.tick(page, page.get_by_label("The picture may be used under"))
    keyboard.tick(page, page.get_by_label("I may publish this"))
    send(page, "Send to the editors")


def decide(page: Page, button: str, comment: str = "") -> None:
    """A reviewer goes from the dashboard to the story, and decides."""
    keyboard.follow(page, page.locator("#waiting-section td.title a", has_text=TITLE).first)
    keyboard.press(page, page.locator("a[href='#decide']"))
    if comment:
        keyboard.write(page, page.locator("[name=reject-comment]"), comment)
    keyboard.follow(page, page.locator(button))


def test_member_tells_a_story_and_answers_the_question(visit, signed_in, sessions):
    signed_in("translator")
    page = visit("en", PHONE, storage_state=sessions["translator"], java_script_enabled=False)
    page.goto("/en/stories/")
    keyboard.follow(page, page.locator("a[href='/en/account/stories/new/']"))
    write(page, {"Title": TITLE, "Result in one sentence": "Forty loaves were sold in two hours."})
    keyboard.choose(page, page.get_by_label("Language", exact=True), "English")
    send(page, "Save and go on")
    for label, option in CONTEXT.items():
        keyboard.choose(page, page.get_by_label(label, exact=True), option)
        if label == "Country":
            write(page, {"Postal code": "LV-1050"})
    send(page, "Save and go on later")
    page.goto("/en/account/stories/")
    keyboard.follow(page, page.get_by_role("link", name=TITLE))
    story = page.url
    keyboard.follow(page, page.get_by_role("link", name="Go on with the story"))
    expect(page.locator("[aria-current=step]")).to_contain_text("3")

    partners, steps = page.locator("#partners"), page.locator("#steps")
    write(page, DONE)
    write(page, {"Name": "School"}, partners)
    keyboard.choose(page, partners.get_by_label("Kind"), "School")
    keyboard.choose(page, partners.get_by_label("Country"), "Latvia")
    write(page, {"What it did": "Baked"}, partners)
    write(page, {"Step": "Ask", "What was done": "The fair was asked."}, steps)
    keyboard.follow(page, steps.get_by_role("button", name="Add another: Step"))
    new = {"Step": "Bake", "What was done": "Twelve learners baked at night."}
    write(page, new, page.locator("#steps-new"))
    send(page, "Save and go on")
    write(
        page, {"What failed": "The oven was too small.", "What must be true elsewhere": "An oven."}
    )
    photo = {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": photograph(size=(900, 600))}
    keyboard.attach(page, page.get_by_label("Photograph"), photo)
    send(page, "Save and go on")
    expect(page.locator(".picture-preview")).to_be_visible()
    write(
        page,
        {"What does the picture show?": "An empty oven.", "Whose picture it is": "Bakery school"},
    )
    send(page, "Save and go on")
    write(
        page, {"Contact: organisation or desk": "Bakery", "Contact: e-mail": "bakery@example.org"}
    )
    send_the_whole(page)
    expect(page.locator(".badge--in_review")).to_be_visible()

    decide(signed_in("reviewer"), RETURN, "Who counted the loaves?")

    page.goto(story)
    expect(page.locator(".notice--gap")).to_contain_text("Who counted the loaves?")
    keyboard.follow(page, page.get_by_role("link", name="Step 4"))
    write(page, {"How it was counted": "The till of the fair counted them."})
    send(page, "Save and go on")
    send_the_whole(page)

    decide(signed_in("reviewer"), APPROVE)
    reader = visit("en")
    reader.goto("/en/stories/bread-for-the-harbour-fair/")
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("figcaption")).to_have_text("Picture: Bakery school")
    assert violations(reader) == []
