"""The page of an agreement: both languages, changes marked, accepted by a form."""

import pytest
from bs4 import BeautifulSoup

from marketplace.agreements import services


def page(client, user, path):
    client.force_login(user)
    response = client.get(path)
    return response, BeautifulSoup(response.content, "html.parser")


def address(deal, number=1) -> str:
    return f"/en/account/deals/{deal.key}/agreement/{number}/"


def form_of(soup) -> dict:
    form = soup.find("form", method="post", action=lambda action: "#accept" in (action or ""))
    return {field["name"]: field.get("value", "on") for field in form.find_all("input")}


def test_both_sides_read_every_clause_in_both_languages(client, deal):
    for user in (deal.provider_user, deal.client_user):
        response, soup = page(client, user, address(deal))
        assert response.status_code == 200
        clauses = soup.select("section.clause")
        assert len(clauses) == len(services.current(deal).texts["lv"])
        assert all(
            [cell["lang"] for cell in clause.select(".clause-cell")] == ["lv", "lt"]
            for clause in clauses
        )
        assert services.current(deal).sha256[:8] in soup.get_text()


@pytest.mark.parametrize("what", ["", "text/"])
def test_nobody_else_learns_of_it(client, deal, stranger, what):
    path = address(deal) + what
    assert client.get(path).status_code == 302
    assert page(client, stranger, path)[0].status_code == 404
    assert client.post(path, {"sha256": "0"}).status_code in (404, 405)
    assert page(client, deal.client_user, path)[0].status_code == 200


def test_the_form_accepts_exactly_what_the_page_shows(client, deal):
    _response, soup = page(client, deal.client_user, address(deal))
    sent = form_of(soup)
    assert sent["sha256"] == services.current(deal).sha256
    missing = client.post(address(deal), sent | {"name": "", "agree": ""})
    assert missing.status_code == 422
    assert not services.current(deal).signatures.exists()
    assert client.post(address(deal), sent | {"name": "A. Buyer"}).status_code == 302
    assert client.post(address(deal), sent | {"name": "A. Buyer"}).status_code == 302
    assert services.current(deal).signatures.get().name == "A. Buyer"
    _response, soup = page(client, deal.client_user, address(deal))
    assert "A. Buyer" in soup.get_text()
    assert soup.find(id="accept") is None
    _response, soup = page(client, deal.provider_user, address(deal))
    client.post(address(deal), form_of(soup))
    deal.refresh_from_db()
    assert deal.state == "agreed"


def test_a_form_of_an_older_version_is_refused_with_the_way_to_the_new_one(client, deal, propose):
    _response, soup = page(client, deal.provider_user, address(deal))
    sent = form_of(soup)
    propose(deal, scope="Six pages.")
    response = client.post(address(deal), sent)
    assert response.status_code == 409
    assert "newer version" in response.content.decode()
    assert f'href="{address(deal, 2)}"' in response.content.decode()
    assert not services.current(deal).signatures.exists()


@pytest.mark.parametrize(
    "bad",
    [{"sha256": "x"}, {"sha256": "\x00", "name": "a"}, {"name": "\x00"}, {"name": "a" * 9000}, {}],
)
def test_bad_input_gets_an_answer_and_accepts_nothing(client, deal, bad):
    client.force_login(deal.client_user)
    response = client.post(address(deal), {"agree": "on", "name": "A", **bad})
    assert response.status_code in (400, 409, 422)
    assert not services.current(deal).signatures.exists()


def test_changes_since_the_version_before_are_marked_in_words_too(client, deal, propose):
    propose(deal, scope="Five pages in three languages.")
    _response, soup = page(client, deal.client_user, address(deal, 2))
    marks = [(mark.name, mark.get_text()) for mark in soup.select(".clause-said :is(ins, del)")]
    assert ("del", "Removed: two") in marks
    assert ("ins", "Added: three") in marks
    changed = [clause["id"] for clause in soup.select(".clause--changed")]
    codes = [one["code"] for one in services.current(deal).texts["lv"]]
    assert f"clause-{codes.index('delivery') + 1}" in changed
    assert f"clause-{codes.index('terms') + 1}" not in changed
    first, soup = page(client, deal.client_user, address(deal, 1))
    assert not soup.select("section.clause :is(ins, del)")
    assert "earlier version" in first.content.decode()


def test_the_text_file_has_the_hash_that_both_accept(client, deal):
    from hashlib import sha256

    response, _soup = page(client, deal.client_user, address(deal) + "text/")
    assert sha256(response.content).hexdigest() == services.current(deal).sha256
    assert "attachment" in response["Content-Disposition"]


def test_the_page_takes_as_many_queries_for_many_versions(
    client, deal, propose, django_assert_max_num_queries
):
    client.force_login(deal.client_user)
    client.get(address(deal))
    with django_assert_max_num_queries(15):
        client.get(address(deal))
    for number in range(4):
        propose(deal, scope=f"{number} pages.")
    with django_assert_max_num_queries(15):
        assert client.get(address(deal, 5)).status_code == 200
