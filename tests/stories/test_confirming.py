"""The contact is asked once a year whether a story is still true, and answers by a link."""

import datetime
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from stories import confirming, services, tasks
from stories.models import StoryPage
from tests.factories.accounts import person
from tests.factories.pages import rewrite
from tests.factories.stories import StoryPageFactory
from tests.stories.conftest import work

TODAY = timezone.localdate()
YEAR = datetime.timedelta(days=366)


@pytest.fixture(autouse=True)
def no_limit():
    cache.clear()


@pytest.fixture
def story(lists):
    """A story confirmed over a year ago, public in Finnish and a little later in English."""
    made = {}
    for code in ("fi", "en"):
        index = lists[code].get_children().get(slug="stories").specific
        made[code] = StoryPageFactory(
            parent=index,
            locale=index.locale,
            slug=f"orders-{code}",
            translation_key=made["fi"].translation_key if made else "0" * 31 + "9",
            confirmed_on=TODAY - YEAR,
            contact_email="desk@example.org",
        )
    return made["fi"]


def letters():
    work()
    return [message for message in mail.outbox if message.to == ["desk@example.org"]]


def link(message) -> str:
    return re.search(r"http://testserver(/\S+/still-true/\S+)", message.body)[1]


def answer(client, address, **data):
    form = client.get(address).context["form"]
    return client.post(address, {"stamp": form.stamp, **data})


@pytest.fixture
def address(story) -> str:
    tasks.ask_contacts()
    return link(letters()[0])


def test_one_letter_a_year_in_the_language_of_the_story(story):
    tasks.ask_contacts()
    tasks.ask_contacts()
    (message,) = letters()
    assert message.extra_headers["Content-Language"] == "fi"
    assert link(message).startswith("/fi/")
    assert story.title in message.alternatives[0].content
    assert confirming.due(TODAY + YEAR) != []


@pytest.mark.parametrize(
    "values",
    [
        {"confirmed_on": TODAY - datetime.timedelta(days=300)},
        {"demonstration": True},
        {"live": False},
        {"confirmed_on": None, "first_published_at": timezone.now()},
    ],
)
def test_nobody_is_asked_too_early_or_about_what_has_no_contact(story, values):
    for page in StoryPage.objects.all():
        for name, value in values.items():
            setattr(page, name, value)
        rewrite(page)
    assert confirming.due() == []


def test_looking_changes_nothing_and_confirming_dates_every_version(client, story, address):
    client.get(address)
    assert set(StoryPage.objects.values_list("confirmed_on", flat=True)) == {TODAY - YEAR}
    response = answer(client, address, answer="yes")
    assert response.status_code == 200
    assert not response.cookies
    assert set(StoryPage.objects.values_list("confirmed_on", flat=True)) == {TODAY}
    answer(client, address, answer="yes")
    entries = PageLogEntry.objects.filter(action=services.LOG_CONFIRMED)
    assert entries.count() == 2
    assert entries[0].data["by"] == "desk@example.org"
    assert confirming.due() == []


def test_an_older_draft_does_not_undo_the_date(story):
    draft = story.save_revision().pk
    services.confirm(story.translation_key, TODAY, "desk@example.org")
    assert Revision.objects.get(pk=draft).as_object().confirmed_on == TODAY


def test_what_has_changed_goes_to_the_editors_of_the_language_once(client, story, address):
    editor = person("editor", "fi")
    form = client.get(address).context["form"]
    data = {"stamp": form.stamp, "answer": "changed", "changed": "The school <b>moved</b>."}
    for _twice in range(2):
        assert client.post(address, data).status_code == 200
    work()
    (message,) = [message for message in mail.outbox if message.to == [editor.email]]
    assert "The school <b>moved</b>." in message.body
    assert "<b>moved" not in message.alternatives[0].content
    assert set(StoryPage.objects.values_list("confirmed_on", flat=True)) == {TODAY - YEAR}


def test_an_answer_without_words_keeps_the_form(client, story, address):
    response = answer(client, address, answer="changed", changed="")
    assert response.status_code == 422
    assert "changed" in response.context["form"].errors


def test_a_forged_link_says_so_and_one_of_a_former_contact_is_gone(client, story, address):
    forged = client.get(f"{address[:-6]}xxxxx/")
    assert forged.status_code == 410
    StoryPage.objects.update(contact_email="other@example.org")
    assert client.get(address).status_code == 404


def test_another_site_cannot_confirm(story, address):
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert answer(client, address, answer="yes").status_code == 422
    assert set(StoryPage.objects.values_list("confirmed_on", flat=True)) == {TODAY - YEAR}
