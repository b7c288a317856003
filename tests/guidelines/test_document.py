"""The handbook as one document: a page to print, and a tagged PDF made in the background."""

import io

import pytest
from django.core.files.storage import default_storage
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from core import documents, outbox
from core.models import MadeDocument, OutboxEntry
from guidelines import printing
from tests.factories.guidelines import ChapterPageFactory
from tests.factories.pages import publish, take_off
from tests.guidelines.conftest import make_handbook
from tests.services import needs_pango

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick(monkeypatch):
    """Counts the PDFs that are made, and makes small ones."""
    made = []
    monkeypatch.setattr(
        printing,
        "write",
        lambda code, audience: made.append((code, audience)) or f"%PDF {len(made)}".encode(),
    )
    return made


def work() -> None:
    """What the worker does: the outbox, then the tasks that it asked for."""
    while entries := OutboxEntry.objects.filter(done_at=None):
        for entry in entries:
            outbox.work.call(entry.pk)
    for result in DBTaskResult.objects.filter(task_path="core.documents.make"):
        assert result.priority < 0
        documents.make.call(*result.args_kwargs["args"])
        result.delete()


def test_page_to_print_has_contents_and_every_chapter_one_level_deeper(client, add):
    add(slug="one", number=1, title="First steps")
    add("fi", slug="kaksi", number=2, title="Toinen luku", audiences=["company"])
    response = client.get("/en/guidelines/?as=document")
    html = response.content.decode()
    assert not response.cookies
    anchor = response.context["parts"][0]["chapters"][0]["anchor"]
    assert f'<a href="#{anchor}"' in html
    assert f'<h2 id="{anchor}">First steps</h2>' in html
    assert "<h3>Who to ask</h3>" in html
    assert '<article class="document-chapter" lang="fi"' in html
    assert '<p class="document-language">Suomi</p>' in html
    html = client.get("/en/guidelines/?as=document&for=company").content.decode()
    assert "First steps" not in html
    assert "Toinen luku" in html


def test_several_changes_make_each_pdf_once_and_remove_the_old_one(client, add, quick):
    chapter = add(slug="one")
    assert "is being made" in client.get("/en/guidelines/").content.decode()
    publish(chapter)
    publish(chapter)
    assert OutboxEntry.objects.filter(kind="guidelines.handbooks").count() == 1
    work()
    work()
    assert sorted(quick) == [("en", ""), ("en", "provider")]
    document = documents.ready("handbook/provider", "en")
    html = client.get("/lt/guidelines/?for=provider").content.decode()
    assert document.file.url in html
    assert "English" in html
    old = document.file.name
    chapter.title = "Changed"
    publish(chapter)
    assert "is being made" in client.get("/en/guidelines/?for=provider").content.decode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda done: done())
        work()
    document.refresh_from_db()
    assert document.file.name != old
    assert default_storage.exists(document.file.name)
    assert not default_storage.exists(old)
    assert "is being made" not in client.get("/en/guidelines/?for=provider").content.decode()


def test_every_language_with_a_chapter_gets_its_pdf_and_an_empty_one_loses_it(add, quick):
    publish(add(slug="one"))
    finnish = add("fi", slug="yksi", audiences=["company"])
    publish(finnish)
    work()
    assert set(quick) == {
        (code, side) for code in ("en", "fi") for side in ("", "provider", "company")
    }
    take_off(finnish)
    work()
    assert set(MadeDocument.objects.values_list("language", "name")) == {
        ("en", "handbook/all"),
        ("en", "handbook/provider"),
    }


def test_a_portal_that_cannot_make_pdfs_does_not_offer_them(client, add):
    add(slug="one")
    MadeDocument.objects.create(name="handbook/all", language="en", version="1", file="", size=0)
    html = client.get("/en/guidelines/").content.decode()
    assert "PDF" not in html
    assert "Read or print it as one page" in html


def test_a_request_never_makes_a_pdf(client, add, quick):
    from django.db import connection

    add(slug="one")
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/guidelines/?as=document")
        client.get("/en/guidelines/")
    assert not quick
    assert not [query for query in queries if query["sql"].startswith("INSERT")]


@needs_pango
def test_pdf_is_tagged_and_has_language_title_outline_contents_and_links(add, handbook):
    add(slug="one", number=1, title="First steps")
    add("fi", slug="kaksi", number=2, title="Toinen luku")
    file = PdfReader(io.BytesIO(printing.write("en", "provider")))
    root = file.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert file.metadata.title == "Guidelines: VET providers"
    titles = [item.title for item in file.outline if not isinstance(item, list)]
    assert {"First steps", "Toinen luku"} <= set(titles)
    contents = file.pages[1]
    links = {one.get_object()["/Dest"] for one in contents["/Annots"]}
    assert links == {"chapter-1-one", "chapter-2-kaksi"}
    text = contents.extract_text()
    assert "First steps" in text
    assert "3" in text
    assert "Suomi" in "".join(page.extract_text() for page in file.pages)


@needs_pango
@pytest.mark.parametrize(
    "code, sentence",
    [
        ("de", "Prüfen Sie, ob der Betrieb groß genug ist: „Übung“ heißt Öffnung."),
        ("pl", "Zapytaj, czy zakład przyjmie uczniów: każdy łącznik coś wnosi, źródło też."),
    ],
)
def test_text_of_the_pdf_can_be_copied_and_read_out(code, sentence):
    handbook = make_handbook(["en", code])[code]
    body = [
        {"type": "heading", "value": sentence},
        {"type": "text", "value": f"<p>{sentence} <b>{sentence}</b></p>"},
    ]
    ChapterPageFactory(parent=handbook, locale=handbook.locale, body=body, purpose=sentence)
    file = PdfReader(io.BytesIO(printing.write(code, "")))
    # pypdf puts a NUL where the font changes, and a line may end at a hyphen.
    text = "".join(page.extract_text() for page in file.pages).replace("\0", "")
    text = " ".join(text.replace("-\n", "").split())
    assert text.count(sentence) == 4
