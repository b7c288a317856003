"""A visitor reports a mistake; the editors of the page's language hear of it and finish it."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from editorial.models import MistakeReport
from tests.editorial.conftest import speaks, work
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def story(index):
    return StoryPageFactory(parent=index("fi"), locale=index("fi").locale, slug="saha")


def send(client, story, code="lv", **changes):
    url = f"/{code}/report/?about={story.pk}"
    data = {"stamp": client.get(url).context["form"].stamp, "text": "It says 9 <b>%</b>."}
    return client.post(url, data | changes, headers=changes.pop("headers", None))


def test_a_report_reaches_the_editors_of_the_pages_language_in_their_own(client, story, people):
    speaks(people["editor"], "lv")
    url = f"/lv/report/?about={story.pk}"
    assert url in client.get("/lv/stories/saha/").content.decode()
    response = send(client, story, email="reader@example.org")
    assert response.status_code == 302
    assert not response.cookies
    assert "/lv/stories/saha/?read=fi" in client.get(response.url).content.decode()
    other = person("editor", "lv")
    work()
    report = MistakeReport.objects.get()
    assert (report.page_language, report.interface_language) == ("fi", "lv")
    assert report.page_key == story.translation_key
    (message,) = mail.outbox
    assert message.to == [people["editor"].email] != [other.email]
    html = message.alternatives[0].content
    assert '<html lang="lv"' in html
    assert "9 &lt;b&gt;%&lt;/b&gt;" in html
    assert reverse("mistakes:edit", args=[report.pk]) in message.body


def test_sending_one_form_twice_makes_one_report(client, story, people):
    url = f"/en/report/?about={story.pk}"
    data = {"stamp": client.get(url).context["form"].stamp, "text": "A typing error."}
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert MistakeReport.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"stamp": "x"}, {"email": "no address"}, {"website": "https://spam.example"}],
)
def test_what_is_refused_keeps_the_typed_text_and_says_why(client, story, wrong):
    response = send(client, story, **({"text": "Kept words"} | wrong))
    assert response.status_code == 422
    html = response.content.decode()
    assert "notice--error" in html or "field-error" in html
    assert ("Kept words" in html) is ("text" not in wrong)
    assert not MistakeReport.objects.exists()


@pytest.mark.parametrize("number", ["", "0", "x", "99999999", "1"])
def test_only_public_pages_can_be_reported(client, site, number):
    assert client.get(f"/en/report/?about={number}").status_code == 404


def test_editors_of_the_language_finish_a_report_and_others_do_not_see_it(client, story, people):
    send(client, story, email="reader@example.org")
    report = MistakeReport.objects.get()
    listing, edit = reverse("mistakes:index"), reverse("mistakes:edit", args=[report.pk])
    for stranger, status in (
        (person("editor", "lv"), 404),
        (person("translator", "fi"), 302),  # sent home: it is none of their lists
    ):
        client.force_login(stranger)
        assert client.post(edit, {"state": "done"}).status_code == status
        assert story.title not in client.get(listing).content.decode()
    report.refresh_from_db()
    assert report.state == "open"
    client.force_login(people["editor"])
    assert story.title in client.get(listing).content.decode()
    assert "reader@example.org" in client.get(edit).content.decode()
    assert client.post(edit, {"state": "done"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.email, report.done_by) == ("done", "", people["editor"])
    assert report.done_at
