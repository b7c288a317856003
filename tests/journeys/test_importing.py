"""An editor, whose menus are in Finnish, brings a story as a Word file, with the keyboard alone.

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

from tests.journeys import keyboard
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
    keyboard.choose(editor, editor.get_by_label("Mikä siitä tulee"), "Tarina – English")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file = {"name": "a.docx", "mimeType": kind, "buffer": word()}
    keyboard.attach(editor, editor.get_by_label("Tiedosto"), file)
    keyboard.follow(editor, editor.get_by_role("button", name="Lue tiedosto"))

    expect(editor.locator("#id_title")).to_have_value("Bread before breakfast")
    expect(editor.get_by_label("Problem")).to_have_value("problem")
    expect(editor.get_by_label("What failed")).to_have_value("failed")
    expect(editor.get_by_text("Draft of the bakery")).to_be_visible()
    assert violations(editor) == []
    make = editor.get_by_role("button", name="Tee luonnos")
    keyboard.follow(editor, make)
    expect(editor.locator("#id_alt-0[aria-invalid=true]")).to_be_visible()
    keyboard.write(editor, editor.get_by_label("Mitä kuvassa on"), "Bread on a board")
    keyboard.press(editor, make)

    editor.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(editor.locator("#id_title")).to_have_value("Bread before breakfast")
    expect(editor.get_by_text("Draft of the bakery")).to_be_visible()
    assert "Bread before breakfast" not in portal.get("/en/stories/")
