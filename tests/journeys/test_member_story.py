"""A member tells a story on the public site and answers the editor's question, without JavaScript.

1. the member opens the list of stories and begins one of their own
2. fills in two steps, leaves, comes back and goes on with the third
3. adds a second step to what was done and a photograph, and sends the whole
4. a reviewer returns it with a question
5. the member finds the question, answers it in the text and sends again
6. the reviewer approves, and everybody can read it
"""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, violations
from tests.journeys.reviewing import approve, open_review, return_
from tests.pictures import photograph

TITLE = "Bread for the harbour fair"
CONTEXT = {
    "country": "LV",
    "sector": "NACE2.1:I",
    "field": "10",
    "eqf_level": "4",
    "organisation_size": "micro",
    "work_based_learning": "real_orders",
    "level_of_practice": "local",
}
DONE = {
    "problem": "Learners baked for nobody.",
    "gap_learnt": "Recipes.",
    "gap_applied": "Nothing.",
    "gap_needed": "Forty loaves at six.",
    "partners-0-name": "School",
    "partners-0-role": "Baked",
    "steps-0-title": "Ask",
    "steps-0-text": "The fair was asked.",
}


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def go_on(page: Page) -> None:
    page.locator(".form-end button").first.click()


def test_member_tells_a_story_and_answers_the_question(visit, signed_in, sessions):
    signed_in("translator")
    page = visit("en", PHONE, storage_state=sessions["translator"], java_script_enabled=False)
    page.goto("/en/stories/")
    page.locator("a[href='/en/account/stories/new/']").click()
    fill(page, {"title": TITLE, "result": "Forty loaves were sold in two hours."})
    page.select_option("[name=language]", "en")
    go_on(page)
    for name, value in CONTEXT.items():
        page.select_option(f"[name={name}]", value)
    page.fill("[name=postal_code]", "LV-1050")
    page.locator("[name=later]").click()
    page.goto("/en/account/stories/")
    page.locator(".state-rows a", has_text=TITLE).click()
    story = page.url
    page.locator(".form-end a").first.click()
    expect(page.locator("[aria-current=step]")).to_contain_text("3")

    fill(page, DONE)
    page.select_option("[name=partners-0-kind]", "school")
    page.select_option("[name=partners-0-country]", "LV")
    page.locator("button[name=add][value=steps]").click()
    fill(page, {"steps-1-title": "Bake", "steps-1-text": "Twelve learners baked at night."})
    go_on(page)
    fill(page, {"failed": "The oven was too small.", "transfer": "An oven."})
    photo = {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": photograph(size=(900, 600))}
    page.set_input_files("[name=picture-file]", photo)
    go_on(page)
    expect(page.locator(".picture-preview")).to_be_visible()
    fill(page, {"picture-alt_text": "An empty oven.", "picture_credit": "Bakery school"})
    go_on(page)
    fill(page, {"contact_organisation": "Bakery", "contact_email": "bakery@example.org"})
    page.check("[name=no_learner]")
    page.check("[name=picture]")
    page.check("[name=may_publish]")
    page.locator("[name=send]").click()
    expect(page.locator(".badge--in_review")).to_be_visible()

    reviewer = signed_in("reviewer")
    open_review(reviewer, TITLE)
    return_(reviewer, "Who counted the loaves?")

    page.goto(story)
    expect(page.locator(".notice--gap")).to_contain_text("Who counted the loaves?")
    page.goto(f"{story}4/")
    page.fill("[name=results_note]", "The fair’s till counted them.")
    go_on(page)
    page.check("[name=no_learner]")
    page.check("[name=picture]")
    page.check("[name=may_publish]")
    page.locator("[name=send]").click()

    open_review(reviewer, TITLE)
    approve(reviewer)
    reader = visit("en")
    reader.goto("/en/stories/bread-for-the-harbour-fair/")
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("figcaption")).to_have_text("Picture: Bakery school")
    assert violations(reader) == []
