"""Files made in the background: promised once, kept by version, replaced, forgotten."""

import builtins
import sys
from io import BytesIO

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from pypdf import PdfReader

from core import documents, outbox, pdf
from core.models import MadeDocument, OutboxEntry
from tests.services import needs_pango

SENTENCE = "Zmyślony przykład: szkoła ma dziesięć uczniów, każdy coś umie. Žąsų ūkis."
HTML = (
    '<html lang="en"><head><title>x</title><link rel="stylesheet" href="/static/pdf/pdf.css">'
    f"</head><body><h1>{SENTENCE}</h1></body></html>"
)


def do_work() -> None:
    for entry in OutboxEntry.objects.filter(done_at=None):
        outbox.work.call(entry.pk)
        if entry.kind == "core.document":
            documents.make.call(**entry.payload)


def read(made: MadeDocument) -> bytes:
    with made.file.open() as file:
        return file.read()


@pytest.fixture
def content():
    """A kind of document whose content the test changes."""
    found = {"version": "1", "file": b"first", "write": lambda file: file}
    documents.maker("test")(
        lambda rest, language: (
            (found["version"], lambda: found["write"](found["file"])) if found["file"] else None
        )
    )
    return found


@pytest.mark.django_db
def test_a_document_is_promised_once_and_made_by_the_worker(content):
    documents.wanted("test/a", "lt", "1")
    documents.wanted("test/a", "lt", "1")
    assert OutboxEntry.objects.filter(kind="core.document").count() == 1
    assert documents.ready("test/a", "lt") is None
    do_work()
    made = documents.ready("test/a", "lt", "1")
    assert (read(made), made.size) == (b"first", 5)
    documents.wanted("test/a", "lt", "1")
    assert not OutboxEntry.objects.filter(kind="core.document", done_at=None).exists()


@pytest.mark.django_db
def test_a_new_version_takes_the_place_of_the_old_file_and_nothing_remains_of_what_is_gone(
    content, django_capture_on_commit_callbacks
):
    documents.wanted("test/a", "lt", "1")
    do_work()
    old = documents.ready("test/a", "lt").file.name
    content.update(version="2", file=b"second")
    documents.wanted("test/a", "lt", "2")
    assert documents.ready("test/a", "lt").version == "1"
    with django_capture_on_commit_callbacks(execute=True):
        do_work()
    new = documents.ready("test/a", "lt")
    assert (new.version, read(new)) == ("2", b"second")
    assert not default_storage.exists(old)
    content["file"] = None
    documents.wanted("test/a", "lt", "3")
    with django_capture_on_commit_callbacks(execute=True):
        do_work()
    assert not MadeDocument.objects.exists()
    assert not default_storage.exists(new.file.name)


@pytest.mark.django_db
def test_a_file_is_made_once_for_a_version_whatever_was_promised_before(content):
    made = []
    content["write"] = lambda file: made.append(file) or file
    for promised in ("0", "1", "2"):
        documents.wanted("test/a", "lt", promised)
    do_work()
    assert made == [b"first"]


@pytest.fixture
def without_pango(monkeypatch):
    """A machine on which WeasyPrint does not find its libraries."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    real = builtins.__import__

    def load(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'pango'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", load)
    pdf.lacking.cache_clear()
    yield
    pdf.lacking.cache_clear()


@pytest.mark.django_db
def test_without_pango_it_is_said_once_and_nothing_is_offered_or_promised_again(
    content, without_pango, caplog
):
    caplog.set_level("WARNING")
    content["write"] = lambda file: pdf.write(HTML, "/", "x", "lt")
    for name in ("test/a", "test/b"):
        documents.wanted(name, "lt", "1")
    do_work()
    assert not documents.ready("test/a", "lt").file
    documents.wanted("test/a", "lt", "1")
    assert not OutboxEntry.objects.filter(done_at=None).exists()
    assert [record.message for record in caplog.records if "Pango" in record.message] == [
        "No PDF is made: WeasyPrint does not find Pango here (cannot load library 'pango')."
    ]
    pdf.lacking.cache_clear()
    content["write"] = lambda file: file
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "lacking", lambda: "")
        documents.wanted("test/a", "lt", "1")
        do_work()
    assert read(documents.ready("test/a", "lt")) == b"first"


@needs_pango
def test_a_pdf_is_tagged_and_has_title_language_and_text_that_can_be_read_aloud(settings):
    made = PdfReader(BytesIO(pdf.write(HTML, f"{settings.BASE_URL}/", "Žemės „darbai“", "lt")))
    root = made.trailer["/Root"]
    assert made.metadata.title == "Žemės „darbai“"
    assert root["/Lang"] == "lt"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    # pypdf puts a NUL where the font changes.
    assert SENTENCE in " ".join(made.pages[0].extract_text().replace("\0", "").split())


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/latest/",
        "/en/",
        "/static/../../../../etc/passwd",
        "/media/../../etc/passwd",
    ],
)
def test_a_pdf_reads_nothing_but_the_portals_own_files(settings, url):
    address = url if "://" in url else f"{settings.BASE_URL}{url}"
    with pytest.raises((ValueError, SuspiciousFileOperation)):
        pdf.own_file(address)


def test_a_pdf_reads_the_portals_style(settings):
    assert b"@page" in pdf.own_file(f"{settings.BASE_URL}/static/pdf/pdf.css")
