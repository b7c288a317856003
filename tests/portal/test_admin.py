"""Addresses of the admin that lead nowhere, for people who are signed in and for those who are not."""

import pytest

ADDRESSES = ["/admin/nonsense/", "/admin/nonsense", "/admin/stories/a-story/", "/admin/en"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_visitor_signs_in_first(client, site, address):
    answer = client.get(address, follow=True)
    *chain, last = (url for url, _status in answer.redirect_chain)
    assert last.startswith("/en/account/login/?next=/admin/")
    assert all(url.startswith("/admin/") for url in chain)


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_signed_in_hears_it_from_the_admin(admin_client, site, address):
    answer = admin_client.get(address, follow=True)
    assert answer.status_code == 404
    assert "wagtailadmin/404.html" in [template.name for template in answer.templates]
    assert all(url.startswith("/admin/") for url, _status in answer.redirect_chain)


def test_page_without_a_language_still_leads_to_one(client, site):
    assert client.get("/stories/")["Location"] == "/en/stories/"


def test_admin_in_a_language_is_no_page(client, site):
    assert client.get("/en/admin/nonsense/").status_code == 404
