"""An editor brings a text as a Word or Markdown file; it becomes a draft, and nothing gets lost silently."""

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from accounts.models import Role
from accounts.services import ensure_group
from guidelines.models import ChapterPage
from imports.models import UploadedText
from stories.models import StoryPage
from tests.factories.accounts import person
from tests.factories.guidelines import HandbookPageFactory
from tests.pictures import huge_png

pytestmark = pytest.mark.django_db
UPLOAD = reverse("imports_upload")


@pytest.fixture
def editor(client, site):
    ensure_group(Role.EDITOR, "en", site["en"])
    user = person("editor", "en")
    client.force_login(user)
    return user


def image(width: int = 30, height: int = 20) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#0b6b5c").save(file, "PNG")
    file.seek(0)
    return file


def word(build) -> bytes:
    document = docx.Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def story(document) -> None:
    document.add_heading("Two orders a week", level=1)
    document.add_heading("Problem", level=2)
    document.add_paragraph("Nobody <script>alert(1)</script> asked the customers.")
    document.add_picture(image())
    document.add_heading("Steps", level=2)
    document.add_paragraph("Ask ten companies.", style="List Bullet")
    document.add_paragraph("Choose two orders.", style="List Bullet")
    document.add_heading("What failed", level=2)
    document.add_paragraph("The first date.")
    document.add_heading("Weather", level=2)
    document.add_paragraph("It rained.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Learners", "14"
    document.sections[0].header.paragraphs[0].text = "Internal number 7"


def send(client, content: bytes, name: str = "story.docx", place: str = "story/en"):
    return client.post(UPLOAD, {"place": place, "file": SimpleUploadedFile(name, content)})


def places(client, content: bytes, name: str = "story.docx", place: str = "story/en") -> str:
    answer = send(client, content, name, place)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def test_a_word_file_becomes_a_draft_and_what_has_no_place_is_listed(client, editor):
    url = places(client, word(story))
    form = client.get(url).context["form"]
    chosen = [form[f"section-{number}"].initial for number in range(4)]
    assert chosen == ["problem", "steps", "failed", ""]
    sent = {
        "title": form["title"].initial,
        **{f"section-{number}": name for number, name in enumerate(chosen)},
        "picture-0": "describe",
        "alt-0": "An order on a bench",
    }
    answer = client.post(url, sent, follow=True)
    assert client.post(url, sent).url == UPLOAD
    page = StoryPage.objects.get(title="Two orders a week")
    assert (page.live, page.owner) == (False, editor)
    assert "&lt;script&gt;" in page.problem
    assert [step.value["text"] for step in page.steps] == [
        "Ask ten companies.",
        "Choose two orders.",
    ]
    assert "The first date." in page.failed
    assert page.picture[0].value.contextual_alt_text == "An order on a bench"
    told = answer.content.decode()
    assert all(text in told for text in ("It rained.", "Learners | 14", "Internal number 7"))
    assert page.get_latest_revision().user == editor
    assert UploadedText.objects.count() == 0


def chapter(document) -> None:
    document.add_heading("Find companies", level=1)
    document.add_paragraph("Ask nearby.")
    document.add_heading("Who to ask", level=2)
    document.add_paragraph("A bakery.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Outcome", "Task", "Reads a plan", ""), strict=True):
        cell.text = text
    document.add_picture(image())
    wide = document.add_table(rows=1, cols=2)
    wide.rows[0].cells[0].text, wide.rows[0].cells[1].text = "Only", "a head"
    document.add_heading("Checklist", level=2)
    document.add_paragraph("Before the visit:")
    document.add_paragraph("Ask ten companies.", style="List Bullet")
    document.add_paragraph("x" * 201, style="List Bullet")


def test_a_word_file_becomes_a_chapter_with_the_same_blocks(client, editor, site):
    HandbookPageFactory(parent=site["en"], locale=site["en"].locale)
    url = places(client, word(chapter), "chapter.docx", "chapter/en")
    form = client.get(url).context["form"]
    sections = {f"section-{number}": form[f"section-{number}"].initial for number in range(3)}
    assert list(sections.values()) == ["body", "body", "checklist"]
    data = {"title": "Find companies", **sections, "picture-0": "describe", "alt-0": "A bench"}
    told = client.post(url, data, follow=True).content.decode()
    page = ChapterPage.objects.get(title="Find companies")
    assert [block.block_type for block in page.body] == [
        *("text", "heading", "text", "table", "picture")
    ]
    assert "<li>A bakery.</li>" in page.body[2].value.source
    assert page.body[3].value["columns"][0] == "Outcome"
    assert list(page.body[3].value["rows"][0]) == ["Reads a plan", ""]
    assert page.body[4].value.contextual_alt_text == "A bench"
    assert [dict(item.value) for item in page.checklist] == [
        {"text": "Ask ten companies.", "who": "school", "weeks": 0}
    ]
    assert (page.live, page.number) == (False, 1)
    assert all(text in told for text in ("Before the visit:", "x" * 201, "Only | a head"))


