"""The policy brief: a page to print, and a tagged PDF that no request makes."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from core import documents, generation, outbox
from core.models import MadeDocument, OutboxEntry
from guidelines import services
from guidelines.briefs import make, want_briefs
from tests.factories.accounts import UserFactory
from tests.factories.pages import take_off
from tests.guidelines.recommending import add, make_section
from tests.services import needs_pango

PATH = "/en/recommendations/short/"


def work() -> None:
    """What the worker does about briefs, until nothing is left."""
    for _round in range(3):
        for entry in OutboxEntry.objects.filter(
            kind__in=["guidelines.briefs", "core.document"], done_at=None
        ):
            outbox.work.call(entry.pk)
            if entry.kind == "core.document":
                documents.make.call(**entry.payload)


@pytest.fixture
def page(db):
    section = make_section(["en", "lt"])
    page = add(section["en"], slug="short", title="One short agreement")
    add(
        section["lt"],
        slug="trumpa",
        title="Viena trumpa sutartis",
        problem="<p>Ąžuolų mokykla neturi sutarties.</p>",
        translation_key=page.translation_key,
    )
    return page


@pytest.mark.django_db
def test_the_brief_is_a_page_in_the_language_of_the_reader(client, page):
    html = client.get("/lt/recommendations/trumpa/?as=brief").content.decode()
    assert "Ąžuolų mokykla" in html
    assert html.count("<h1") == 1
    assert "Ąžuolų mokykla" not in client.get(f"{PATH}?as=brief").content.decode()


@needs_pango
@pytest.mark.django_db
def test_the_pdf_is_tagged_and_has_title_language_and_text(page):
    version, write = make(str(page.translation_key), "lt")
    made = PdfReader(BytesIO(write()))
    root = made.trailer["/Root"]
    assert made.metadata.title == "Viena trumpa sutartis"
    assert root["/Lang"] == "lt"
    assert root["/MarkInfo"]["/Marked"]
    assert "Ąžuolų mokykla" in "".join(one.extract_text() for one in made.pages).replace("\0", "")
    assert len(made.pages) <= 2
    assert version == make(str(page.translation_key), "lt")[0]


@pytest.mark.django_db
def test_the_pdf_is_made_in_the_background_and_follows_the_status(client, page, monkeypatch):
    monkeypatch.setattr("core.pdf.write", lambda html, *rest: html.encode())
    assert "The PDF is being made." in client.get(PATH).content.decode()
    assert not OutboxEntry.objects.exists()
    want_briefs([str(page.translation_key)])
    work()
    first = documents.ready(f"brief/{page.translation_key}", "en")
    html = client.get(PATH).content.decode()
    assert first.file.url in html
    assert "As PDF (" in html
    lithuanian = documents.ready(f"brief/{page.translation_key}", "lt")
    lithuanian.file = ""
    lithuanian.save()
    assert "PDF" not in client.get("/lt/recommendations/trumpa/").content.decode()
    services.move(page, "consulted", UserFactory(is_superuser=True))
    work()
    second = documents.ready(f"brief/{page.translation_key}", "en")
    assert second.version != first.version
    with second.file.open() as file:
        assert b"Consulted" in file.read()
    want_briefs()
    assert not OutboxEntry.objects.filter(kind="core.document", done_at=None).exists()


@pytest.mark.django_db
def test_no_brief_remains_of_what_is_not_public_any_more(page, monkeypatch):
    monkeypatch.setattr("core.pdf.write", lambda html, *rest: html.encode())
    want_briefs()
    work()
    assert MadeDocument.objects.count() == 2
    take_off(page)
    work()
    assert list(MadeDocument.objects.values_list("language", flat=True)) == ["lt"]
    generation.forget()
