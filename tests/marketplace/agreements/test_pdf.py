"""The agreement as a PDF: tagged, both languages, the hash on each page, for nobody else."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import default_storage, storages
from pypdf import PdfReader

from core.models import OutboxEntry
from marketplace.agreements import documents, evidence, files, services, tasks
from tests.marketplace.agreements.test_after import WORDS
from tests.services import needs_pango

pytestmark = pytest.mark.django_db


def words(page) -> str:
    return "".join(page.extract_text().replace("\0", "").split())


@needs_pango
def test_the_pdf_is_tagged_in_both_languages_with_hash_and_address_on_each_page(
    client, deal, agree, make_files
):
    agreement = agree(deal)
    make_files()
    made = documents.ready(agreement)
    response = client.get(files.address("agreement", agreement.sha256, deal.client_user))
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    file = PdfReader(BytesIO(b"".join(response.streaming_content)))
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert file.trailer["/Root"]["/Lang"] == "lv"
    assert len(file.pages) > 1
    for page in file.pages:
        assert agreement.sha256 in words(page)
        assert f"{settings.BASE_URL}/verify/{agreement.sha256}/" in words(page)
    whole = "".join(words(page) for page in file.pages)
    for clauses in agreement.texts.values():
        assert "".join(clauses[2]["title"].split()) in whole
    assert "".join(deal.client_user.get_full_name().split()) in whole
    assert storages["private"].exists(made.file.name)
    assert not default_storage.exists(made.file.name)


def test_a_file_is_for_those_of_the_deal_and_for_an_hour(
    client, deal, stranger, make_files, monkeypatch
):
    monkeypatch.setattr(documents, "write", lambda document, code: b"%PDF")
    agreement = services.current(deal)
    address = files.address("agreement", agreement.sha256, deal.client_user)
    assert client.get(address).status_code == 404  # not made yet
    make_files()
    assert client.get(address).status_code == 200
    assert client.get(files.address("agreement", agreement.sha256, stranger)).status_code == 404
    assert client.get(address[:-3] + "xx/").status_code == 404
    with monkeypatch.context() as patch:
        patch.setattr(files, "AN_HOUR", -1)
        assert client.get(address).status_code == 404
    deal.client_user.memberships.all().delete()
    assert client.get(address).status_code == 404


def test_the_file_is_made_anew_when_somebody_accepts(deal, make_files, monkeypatch):
    monkeypatch.setattr(documents, "write", lambda document, code: b"%PDF")
    make_files()
    agreement = services.current(deal)
    assert documents.ready(agreement)
    services.accept(deal, deal.client_user, agreement.sha256)
    assert documents.ready(services.current(deal)) is None
    make_files()
    assert documents.ready(services.current(deal))


def test_a_file_that_was_lost_on_the_way_is_promised_again(deal, make_files, monkeypatch):
    monkeypatch.setattr(documents, "write", lambda document, code: b"%PDF")
    OutboxEntry.objects.filter(kind="core.document").delete()
    tasks.want_files()
    tasks.want_files()
    assert OutboxEntry.objects.filter(kind="core.document").count() == 1
    make_files()
    assert documents.ready(services.current(deal))


@needs_pango
def test_evidence_has_a_line_for_the_name_and_no_name(worked, make_files):
    made = evidence.write(worked, worked.client_user, WORDS, uuid4())
    make_files()
    with files.opened(documents.ready(made)) as file:
        whole = "".join(words(page) for page in PdfReader(file).pages)
    assert "".join(WORDS["did"].split()) in whole
    assert made.sha256 in whole
