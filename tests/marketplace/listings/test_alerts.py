"""Saved searches: from the form to the mails, and out again."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from core import outbox
from core.models import OutboxEntry
from marketplace.listings.alerts import services, tasks
from marketplace.listings.alerts.models import Alert, Told
from tests.factories.pages import publish

pytestmark = pytest.mark.django_db
ADDRESS = "owner@example.org"


def work() -> None:
    """Does what was promised, as the worker does."""
    waiting = OutboxEntry.objects.filter(done_at=None, kind__startswith="marketplace.")
    while entry := waiting.order_by("pk").first():
        outbox.work.call(entry.pk)
        entry.refresh_from_db()
        assert not entry.error, entry.error


def look(days: int) -> None:
    """The daily look, so many days from now."""
    services.look_daily(timezone.localdate() + datetime.timedelta(days=days))
    work()


@pytest.fixture
def send(client):
    """Fills in the form: `send("service", "category=…", how="at_once")`."""

    def fill(kind: str = "service", query: str = "", **values):
        url = f"/en/alerts/{kind}/?{query}"
        form = client.get(url).context["form"]
        typed = {"stamp": form.stamp, "email": ADDRESS, "how": "at_once", **values}
        answer = client.post(url, typed)
        work()
        return answer

    return fill


@pytest.fixture
def saved(send, client, link):
    """A search whose owner has confirmed it."""

    def save(*args, **values) -> Alert:
        send(*args, **values)
        client.post(link("confirm"))
        mail.outbox.clear()
        return Alert.objects.latest("pk")

    return save


@pytest.fixture
def link():
    """The path of a link in the latest mail: `link("stop")`."""

    def find(name: str) -> str:
        return re.search(rf"/en/alerts/{name}/\S+", mail.outbox[-1].body)[0]

    return find


@pytest.fixture
def offer(service):
    """Publishes a service as a review does."""

    def make(*args, **values):
        page = service(*args, draft=True, **values)
        publish(page)
        work()
        return page

    return make


def test_mails_begin_when_the_link_was_opened_and_its_button_pressed(client, send, link, offer):
    assert send().status_code == 302
    [first] = mail.outbox
    assert first.to == [ADDRESS]
    offer(slug="before")
    assert len(mail.outbox) == 1
    path = link("confirm")
    client.get(path)
    assert Alert.objects.get().confirmed_at is None
    assert "We write to you" in client.post(path).content.decode()
    offer(slug="web", title="A web site")
    [_first, news] = mail.outbox
    assert "A web site" in news.body
    assert "/en/services/web/" in news.body
    assert "before" not in news.body


def test_only_what_fits_the_filters_is_told(saved, offer):
    saved("service", "service_category=catering&country=LV&nonsense=1&page=7")
    assert Alert.objects.get().query == "service_category=catering&country=LV"
    offer(slug="web", category="web_design")
    assert not mail.outbox
    offer(slug="bread", category="catering")
    assert "Catering" in mail.outbox[0].body


def test_nobody_hears_twice_of_the_same_thing(saved, offer, service, sections, send, client, link):
    saved("service", "")
    saved("service", "service_category=web_design")
    page = offer(slug="web")
    assert len(mail.outbox) == 1
    page.title = "Changed"
    publish(page)
    work()
    again = page.copy_for_translation(sections["services", "lv"].locale, copy_parents=True)
    publish(again)
    look(days=1)
    assert len(mail.outbox) == 1
    assert Told.objects.count() == 1


def test_a_daily_search_gives_one_mail_a_day_and_none_without_news(saved, offer):
    saved("service", "", how="daily")
    look(days=1)
    assert not mail.outbox
    offer(slug="one")
    offer(slug="two")
    assert not mail.outbox
    look(days=1)  # that day's look is over
    assert not mail.outbox
    look(days=2)
    look(days=2)
    [news] = mail.outbox
    assert news.subject == "2 new services"


def test_needs_are_told_while_they_are_open(saved, need):
    saved("need", "need_kind=project")
    publish(need(slug="shut", draft=True, closed_on=timezone.localdate()))
    work()
    assert not mail.outbox
    publish(need(slug="open", draft=True))
    work()
    assert mail.outbox[0].subject == "1 new need"


def test_one_click_stops_the_mails_without_signing_in_and_deletes_the_address(client, saved, offer):
    saved()
    offer(slug="one")
    [news] = mail.outbox
    url = re.match(r"^<https?://[^/]+(.*)>$", news.extra_headers["List-Unsubscribe"])[1]
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Shall these mails stop?" in client.get(url).content.decode()
    assert Alert.objects.count() == 1
    answer = client.post(url, {"List-Unsubscribe": "One-Click"}, HTTP_ORIGIN="https://mail.test")
    assert "You get no more of these mails" in answer.content.decode()
    assert not answer.cookies
    assert not Alert.objects.exists()
    assert client.post(url).status_code == 200
    offer(slug="two")
    assert len(mail.outbox) == 1
    assert client.get("/en/alerts/stop/forged/").status_code == 404


def test_the_same_search_at_another_pace_takes_the_place_of_the_first(saved, offer, send, link):
    saved("service", "", how="at_once")
    offer(slug="one")
    mail.outbox.clear()
    saved("service", "", how="daily")
    assert [one.how for one in Alert.objects.all()] == ["daily"]
    look(days=1)
    assert not mail.outbox


def test_an_address_gets_no_flood_and_the_answer_never_says_who_is_known(send):
    answers = {send().headers["Location"] for _time in range(3)}
    assert len(mail.outbox) == 1  # one within ten minutes for a search
    assert answers == {"/en/alerts/service/sent/"}
    for country in "FI LT EE PL DE IT PT ES FR SE".split():
        send("service", f"country={country}")
    assert len(mail.outbox) == services.MAILS_PER_HOUR


def test_wrong_input_is_told_at_its_field_and_what_was_typed_stays(client, send):
    answer = send(email="nobody", how="never")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="nobody"' in html
    assert set(answer.context["form"].errors) == {"email", "how"}
    assert not Alert.objects.exists()
    assert client.get("/en/alerts/story/").status_code == 404
    assert send(email="a\x00@example.org").status_code in (400, 422)
    assert client.get("/en/alerts/service/").cookies == {}


def test_links_end_and_a_form_of_another_page_confirms_nothing(client, send, link, monkeypatch):
    send()
    path = link("confirm")
    assert client.post(path, HTTP_ORIGIN="https://elsewhere.test").status_code == 403
    assert Alert.objects.get().confirmed_at is None
    monkeypatch.setattr(services, "CONFIRM_WITHIN", datetime.timedelta(seconds=-1))
    answer = client.get(path)
    assert answer.status_code == 410
    assert "older than three days" in answer.content.decode()
    assert client.get("/en/alerts/confirm/forged/").status_code == 410


def test_what_nobody_confirms_is_deleted_after_a_week(send, saved):
    saved("need")
    send()
    old = timezone.now() - datetime.timedelta(days=8)
    Alert.objects.update(created_at=old, mailed_at=old)
    tasks.forget()
    assert [one.kind for one in Alert.objects.all()] == ["need"]


@pytest.mark.parametrize("code", ["de", "fi", "it", "lt", "lv", "pl", "pt"])
def test_the_form_and_the_mails_are_in_the_language_of_the_reader(client, offer, site, code):
    url = f"/{code}/alerts/service/"
    form = client.get(url).context["form"]
    client.post(url, {"stamp": form.stamp, "email": ADDRESS, "how": "at_once"})
    work()
    path = re.search(rf"/{code}/alerts/confirm/\S+", mail.outbox[0].body)[0]
    client.post(path)
    offer(slug="one")
    assert mail.outbox[1].extra_headers["Content-Language"] == code
    assert f"/{code}/services/one/" in mail.outbox[1].body
