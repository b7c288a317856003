"""What a translator does in the admin, as the steps of several journeys."""

import polib
from playwright.sync_api import Locator, Page, expect


def type_part(page: Page, source: str, words: str) -> Locator:
    """Types the translation of one part, and goes on by the keyboard: it is saved by itself."""
    part = page.locator("[data-part]", has=page.locator(".translating-source", has_text=source))
    part.first.locator("textarea").fill(words)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.keyboard.press("Control+Enter")
    assert answer.value.ok
    expect(part.first).to_have_attribute("data-state", "translated")
    return part.first


def upload_the_rest(page: Page, folder) -> None:
    """Downloads what there is to translate, fills in what is empty, and uploads it."""
    page.locator(".translating-files summary").click()
    with page.expect_download() as download:
        page.locator("a[href*='/exchange/'][href$='/po/']:visible").click()
    file = folder / "suomeksi.po"
    download.value.save_as(file)
    words = polib.pofile(str(file))
    for entry in words.untranslated_entries():
        entry.msgstr = f"{entry.msgid} (fi)"
    words.save()
    upload = page.locator("form[action$='/pofile/upload/']")
    upload.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        upload.locator("button").click()


def submit(page: Page) -> None:
    """Submits the translation that is open, and waits until the portal has taken it."""
    with page.expect_navigation():
        page.locator("button[name=action-submit]").click()
    expect(page.locator("[data-part] textarea[readonly]").first).to_be_visible()
