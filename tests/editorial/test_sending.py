"""Sending an item into several languages in the background, and machine drafts of it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators.dummy import DummyTranslator
from wagtail_localize.models import StringTranslation

from accounts.models import RoleAssignment
from core import outbox
from core.models import OutboxEntry
from editorial import services
from editorial.machine import drafts, engines
from editorial.models import LanguageWork
from editorial.sending import services as sending
from editorial.translating.parts import State, parts_of
from tests.editorial.conftest import change, edit_address, fresh, record, work
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def translator(workflow):
    return person("translator", "fi", "lv")


def text(response) -> str:
    return response.content.decode()


def progress(page) -> str:
    return reverse("editorial_sending", args=[page.pk])


def states(page) -> dict:
    rows = LanguageWork.objects.filter(page=page)
    return {row.language: str(row.state) for row in rows}


def versions(page) -> int:
    return Page.objects.filter(translation_key=page.translation_key).count()


def send(client, page):
    locales = Locale.objects.filter(language_code__in=["fi", "lv"])
    data = {"locales": [locale.pk for locale in locales]}
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return client.post(address, data)


class TestSending:
    def test_a_request_promises_and_the_worker_does_each_language_once(
        self, signed_in, translator, public
    ):
        client = signed_in(translator)
        for _click in range(2):
            assert send(client, public).url == progress(public)
            assert versions(public) == 1
        assert OutboxEntry.objects.filter(kind=sending.TASK).count() == 2
        address = reverse("wagtail_localize:submit_page_translation", args=[public.pk])
        assert progress(public) in text(client.get(address))
        page = text(client.get(progress(public)))
        assert "0 of 2 languages are ready." in page
        assert "data-waiting" in page
        work()
        assert states(public) == {"fi": "done", "lv": "done"}
        assert versions(public) == 3
        assert set(public.get_translations().values_list("live", flat=True)) == {False}
        page = text(client.get(progress(public)))
        assert "2 of 2 languages are ready." in page
        assert "data-waiting" not in page
        assert edit_address(public.get_translations().first()) in page
        sending.send(public, ["fi", "lv"], translator)
        work()
        assert versions(public) == 3

    def test_what_failed_says_why_and_can_be_gone_on_with(self, signed_in, translator, public):
        client = signed_in(translator)
        send(client, public)
        RoleAssignment.objects.filter(language="lv").delete()
        work()
        assert states(public) == {"fi": "done", "lv": "failed"}
        page = text(client.get(progress(public)))
        assert "1 of 2 languages are ready." in page
        assert "You are no translator for this language" in page
        assert "Go on with what is not ready" not in page
        RoleAssignment.objects.create(user=translator, role="translator", language="lv")
        assert "Go on with what is not ready" in text(client.get(progress(public)))
        client.post(progress(public), {"go-on": "1"})
        work()
        assert states(public) == {"fi": "done", "lv": "done"}

    def test_a_killed_worker_repeats_without_doubling(self, translator, public, monkeypatch):
        sending.send(public, ["fi", "lv"], translator)
        real = services.send_for_translation

        def killed(*args):
            real(*args)
            raise KeyboardInterrupt

        monkeypatch.setattr(services, "send_for_translation", killed)
        entries = list(OutboxEntry.objects.filter(kind=sending.TASK).order_by("pk"))
        with pytest.raises(KeyboardInterrupt):
            outbox.work.call(entries[0].pk)
        assert (versions(public), states(public)["fi"]) == (1, "waiting")
        monkeypatch.undo()
        for _again in range(2):
            for entry in entries:
                outbox.work.call(entry.pk)
        assert states(public) == {"fi": "done", "lv": "done"}
        assert versions(public) == 3

    def test_an_accident_is_told_and_the_rest_goes_on(self, translator, public, monkeypatch):
        sending.send(public, ["fi"], translator)
        monkeypatch.setattr(services, "send_for_translation", lambda *args: 1 / 0)
        work()
        row = LanguageWork.objects.get()
        assert (row.state, "log" in row.reason) == ("failed", True)

    def test_translators_see_the_public_title_only(self, signed_in, translator, people, public):
        change(public, people["editor"], title="Not yet reviewed")
        client = signed_in(translator)
        asked = client.get(reverse("wagtail_localize:submit_page_translation", args=[public.pk]))
        for answer in (asked, client.get(progress(public)), send(client, public)):
            assert "Not yet reviewed" not in text(answer)
        locales = {"locales": [Locale.objects.get(language_code="fi").pk]}
        answer = client.post(asked.request["PATH_INFO"], locales)
        assert "Not yet reviewed" not in text(client.get(reverse("wagtailadmin_home")))

    def test_only_translators_see_it(self, signed_in, people, public, index):
        for who in people:
            answer = signed_in(people[who]).get(progress(public))
            assert (answer.status_code == 200) == (who == "translator"), who
        client = signed_in(people["translator"])
        hidden = StoryPageFactory(parent=index("en"), draft=True)
        for missing in (10**9, hidden.pk):
            assert client.get(reverse("editorial_sending", args=[missing])).status_code == 404
        assert client.post(progress(public), {"go-on": "1"}).status_code == 302


class TestMachine:
    def test_nothing_is_offered_or_sent_unless_an_operator_chose_a_machine(
        self, signed_in, people, finnish, public
    ):
        client = signed_in(people["translator"])
        address = reverse("wagtail_localize:machine_translate", args=[record(finnish).pk])
        assert client.post(address).status_code == 404
        assert "Drafts by a machine" not in text(client.get(edit_address(finnish)))
        client.post(progress(public), {"machine": "1", "language": ["fi"]})
        assert not LanguageWork.objects.exists()
        sending.order(public, LanguageWork.Kind.MACHINE, ["fi"], people["translator"])
        work()
        assert LanguageWork.objects.get().reason == "No machine translation is set up here."
        assert not StringTranslation.objects.exists()

    def test_costs_are_said_before_and_drafts_labelled_until_confirmed(
        self, signed_in, people, finnish, public, settings
    ):
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
        settings.MACHINE_TRANSLATION_PRICE = "2000"
        client = signed_in(people["translator"])
        own = parts_of(record(finnish))[1]
        StringTranslation.objects.create(
            translation_of=own.segment.string,
            context=own.segment.context,
            locale=finnish.locale,
            data="Oma",
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        assert "Drafts by a machine" in text(client.get(edit_address(finnish)))
        address = reverse("wagtail_localize:machine_translate", args=[record(finnish).pk])
        assert client.post(address).url == progress(public)
        (estimate,) = drafts.estimates(public, ["fi", "lv"])
        left = {part.original for part in parts_of(record(finnish)) if part.stored is None}
        assert estimate.characters == sum(map(len, left))
        assert estimate.price == engines.price(estimate.characters) > Decimal("0.1")
        page = text(client.get(progress(public)))
        assert f"{estimate.price} €" in page
        for wrong in ([], ["lv"], ["x"]):
            answer = client.post(progress(public), {"machine": "1", "language": wrong})
            assert "error-message" in text(answer)
        assert not LanguageWork.objects.exists()
        client.post(progress(public), {"machine": "1", "language": ["fi"]})
        for _again in range(2):
            work()
        parts = parts_of(record(finnish))
        assert {part.state for part in parts} <= {State.MACHINE, State.TRANSLATED, State.MISTAKE}
        assert parts[1].text == "Oma"
        machine = next(part for part in parts if part.state == State.MACHINE)
        assert fresh(finnish).draft_title != public.title
        assert "Machine draft" in text(client.get(edit_address(finnish)))
        with pytest.raises(services.Incomplete, match="A machine wrote this"):
            services.submit(finnish, people["translator"])
        assert machine.stored.tool_name == "Dummy translator"
        assert drafts.estimates(public, ["fi"]) == []

    def test_what_was_paid_for_is_stored_and_a_dead_worker_asks_for_the_rest_only(
        self, people, finnish, public, settings, monkeypatch
    ):
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
        monkeypatch.setattr(engines, "AT_ONCE", 4)
        real, asked, deep = DummyTranslator.translate, [], len(connection.savepoint_ids)
        ends: list = [None, RuntimeError("the line is down"), None, KeyboardInterrupt()]

        def translate(self, source, target, texts):
            assert len(connection.savepoint_ids) == deep, "asked inside a transaction"
            end = ends.pop(0) if ends else None
            if end:
                raise end
            asked.extend(one.data for one in texts)
            return real(self, source, target, texts)

        monkeypatch.setattr(DummyTranslator, "translate", translate)
        for _click in range(2):
            sending.order(public, LanguageWork.Kind.MACHINE, ["fi"], people["translator"])
        work()
        assert states(public) == {"fi": "failed"}
        assert len(asked) == 4 == StringTranslation.objects.count()
        sending.go_on(public, people["translator"])
        with pytest.raises(KeyboardInterrupt):
            work()
        sending.order(public, LanguageWork.Kind.MACHINE, ["fi"], people["translator"])
        work()
        (left,) = OutboxEntry.objects.filter(kind=sending.MACHINE_TASK, done_at=None)
        outbox.work.call(left.pk)
        assert len(asked) == 8 == StringTranslation.objects.count()
        OutboxEntry.objects.filter(pk=left.pk).update(not_before=timezone.now())
        assert outbox.waiting(timezone.now() + outbox.TURN).get() == left
        for _again in range(2):
            outbox.work.call(left.pk)
        assert states(public) == {"fi": "done"}
        assert sorted(asked) == sorted(set(asked))
        assert {part.original for part in parts_of(record(finnish))} == set(asked)

    def test_a_text_in_review_or_of_others_gets_no_drafts(
        self, people, translated, public, settings, monkeypatch
    ):
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
        StringTranslation.objects.filter(context__path="search_description").delete()
        services.submit(translated, people["translator"])
        monkeypatch.setattr(DummyTranslator, "translate", lambda *args: pytest.fail("it was paid"))
        sending.order(public, LanguageWork.Kind.MACHINE, ["fi"], people["translator"])
        sending.order(public, LanguageWork.Kind.MACHINE, ["lv"], people["translator"])
        work()
        assert states(public) == {"fi": "failed", "lv": "failed"}
