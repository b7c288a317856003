"""Files of messages: checked by their content, and for those alone who see the deal."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from marketplace.rooms import files, links, services
from marketplace.rooms.models import Attachment
from tests.factories.deals import DealFactory
from tests.pictures import photograph, says_where

pytestmark = pytest.mark.django_db


def archive(*names: str, **contents: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        for name in names:
            zipped.writestr(name, contents.get(name, "x"))
    return made.getvalue()


def document(kind: str = "opendocument.text") -> bytes:
    mime = f"application/vnd.oasis.{kind}"
    return archive("mimetype", "content.xml", mimetype=mime)


GOOD = {
    "plan.pdf": b"%PDF-1.7\n%%EOF",
    "plan.odt": document(),
    "plan.ods": document("opendocument.spreadsheet"),
    "plan.docx": archive("[Content_Types].xml", "word/document.xml"),
    "plan.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "plan.txt": "Ķebļi, ąžuolas".encode(),
    "old.csv": "a;b\nĄ;2".encode("cp1257"),
    "photo.JPG": photograph(),
}
WRONG = {
    "page.html": b"<html><script>alert(1)</script></html>",
    "page.txt": b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "page.pdf": b"<html></html>",
    "plan.exe": b"MZ",
    "plan.zip": archive("plan.txt"),
    "plan.docm": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "macro.docx": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "half.docx": b"PK\x03\x04 and no more",
    "sheet.odt": document("opendocument.spreadsheet"),
    "text.csv": b"a;b\0c",
    "empty.txt": b"",
    "noending": b"Text.",
    "big.txt": b"x" * (files.MOST_BYTES + 1),
    "a.gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
}


def send(client, deal, uploads: dict[str, bytes], text="See the file."):
    return client.post(
        reverse("marketplace:deal", args=[deal.key]),
        {
            "text": text,
            "token": str(uuid.uuid4()),
            "files": [SimpleUploadedFile(*one) for one in uploads.items()],
        },
    )


def file_url(deal, attachment) -> str:
    return reverse("marketplace:deal-file", args=[deal.key, links.of_file(attachment)])


@pytest.fixture
def attachment(client, deal, people):
    client.force_login(people.provider)
    send(client, deal, {"plan.txt": b"Twelve seats."})
    client.logout()
    return Attachment.objects.get()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_taken_and_comes_back_as_a_download(client, deal, people, name):
    client.force_login(people.provider)
    assert send(client, deal, {name: GOOD[name]}).status_code == 302
    made = Attachment.objects.get()
    client.force_login(people.client)
    assert made.name in client.get(reverse("marketplace:deal", args=[deal.key])).content.decode()
    answer = client.get(file_url(deal, made))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    content = b"".join(answer.streaming_content)
    assert len(content) == made.size
    assert content == GOOD[name] or not says_where(content)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_at_its_field_and_the_text_is_kept(client, deal, people, name):
    client.force_login(people.provider)
    answer = send(client, deal, {name: WRONG[name]}, "Text that is kept.")
    assert answer.status_code == 422
    assert b'id="id_files_error"' in answer.content
    assert "Text that is kept." in answer.content.decode()
    assert not Attachment.objects.exists()
    assert not deal.messages.exists()


def test_five_files_go_with_a_message_and_not_six(client, deal, people):
    client.force_login(people.provider)
    six = {f"{number}.txt": b"Text." for number in range(6)}
    assert send(client, deal, six).status_code == 422
    del six["5.txt"]
    assert send(client, deal, six).status_code == 302
    assert Attachment.objects.count() == 5


def test_a_deal_holds_200_megabytes(client, deal, people, attachment):
    Attachment.objects.update(size=files.MOST_OF_A_DEAL)
    client.force_login(people.client)
    answer = send(client, deal, {"more.txt": b"More."}, "Text that is kept.")
    assert answer.status_code == 422
    assert "Text that is kept." in answer.content.decode()
    assert deal.messages.count() == 1


def test_files_lie_where_no_address_leads(client, deal, people, attachment, settings):
    assert not attachment.file.path.startswith(str(settings.MEDIA_ROOT))
    assert "plan" not in attachment.file.name
    client.force_login(people.client)
    assert client.get(attachment.file.url, follow=True).status_code == 404


@pytest.mark.parametrize(
    "name",
    ['../pl"an.txt', "C:\\plan.txt", "plan\r\nX-Evil: 1.txt", "\u202eplan.txt", "a" * 400 + ".txt"],
)
def test_a_name_cannot_break_a_header_or_a_path(name):
    made = files.checked(name, b"Text.").name
    assert made.endswith(".txt")
    assert len(made) <= files.LONGEST_NAME
    assert made.isprintable()
    assert not set(made) & set('/\\":')


def test_only_who_sees_the_deal_gets_the_file_and_only_for_an_hour(
    client, deal, people, attachment, monkeypatch
):
    url = file_url(deal, attachment)
    assert client.get(url).status_code == 302  # to the sign-in
    for person in (people.contact, people.stranger, people.nobody, people.desk):
        client.force_login(person)
        assert client.get(url).status_code == 404
    client.force_login(people.client)
    assert client.get(url).status_code == 200
    token = links.of_file(attachment)
    forged = reverse("marketplace:deal-file", args=[deal.key, f"{attachment.pk}:1:x"])
    assert client.get(forged).status_code == 404
    other = DealFactory(people=True)
    client.force_login(other.client_user)
    foreign = reverse("marketplace:deal-file", args=[other.key, token])
    assert client.get(foreign).status_code == 404
    later = timezone.now().timestamp() + links.FILE_LASTS + 5
    client.force_login(people.client)
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer.url.endswith(f"#message-{attachment.message_id}")


def test_a_file_that_cannot_be_stored_leaves_nothing_behind(deal, people, monkeypatch):
    checked = [files.checked(f"{number}.txt", b"Text.") for number in range(2)]
    save, stored = Attachment.save, []

    def fail(self, *args, **kwargs):
        stored.append(self.file)
        if len(stored) == 2:
            raise OSError
        save(self, *args, **kwargs)

    monkeypatch.setattr(Attachment, "save", fail)
    with pytest.raises(OSError):
        services.say(deal, people.provider, "Text.", uuid.uuid4(), files=checked)
    assert [one.storage.exists(one.name) for one in stored] == [False, False]
    assert not deal.messages.exists()
