"""Forms without an account and without a cookie."""

import time

import pytest
from django import forms
from django.core.cache import cache
from django.test import RequestFactory

from core.anonymous import AnonymousForm, from_here


class WordForm(AnonymousForm):
    word = forms.CharField()
    limit = 2


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


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


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
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
