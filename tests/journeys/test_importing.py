"""An editor brings a story as a Word file.

1. chooses the file and what it becomes
2. sees each part with the place that its heading has found, and what cannot be taken over
3. describes the picture; without a description the form says so and keeps everything
4. has a draft in the editor, which is not public
"""

import io
import re

import docx
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import violations


def word() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "#0b6b5c").save(picture, "PNG")
    picture.seek(0)
    document = docx.Document()
    document.add_heading("Bread before breakfast", level=1)
    document.add_heading("Problem", level=2)
    document.add_paragraph("Nobody could bake at five in the morning.")
    document.add_picture(picture)
    document.add_heading("What failed", level=2)
    document.add_paragraph("The first week.")
    document.sections[0].header.paragraphs[0].text = "Draft of the bakery"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_editor_imports_a_word_file(signed_in, portal):
    editor = signed_in("editor", bypass_csp=True)
    editor.goto("/admin/import/")
    assert violations(editor) == []
    editor.select_option("#id_place", "story/en")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    editor.set_input_files("#id_file", {"name": "a.docx", "mimeType": kind, "buffer": word()})
    editor.locator("main form [type=submit]").last.click()

    expect(editor.locator("#id_title")).to_have_value("Bread before breakfast")
    expect(editor.get_by_text("Draft of the bakery")).to_be_visible()
    assert violations(editor) == []
    for number, place in enumerate(("problem", "failed")):
        editor.select_option(f"#id_section-{number}", place)
    editor.locator("main form [type=submit]").last.click()
    expect(editor.locator("#id_alt-0[aria-invalid=true]")).to_be_visible()
    editor.fill("#id_alt-0", "Bread on a board")
    editor.locator("main form [type=submit]").last.click()

    editor.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(editor.locator("#id_title")).to_have_value("Bread before breakfast")
    expect(editor.get_by_text("Draft of the bakery")).to_be_visible()
    assert "Bread before breakfast" not in portal.get("/en/stories/")
