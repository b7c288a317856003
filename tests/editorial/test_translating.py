"""The translator's editor, as its people meet it: what it shows, saves, refuses and remembers."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from editorial import services, synchronise
from editorial.translating.models import EarlierWording
from editorial.translating.parts import State, parts_of
from tests.editorial.conftest import (
    as_json,
    change,
    edit_address,
    fresh,
    locale,
    record,
    translate,
)
from tests.factories.accounts import person
from tests.factories.pages import take_off
from tests.factories.stories import StoryPageFactory

HOUR = datetime.timedelta(hours=1)


def text(response) -> str:
    return response.content.decode()


def part_of(page, path="title"):
    parts = parts_of(record(page))
    return next(part for part in parts if part.segment.context.path == path)


def address(page, path="title", name="editorial_save_part"):
    return reverse(name, args=[record(page).pk, part_of(page, path).id])


def save(client, page, words, path="title", base=None):
    """What the script sends while a translator types."""
    data = {"text": words, "base": part_of(page, path).base if base is None else base}
    return client.post(address(page, path), data, headers={"x-requested-with": "XMLHttpRequest"})


def form(page, path="title", words=None, **buttons) -> dict:
    """What a browser without scripts sends."""
    part = part_of(page, path)
    key = part.id
    return {
        f"text-{key}": part.text if words is None else words,
        f"base-{key}": part.base,
        **buttons,
    }


def machine(page, user, path="title", data="Konekäännös"):
    part = part_of(page, path)
    return StringTranslation.objects.create(
        translation_of=part.segment.string,
        context=part.segment.context,
        locale=locale("fi"),
        data=data,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool_name="Machine",
        last_translated_by=user,
    )


class TestSaving:
    def test_each_part_is_saved_by_itself_and_its_state_is_said(self, signed_in, people, finnish):
        client = signed_in(people["translator"])
        page = text(client.get(edit_address(finnish)))
        assert "Not translated" in page
        assert part_of(finnish).source in page
        answer = as_json(save(client, finnish, "Laatikot"))
        assert (answer["state"], answer["error"]) == ("translated", "")
        assert "Translated" in answer["status"]
        stored = StringTranslation.objects.get(context__path="title")
        assert (stored.data, stored.last_translated_by) == ("Laatikot", people["translator"])

    def test_only_those_who_may_edit_it(self, signed_in, people, finnish):
        for who in (person("translator", "lv"), people["reviewer"]):
            answer = save(signed_in(who), finnish, "Laatikot")
            assert answer.status_code in (302, 403)
        assert not StringTranslation.objects.exists()

    def test_newer_text_of_somebody_else_is_told_and_not_replaced(self, signed_in, people, finnish):
        base = part_of(finnish).base
        second = person("translator", "fi")
        save(signed_in(second), finnish, "Toisen teksti")
        client = signed_in(people["translator"])
        answer = save(client, finnish, "Omani", base=base)
        assert answer.status_code == 409
        assert "Toisen teksti" in as_json(answer)["status"]
        assert part_of(finnish).text == "Toisen teksti"
        again = save(client, finnish, "Omani", base=as_json(answer)["base"])
        assert again.status_code == 200
        assert part_of(finnish).text == "Omani"

    def test_without_scripts_the_same_holds_and_nothing_typed_is_lost(
        self, signed_in, people, finnish
    ):
        client = signed_in(people["translator"])
        old = form(finnish, words="Omani")
        client.post(edit_address(finnish), form(finnish, words="Ensin"))
        assert part_of(finnish).text == "Ensin"
        answer = client.post(edit_address(finnish), old)
        assert "Omani" in text(answer)
        assert "Somebody else has changed this part" in text(answer)
        assert part_of(finnish).text == "Ensin"

    def test_empty_text_removes_the_translation_and_its_history_stays(
        self, signed_in, people, finnish
    ):
        client = signed_in(people["translator"])
        save(client, finnish, "Yksi")
        StringTranslation.objects.update(updated_at=timezone.now() - HOUR)
        for words in ("Ka", "Kaksi", ""):  # “Ka” was saved while it was typed
            save(client, finnish, words)
        assert part_of(finnish).state == State.UNTRANSLATED
        assert set(EarlierWording.objects.values_list("data", flat=True)) == {"Yksi", "Kaksi"}
        page = text(client.get(address(finnish, name="editorial_part_history")))
        assert "Yksi" in page
        assert str(people["translator"]) in page

    def test_longer_than_the_field_is_refused_at_the_field(self, signed_in, people, finnish):
        answer = save(signed_in(people["translator"]), finnish, "a" * 256)
        assert answer.status_code == 409
        assert "Too long. Characters: 256, at most 255" in as_json(answer)["status"]
        assert part_of(finnish).state == State.UNTRANSLATED
        escaped = save(signed_in(people["translator"]), finnish, "&" * 60)  # five times as long
        assert "Characters: 300, at most 255" in as_json(escaped)["status"]

    def test_plain_words_are_kept_as_typed(self, signed_in, people, finnish):
        typed = "Puu & terä: 3 < 4, “ja” 'muuta'"
        save(signed_in(people["translator"]), finnish, typed)
        part = part_of(finnish)
        assert (part.text, part.mistakes) == (typed, [])

    def test_part_whose_source_is_gone_is_told_and_its_text_shown(self, signed_in, people, finnish):
        client = signed_in(people["translator"])
        data = {"text-999999": "Kirjoitettu turhaan", "base-999999": "0"}
        assert "Kirjoitettu turhaan" in text(client.post(edit_address(finnish), data))
        gone = reverse("editorial_save_part", args=[record(finnish).pk, 999999])
        assert client.post(gone, {"text": "x"}).status_code == 409


class TestHelp:
    def test_source_is_copied_without_scripts(self, signed_in, people, finnish):
        part = part_of(finnish)
        client = signed_in(people["translator"])
        answer = client.post(edit_address(finnish), {"fill": f"{part.id}:source"})
        assert f'data-typed data-save="{address(finnish)}"' in text(answer)
        assert part_of(finnish).state == State.UNTRANSLATED

    def test_memory_offers_what_is_public_and_nothing_else(
        self, signed_in, people, public_finnish, index
    ):
        twin = StoryPageFactory(
            parent=index("en"),
            owner=people["editor"],
            slug="twin",
            title=part_of(public_finnish).source,
        )
        target = services.send_for_translation(twin, ["fi"], people["translator"])[0].specific
        parts = parts_of(record(target), suggest=True)
        title = next(part for part in parts if part.segment.context.path == "title")
        assert title.suggestions[0] == (100, "Suomeksi: " + title.source)
        client = signed_in(people["translator"])
        assert "100 % the same" in text(client.get(edit_address(target)))
        for words in ("Toisin", "Kolmannella tavalla"):
            save(client, public_finnish, words)
        before = EarlierWording.objects.get()  # the public one; this one was never public:
        before.pk, before.data, before.written_at = None, "Vanha", before.written_at - HOUR
        before.save()
        parts = parts_of(record(target), suggest=True)
        title = next(part for part in parts if part.segment.context.path == "title")
        assert title.suggestions == [(100, "Suomeksi: " + title.source)]
        take_off(public_finnish)
        parts = parts_of(record(target), suggest=True)
        assert [part for part in parts if part.suggestions] == []

    def test_cost_does_not_grow_with_the_strings(self, signed_in, people, finnish):
        client = signed_in(people["translator"])
        client.get(edit_address(finnish))
        few = cost(client, finnish)
        translate(finnish, people["translator"])
        StringTranslation.objects.filter(context__path="title").delete()
        assert cost(client, finnish) == few <= 33  # one more on Wagtail 8


def cost(client, page) -> int:
    """The queries of the whole answer: the editor's own, and those of Wagtail's edit view around it."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(edit_address(page)).status_code == 200
    return len(queries)


