"""Forms without an account and without a cookie."""

import time

import pytest
from django import forms
from django.core.cache import cache
from django.core.management import call_command
from django.test import RequestFactory

from accounts.adapter import AccountAdapter
from core.anonymous import AnonymousForm, from_here, network


class WordForm(AnonymousForm):
    word = forms.CharField()
    limit = 2


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


class OtherForm(WordForm):
    purpose = "other"


def sent(stamp: str, word="saw", address="192.0.2.1", headers=None, **more) -> WordForm:
    request = RequestFactory().post("/", REMOTE_ADDR=address, headers=headers or {})
    return WordForm(request, {"word": word, "stamp": stamp, **more})


def shown() -> str:
    return WordForm(RequestFactory().get("/")).stamp


def test_a_form_that_was_shown_is_accepted_and_keeps_its_number_when_sent_twice():
    stamp = shown()
    first, second = sent(stamp), sent(stamp)
    assert first.is_valid()
    assert second.is_valid()
    assert first.submission == second.submission


def test_a_forged_or_old_stamp_is_refused_and_a_fresh_one_is_offered(monkeypatch):
    with monkeypatch.context() as yesterday:
        then = time.time() - 25 * 3600
        yesterday.setattr("django.core.signing.time.time", lambda: then)
        old = shown()
    for stamp in (old, "made:up", ""):
        form = sent(stamp)
        assert form.has_error("__all__", "stamp")
        assert form["word"].value() == "saw"
        assert sent(form.stamp).submission


def test_stamp_of_one_form_does_not_open_another():
    request = RequestFactory().post("/")
    form = OtherForm(request, {"word": "saw", "stamp": shown()})
    assert form.has_error("__all__", "stamp")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://["}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_only_pages_of_the_portal_may_send_it(headers, allowed):
    assert from_here(RequestFactory().post("/", headers=headers)) is allowed


def test_a_machine_that_fills_in_every_field_is_refused():
    assert sent(shown(), website="https://spam.example").has_error("__all__", "origin")


def test_one_network_may_send_only_so_many_and_another_still_may():
    near, far = "2001:db8::1", "2001:db8:0:1::1"
    assert [sent(shown(), address=near).is_valid() for _ in range(2)] == [True, True]
    assert sent(shown(), address="2001:db8::2").has_error("__all__", "limit")
    assert sent(shown(), address=far).is_valid()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_address_is_the_one_that_the_outermost_trusted_proxy_saw(
    settings, proxies, forwarded, address
):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert network(request) == AccountAdapter().get_client_ip(request) == address


@pytest.mark.django_db
def test_forms_are_counted_in_a_cache_that_processes_share(settings):
    backend = "django.core.cache.backends.db.DatabaseCache"
    table = {"BACKEND": backend, "LOCATION": "form_limits", "TIMEOUT": 3600}
    settings.CACHES = settings.CACHES | {"limits": table}
    call_command("createcachetable")
    assert [sent(shown()).is_valid() for _ in range(3)] == [True, True, False]
    cache.clear()  # another process has counted nothing of its own
    assert not sent(shown()).is_valid()
