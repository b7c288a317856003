"""Anybody verifies a document by its hash, and learns nothing but whether it counts."""

import pytest

from marketplace.agreements import services, verify_views

pytestmark = pytest.mark.django_db


def look(client, sha256):
    response = client.get(f"/en/verify/{sha256}/")
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex"
    return response.status_code, " ".join(response.content.decode().split())


def test_an_agreement_counts_when_both_have_accepted_it(client, deal, agree):
    sha256 = services.current(deal).sha256
    assert "Not yet" in look(client, sha256)[1]
    agree(deal)
    status, text = look(client, sha256)
    assert (status, "Yes: this is the accepted agreement" in text) == (200, True)
    assert look(client, sha256.upper())[0] == 200


def test_a_text_that_a_newer_one_replaced_does_not_count(client, deal, propose):
    sha256 = services.current(deal).sha256
    propose(deal, scope="Six pages.")
    status, text = look(client, sha256)
    assert (status, "No: a newer version" in text) == (200, True)
    assert "Yes:" not in text


@pytest.mark.parametrize("wrong", ["0" * 64, "abc", "é"])
def test_what_the_portal_does_not_know_it_says_so(client, wrong):
    status, text = look(client, wrong)
    assert (status, "does not know this document" in text) == (404, True)


def test_nothing_private_is_told(client, deal, agree):
    agreement = agree(deal)
    _status, text = look(client, agreement.sha256)
    private = [
        deal.title,
        deal.provider.name,
        deal.client.name,
        deal.client_user.get_full_name(),
        deal.client_user.email,
        str(deal.key),
        agreement.proposal.scope,
    ]
    assert not [word for word in private if word in text]


def test_a_visitor_pastes_the_hash_or_the_whole_text_without_a_cookie(client, deal, agree):
    agreement = agree(deal)
    shown = client.get("/en/verify/")
    assert not shown.cookies
    stamp = shown.context["form"].stamp
    for pasted in (agreement.sha256.upper(), agreement.text.replace("\n", "\r\n")):
        response = client.post("/en/verify/", {"stamp": stamp, "document": pasted})
        assert response["Location"] == f"/en/verify/{agreement.sha256}/"
    empty = client.post("/en/verify/", {"stamp": stamp, "document": " "})
    assert empty.status_code == 422


def test_an_address_without_language_leads_to_the_page(client, deal):
    sha256 = services.current(deal).sha256
    response = client.get(f"/verify/{sha256}/", headers={"accept-language": "lt"})
    assert response["Location"] == f"/lt/verify/{sha256}/"


def test_whoever_asks_too_often_waits(client, deal, monkeypatch):
    monkeypatch.setattr(verify_views, "MOST", 1)
    sha256 = services.current(deal).sha256
    assert look(client, sha256)[0] == 200
    status, text = look(client, sha256)
    assert (status, "Not yet" in text) == (429, False)