def test_a_form_sent_twice_makes_one_draft(client, editor):
    url = places(client, b"# One story\n\n## Problem\n\nNo dates.", "story.md")
    client.post(url, {"title": "One story", "section-0": "problem"})
    assert client.post(url, {"title": "One story", "section-0": "problem"}).status_code == 302
    assert StoryPage.objects.filter(title="One story").count() == 1


def test_a_picture_of_a_section_that_is_left_out_is_listed(client, editor):
    url = places(client, word(story))
    data = {"title": "Without", "section-1": "steps", "picture-0": "decorative"}
    told = client.post(url, data, follow=True).content.decode()
    assert "Picture 1" in told
    assert get_image_model().objects.count() == 0


def test_a_picture_needs_its_description_or_a_decision(client, editor):
    url = places(client, word(story))
    data = {"title": "Kept", **{f"section-{number}": "problem" for number in range(4)}}
    answer = client.post(url, {**data, "picture-0": "describe", "alt-0": ""})
    assert "alt-0" in answer.context["form"].errors
    assert "Kept" in answer.content.decode()
    assert client.get(reverse("imports_picture", args=[url.split("/")[-2], 0])).status_code == 200
    client.post(url, {**data, "picture-0": "leave", "alt-0": ""})
    assert get_image_model().objects.count() == 0
    assert StoryPage.objects.get(title="Kept").picture.get_prep_value() == []


def test_a_markdown_file_is_read_with_its_pictures_listed_and_its_html_as_text(client, editor):
    text = (
        "# T\n\n## Problem\n\n<b onclick=x()>Bold</b> [bad](javascript:x) ![Plan](http://a/b.png)"
    )
    url = places(client, text.encode(), "story.md")
    assert "http://a/b.png" in client.get(url).content.decode()
    client.post(url, {"title": "T", "section-0": "problem"})
    problem = StoryPage.objects.get(title="T").problem
    assert "onclick=x()&gt;" in problem
    assert 'href="javascript' not in problem


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(100 * 1024 * 1024))
    return file.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    file = io.BytesIO(word(story))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, data)
    return file.getvalue()


def entities() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return file.getvalue()


def empty_zip() -> bytes:
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()
    return file.getvalue()


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("a.docx", bomb, "far too large"),
        ("a.docx", lambda: with_part("word/vbaProject.bin", b"x"), "macros"),
        ("a.docx", entities, "not a Word file"),
        ("a.docx", empty_zip, "not a Word file"),
        ("a.docx", lambda: b"MZ\x90", "not a Word file"),
        ("a.docx", lambda: word(lambda document: None), "no text"),
        ("a.pdf", lambda: b"%PDF-", "ends in .docx or .md"),
        ("a.md", lambda: b"\xff\xfe\x00", "not in UTF-8"),
        ("a.md", lambda: b"#" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_a_bad_file_is_told_at_the_field_and_nothing_is_kept(client, editor, name, content, words):
    answer = send(client, content(), name)
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors["file"])
    assert UploadedText.objects.count() == 0


def test_a_picture_of_thirty_thousand_pixels_is_left_out_and_said(client, editor):
    content, small = word(story), image().getvalue()
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part, huge_png() if data == small else data)
    page = client.get(places(client, file.getvalue())).content.decode()
    assert "more than 40 million pixels" in page


def test_only_who_may_add_the_page_may_import_and_nobody_sees_anothers_file(client, editor):
    url = places(client, word(story))
    assert send(client, word(story), place="story/fi").status_code == 200
    stranger = person("editor", "en")
    client.force_login(stranger)
    assert client.get(url).status_code == 302
    assert client.get(f"{url}0/").status_code == 404
    client.force_login(person("reviewer", "en"))
    assert client.get(UPLOAD).status_code in (302, 403)
    assert StoryPage.objects.count() == 0