class TestChangedSource:
    @pytest.fixture
    def stale(self, people, public, public_finnish):
        change(public, people["editor"], gap_needed="A price, a date and a name.")
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        synchronise.after_publishing(fresh(public))
        return fresh(public_finnish)

    def test_readers_are_told_and_the_translation_stays_public(
        self, client, people, public, public_finnish
    ):
        address = f"/fi/stories/{public_finnish.slug}/"
        notice = 'lang="en" hreflang="en"'
        before = text(client.get(address))
        change(public, people["editor"], gap_needed="A price, a date and a name.")
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        synchronise.after_publishing(fresh(public))
        after = client.get(address)
        assert after.context["changed_original"]["code"] == "en"
        assert text(after).count(notice) == before.count(notice) + 1
        assert client.get(f"/en/stories/{public.slug}/").context["changed_original"] is None

    def test_difference_stands_beside_the_old_translation(self, signed_in, people, stale):
        part = part_of(stale, "gap_needed")
        assert part.state == State.CHANGED
        assert part.before.startswith("Suomeksi: ")
        client = signed_in(people["translator"])
        page = text(client.get(edit_address(stale)))
        assert "What has changed in the source" in page
        assert "Added:" in page
        client.post(edit_address(stale), form(stale, "gap_needed"))
        assert part_of(stale, "gap_needed").state == State.CHANGED
        client.post(edit_address(stale), form(stale, "gap_needed", keep=part.id))
        assert part_of(stale, "gap_needed").state == State.TRANSLATED


class TestSubmitting:
    def test_mistakes_are_said_at_their_parts_and_keep_it_back(self, signed_in, people, translated):
        client = signed_in(people["translator"])
        save(client, translated, "Laatikot {nimi}")
        page = text(client.post(edit_address(translated), {"action-submit": "1"}, follow=True))
        assert "These parts have to be corrected first: Title: A placeholder" in page
        assert "A placeholder that the source does not have: {nimi}" in page
        assert not fresh(translated).workflow_in_progress
        client.post(
            edit_address(translated), form(translated, words="Laatikot", **{"action-submit": "1"})
        )
        assert fresh(translated).workflow_in_progress
        locked = text(client.get(edit_address(translated)))
        assert "In review" in locked
        assert " readonly" in locked
        assert save(client, translated, "Myöhässä").status_code == 409
        assert part_of(translated).text == "Laatikot"

    def test_machine_draft_is_labelled_until_a_person_has_confirmed_it(
        self, signed_in, people, translated
    ):
        StringTranslation.objects.filter(context__path="title").delete()
        machine(translated, people["translator"])
        client = signed_in(people["translator"])
        assert "Machine draft" in text(client.get(edit_address(translated)))
        client.post(edit_address(translated), form(translated, **{"action-submit": "1"}))
        assert not fresh(translated).workflow_in_progress
        button = {"keep": part_of(translated).id}
        client.post(edit_address(translated), form(translated, **button))
        assert part_of(translated).state == State.TRANSLATED
