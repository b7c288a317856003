"""Anybody reports what should not be on the portal, without an account and without a cookie."""

import html
import re

import pytest
from django.core import mail

from core.page_context import notice_url
from moderation.models import Case, Notice
from tests.editorial.conftest import work
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory
from tests.moderation import sending

SAID = {
    "reason": "personal",
    "text": "Čia yra <b>adresas</b>.",
    "name": "Skaitytoja",
    "email": "reader@example.org",
    "good_faith": "on",
}


@pytest.fixture
def url(story):
    return notice_url(story, "lt")


def send(client, url, **changes):
    data = {"stamp": client.get(url).context["form"].stamp} | SAID | changes
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def test_every_item_links_to_the_form_about_itself(client, story, url):
    page = client.get("/lt/stories/saha/").content.decode()
    assert f'href="{html.escape(url)}"' in page
    form = client.get(url)
    assert story.title in form.content.decode()
    assert not form.cookies


def test_a_notice_becomes_a_case_a_receipt_and_a_call_in_each_ones_language(
    client, story, url, moderators
):
    response = send(client, url)
    assert response.status_code == 302
    assert not response.cookies
    assert story.title in client.get(response.url).content.decode()
    work()
    case = Case.objects.get()
    assert (case.kind, case.language, case.title) == ("page", "fi", story.title)
    assert story.result in case.text
    receipt = next(one for one in mail.outbox if one.to == ["reader@example.org"])
    assert case.notices.get().number in receipt.subject
    assert '<html lang="lt"' in receipt.alternatives[0].content
    calls = {one.to[0]: one.alternatives[0].content for one in mail.outbox if one != receipt}
    assert set(calls) == {one.email for one in moderators}
    assert '<html lang="de"' in calls[moderators[0].email]
    assert "reader@example.org" not in "".join(calls.values())
    assert [one.what for one in case.events.all()] == ["notice", "mailed"]


def test_sent_twice_it_is_one_notice_and_one_receipt(client, url, moderators):
    data = {"stamp": client.get(url).context["form"].stamp} | SAID
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    work()
    assert Notice.objects.count() == 1
    assert len([one for one in mail.outbox if one.to == ["reader@example.org"]]) == 1


def test_a_second_reader_joins_the_case_that_waits(client, url, moderators):
    send(client, url)
    send(client, url, email="other@example.org", reason="hate")
    assert Case.objects.get().notices.count() == 2
    work()
    calls = [one for one in mail.outbox if one.to == [moderators[0].email]]
    assert len(calls) == 1


def test_what_was_decided_opens_a_new_case_when_it_is_reported_again(
    client, url, thing, moderators
):
    case = sending.notice(thing).case
    sending.decide(case, moderators[0], action="none", ground="", rule="")
    send(client, url)
    assert Case.objects.exclude(pk=case.pk).get().state == "open"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "a\0b"},
        {"text": "x" * 5_001},
        {"reason": "nonsense"},
        {"reason": None},
        {"name": ""},
        {"email": ""},
        {"email": "no address"},
        {"good_faith": None},
        {"stamp": "x"},
        {"website": "https://spam.example"},
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(client, url, wrong):
    response = send(client, url, **({"text": "Išsaugota"} | wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert "error-summary" in page
    assert ("Išsaugota" in page) is ("text" not in wrong)
    assert not Notice.objects.exists()


def test_about_the_safety_of_minors_nobody_has_to_say_who_they_are(client, url, moderators):
    assert send(client, url, reason="minors", name="", email="").status_code == 302
    work()
    assert {one.to[0] for one in mail.outbox} == {one.email for one in moderators}


@pytest.mark.parametrize("query", ["kind=page&key=x", "kind=x&key=1", "kind=page"])
def test_what_is_not_there_cannot_be_reported(client, site, query):
    assert client.get(f"/en/report/notice/?{query}").status_code == 404


def test_a_draft_cannot_be_reported(client, index, story):
    draft = StoryPageFactory(parent=index("en"), draft=True)
    assert client.get(notice_url(draft, "en")).status_code == 404
    assert client.get(notice_url(story, "en")).status_code == 200


class TestByItsAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "/fi/stories/saha/",
            "http://testserver/lv/stories/saha/?read=fi",
            "http://testserver/en/stories/saha",
        ],
    )
    def test_a_page_is_found_in_whatever_language_it_was_read(self, client, story, address):
        assert send(client, "/en/report/notice/", address=address).status_code == 302
        assert Case.objects.get().key == f"{story.translation_key}/fi"

    @pytest.mark.parametrize(
        "address", ["https://elsewhere.example/fi/stories/saha/", "/fi/none/", "x", "http://[", ""]
    )
    def test_another_address_is_refused(self, client, story, address):
        assert send(client, "/en/report/notice/", address=address).status_code == 422
        assert not Case.objects.exists()


def test_too_many_from_one_network_are_refused_and_kept(client, url):
    statuses = [send(client, url).status_code for _ in range(11)]
    assert statuses[:10] == [302] * 10
    assert statuses[10] == 422


def test_somebody_who_is_signed_in_is_known(client, url):
    reader = person()
    client.force_login(reader)
    send(client, url)
    assert Notice.objects.get().user == reader


def test_the_page_carries_the_readers_language_and_the_titles_own(client, url, story):
    page = client.get(url).content.decode()
    assert '<html lang="lt"' in page
    assert re.search(rf'lang="fi"[^>]*>{re.escape(story.title)}', page)
