"""Messages are translated by the machine that an operator has chosen, each once, for the two sides."""

import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail_localize.machine_translators.dummy import DummyTranslator

from core import machine as machines
from marketplace.deals.states import State
from marketplace.rooms import services, translating
from marketplace.rooms.models import MessageTranslation
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db
MACHINE = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}
TEXT = "Ar <b>galite</b> & kada?\n\nLaukiame jūsų."
TRANSLATED = "kada? & <b>galite</b> Ar\n\njūsų. Laukiame"


@pytest.fixture
def machine(settings):
    """The machine of the editorial tests: it turns the order of words round."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = MACHINE


@pytest.fixture
def message(deal, people):
    """Of the Lithuanian client, to the Latvian school."""
    return services.say(deal, people.client, TEXT, uuid.uuid4())


def room(client, deal) -> str:
    return client.get(reverse("marketplace:deal", args=[deal.key])).content.decode()


def address(message) -> str:
    return reverse("marketplace:message-translate", args=[message.deal.key, message.pk])


def test_nothing_is_offered_without_a_machine(client, message, people):
    client.force_login(people.provider)
    assert address(message) not in room(client, message.deal)
    answer = client.post(address(message), follow=True)
    assert "This message cannot be translated here." in answer.content.decode()
    assert not MessageTranslation.objects.exists()


def test_a_message_is_translated_once_and_stands_below_the_original(
    client, machine, message, people, monkeypatch
):
    asked = []
    real = DummyTranslator.translate
    monkeypatch.setattr(
        DummyTranslator, "translate", lambda *found: asked.append(found) or real(*found)
    )
    client.force_login(people.provider)
    assert address(message) in room(client, message.deal)
    for _again in range(2):
        answer = client.post(address(message), {"page": "1"})
        assert answer["Location"].endswith(f"/?page=1#message-{message.pk}")
    assert len(asked) == 1
    assert MessageTranslation.objects.get().language == "lv"
    assert MessageTranslation.objects.get().text == TRANSLATED
    page = room(client, message.deal)
    assert "Translated by a machine" in page
    assert "Ar &lt;b&gt;galite&lt;/b&gt; &amp; kada?" in page
    assert "kada? &amp; &lt;b&gt;galite&lt;/b&gt; Ar" in page
    assert page.index('lang="lt"') < page.index("Translated by a machine")
    assert address(message) not in page


def test_ones_own_words_and_hidden_ones_are_not_translated(client, machine, message, people):
    client.force_login(people.client)
    assert address(message) not in room(client, message.deal)
    client.post(address(message))
    message.hidden = True
    message.save()
    client.force_login(people.provider)
    assert address(message) not in room(client, message.deal)
    assert client.post(address(message)).status_code == 404
    assert not MessageTranslation.objects.exists()


def test_a_machine_that_fails_is_told_in_plain_words(
    client, machine, message, people, monkeypatch, settings
):
    def fail(*found):
        raise OSError("no route to the machine")

    client.force_login(people.provider)
    for broken in (fail, lambda *found: {}):
        monkeypatch.setattr(DummyTranslator, "translate", broken)
        answer = client.post(address(message), follow=True)
        assert answer.status_code == 200
        assert "The machine did not translate this message." in answer.content.decode()
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "no.such.Machine"}
    assert address(message) not in room(client, message.deal)
    assert not MessageTranslation.objects.exists()


def test_nobody_but_the_two_sides_translates(client, machine, message, people, school, company):
    for name in ("contact", "stranger", "nobody", "desk"):
        client.force_login(getattr(people, name))
        assert client.post(address(message)).status_code == 404
    disputed = DealFactory(provider=school, client=company, state=State.DISPUTED)
    said = services.say(disputed, people.client, TEXT, uuid.uuid4())
    client.force_login(people.desk)
    client.post(address(said))
    assert address(said) not in room(client, disputed)
    client.logout()
    assert "login" in client.post(address(message)).url
    assert not MessageTranslation.objects.exists()
    other = reverse("marketplace:message-translate", args=[disputed.key, message.pk])
    client.force_login(people.provider)
    assert client.post(other).status_code == 404


def test_bad_numbers_of_pages_lead_to_the_room(client, machine, message, people):
    client.force_login(people.provider)
    for page in ("x", "9" * 30, "-1", "\x00"):
        answer = client.post(address(message), {"page": page})
        assert answer["Location"].endswith(f"/{message.deal.key}/#message-{message.pk}")


@pytest.fixture
def asked(machine, monkeypatch):
    """What the machine was asked for."""
    found = []
    real = DummyTranslator.translate
    monkeypatch.setattr(
        DummyTranslator, "translate", lambda *said: found.append(said) or real(*said)
    )
    return found


def test_a_machine_that_hangs_holds_nobody_up(client, machine, message, people, monkeypatch):
    monkeypatch.setattr(machines, "PATIENCE", 0.2)
    rest = threading.Event()
    monkeypatch.setattr(DummyTranslator, "translate", lambda *found: rest.wait(60) and {})
    client.force_login(people.provider)
    began = time.monotonic()
    for _press in range(machines.AT_ONCE + 2):
        answer = client.post(address(message), follow=True)
        html = answer.content.decode()
        assert "The machine did not translate this message." in html
        assert "galite" in html  # the original stays
    assert time.monotonic() - began < 10
    assert not MessageTranslation.objects.exists()
    rest.set()
    monkeypatch.undo()
    client.post(address(message))
    assert MessageTranslation.objects.get().text == TRANSLATED


def test_two_who_press_at_once_pay_once(client, asked, message, people):
    claim = MessageTranslation.objects.create(message=message, language="lv", text="")
    client.force_login(people.provider)
    html = client.post(address(message), follow=True).content.decode()
    assert "This message is being translated." in html
    assert "Translated by a machine" not in html
    assert not asked
    claim.made_at -= timedelta(minutes=2)  # whoever pressed first is gone
    claim.save()
    client.post(address(message))
    assert len(asked) == 1
    assert MessageTranslation.objects.get().text == TRANSLATED


def test_a_person_has_only_so_many_messages_translated(client, asked, message, people, monkeypatch):
    monkeypatch.setattr(translating, "MOST", 1)
    second = services.say(message.deal, people.client, "Ir kur?", uuid.uuid4())
    client.force_login(people.provider)
    client.post(address(message))
    html = client.post(address(second), follow=True).content.decode()
    assert "You had many messages translated." in html
    assert len(asked) == 1
    client.force_login(people.provider_editor)  # another person may
    client.post(address(second))
    assert len(asked) == 2


def test_the_room_asks_once_for_each_language_what_the_machine_knows(
    client, machine, message, people, monkeypatch
):
    for number in range(3):
        services.say(message.deal, people.client, f"Ir {number}?", uuid.uuid4())
    found = []
    monkeypatch.setattr(machines, "available", lambda *said: found.append(said) or True)
    client.force_login(people.provider)
    assert address(message) in room(client, message.deal)
    assert found == [("lt", "lv")]
