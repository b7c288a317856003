"""An editor writes a story and submits it.

1. whose menus are in Finnish, opens an empty English story
2. types a title: the draft is saved without being asked
3. opens the preview beside the form: it shows what was typed and what the check of it found
4. submits too early: what is missing is said at each field, in Finnish, and nothing typed is lost
5. fills in the rest, field by field, and submits
6. the story waits: it cannot be changed, and no reader sees it
"""

import re

from playwright.sync_api import expect

from tests.journeys import writing

TITLE = "Bread for the night train"
REQUIRED = "Tämä kenttä on pakollinen."
ERROR = ".error-message, .help-critical"
MISSING = {*writing.PLAIN, *writing.CHOICES, *writing.RICH, *writing.STREAMS} - {
    "result",
    "problem",
}


def test_editor_writes_a_story_and_submits_it(signed_in, portal):
    page = signed_in("editor")
    writing.new_story(page)
    expect(writing.field(page, "result").locator("[data-field-help]")).to_contain_text("9 %")

    page.locator("#id_title").press_sequentially(TITLE)
    expect(page).to_have_url(re.compile("/edit/$"))
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    expect(page.locator("#id_slug")).to_have_value("bread-for-the-night-train")

    page.locator("[data-side-panel-toggle=preview]").click()
    shown = page.frame_locator("#w-preview-iframe")
    expect(shown.locator("h1")).to_have_text(TITLE)
    writing.write(page, plain=["result"], rich=["problem"])
    expect(shown.locator("article")).to_contain_text(writing.PLAIN["result"])
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-content-checker-count]").last).to_have_text("0")
    expect(page.locator("[data-content-word-count]")).to_contain_text(re.compile("[1-9]"))
    page.locator("[data-side-panel-toggle=checks]").click()

    writing.submit(page)
    told = {
        name: writing.field(page, name).locator(ERROR).first.inner_text().strip()
        for name in MISSING
    }
    assert told == dict.fromkeys(MISSING, REQUIRED)
    assert page.input_value("#id_title") == TITLE
    assert page.input_value("#id_result") == writing.PLAIN["result"]
    expect(writing.field(page, "problem")).to_contain_text(writing.RICH["problem"])

    writing.write(
        page,
        plain=[name for name in writing.PLAIN if name != "result"],
        choices=writing.CHOICES,
        rich=["failed", "transfer"],
        streams=writing.STREAMS,
    )
    writing.submit(page)
    expect(page.locator(".messages .success")).to_contain_text(TITLE)

    page.goto(writing.edit_link(page, TITLE))
    expect(page.locator("button[name=action-submit]")).to_have_count(0)
    page.goto("/admin/")
    expect(page.locator("#submitted-section")).to_contain_text(TITLE)
    visitor = page.request.get("/en/stories/bread-for-the-night-train/")
    assert visitor.status == 404
    assert TITLE not in portal.get("/en/stories/")
