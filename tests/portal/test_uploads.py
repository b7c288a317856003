"""Files that editors upload: wrong ones are refused with a message, none is served as a page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from tests.factories.accounts import person
from tests.pictures import photograph, says_where

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/images/multiple/add/"
DOCUMENTS = "/admin/documents/multiple/add/"


def png(width: int = 30, height: int = 20) -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (width, height), "green").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def editor(client, site):
    client.force_login(person("editor", "en"))
    return client


def upload(client, address: str, name: str, content: bytes, kind: str) -> dict:
    response = client.post(
        address,
        {"title": "File", "files[]": SimpleUploadedFile(name, content, kind)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    return response.json()


def test_a_picture_is_taken_and_wrong_files_are_not(editor):
    assert upload(editor, ADDRESS, "a.png", png(), "image/png")["success"]
    wrong = {
        "script.jpg": b"<script>alert(1)</script>",
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "page.html": b"<html></html>",
        "huge.png": png() + b"\0" * (11 * 1024 * 1024),
        "empty.png": b"",
    }
    for name, content in wrong.items():
        answer = upload(editor, ADDRESS, name, content, "image/png")
        assert not answer["success"], name
        assert answer["error_message"], name
    assert Image.objects.count() == 1


def test_a_picture_does_not_say_where_it_was_taken(editor):
    assert upload(editor, ADDRESS, "a.jpg", photograph(), "image/jpeg")["success"]
    image = Image.objects.get()
    for file in (image.file, image.get_rendition("max-20x20").file):
        with file.open() as opened:
            assert not says_where(opened.read())
    assert (image.width, image.height) == (40, 60)


def test_a_work_sheet_is_taken_and_wrong_files_are_not(editor):
    assert upload(editor, DOCUMENTS, "a.pdf", b"%PDF-1.4 minimal", "application/pdf")["success"]
    wrong = {
        "a.html": b"<script>alert(1)</script>",
        "a.svg": b"<svg/>",
        "a.exe": b"MZ",
        "script.pdf": b"<script>alert(1)</script>",
        "macro.docx": b"not a zip",
        "huge.pdf": b"%PDF-1.4" + b"\0" * (50 * 1024 * 1024),
    }
    for name, content in wrong.items():
        answer = upload(editor, DOCUMENTS, name, content, "application/pdf")
        assert not answer["success"], name
        assert answer["error_message"], name
    assert Document.objects.count() == 1


def test_a_document_is_downloaded_never_shown_in_the_page(editor, client):
    upload(editor, DOCUMENTS, "a.txt", b"<script>alert(1)</script>", "text/plain")
    response = client.get(Document.objects.get().url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_who_may_not_upload_is_refused(client, site):
    client.force_login(person("approver", "en"))
    response = client.post(ADDRESS, {"files[]": SimpleUploadedFile("a.png", png(), "image/png")})
    assert response.status_code in (302, 403)
    assert not Image.objects.exists()


def test_an_uploaded_file_stays_what_was_reviewed(editor):
    upload(editor, DOCUMENTS, "a.txt", b"reviewed", "text/plain")
    document = Document.objects.get()
    response = editor.post(
        f"/admin/documents/edit/{document.pk}/",
        {"title": "a", "file": SimpleUploadedFile("b.txt", b"other", "text/plain")},
    )
    assert response.status_code == 200
    document.refresh_from_db()
    assert document.file.read() == b"reviewed"
