"""wagtail-localize's known ways of writing into public rows: none of them does."""

import json

import pytest
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from editorial import services, translations
from editorial.gate import localize
from tests.editorial.conftest import change, edit_address, fresh, locale, record
from tests.factories.accounts import person
from tests.factories.pages import take_off


def text(response) -> str:
    return response.content.decode()


def test_saving_a_live_translation_writes_a_draft(people, public_finnish):
    StringTranslation.objects.filter(context__path="title").update(data="Luonnos")
    record(public_finnish).save_target(user=people["translator"], publish=False)
    assert fresh(public_finnish).title == public_finnish.title
    assert fresh(public_finnish).live
    assert fresh(public_finnish).draft_title == "Luonnos"


def test_saving_never_publishes(people, translated, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record(translated).save_target(user=people["admin"], publish=True)
    assert not fresh(translated).live


def test_saving_leaves_a_review_alone(people, translated):
    services.submit(translated, people["translator"])
    revision = fresh(translated).latest_revision_id
    record(translated).save_target(user=people["translator"], publish=False)
    assert fresh(translated).latest_revision_id == revision


@override_settings(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=True)
def test_translation_of_a_live_page_is_a_draft_whatever_is_set(
    people, public, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(public, [locale("fi")], user=people["translator"])
    assert not public.get_translation(locale("fi")).live


def test_tree_sync_makes_no_aliases(signed_in, people, public, draft):
    LocaleSynchronization.objects.create(locale=locale("lv"), sync_from=locale("en"))
    assert not public.has_translation(locale("lv"))
    assert not Page.objects.exclude(alias_of=None).exists()


def test_convert_to_alias_is_refused(signed_in, people, public_finnish):
    client = signed_in(people["admin"])
    client.post(reverse("wagtail_localize:convert_to_alias", args=[public_finnish.pk]))
    client.post(edit_address(public_finnish), {"localize-convert-to-alias": "1"})
    page = fresh(public_finnish)
    assert page.alias_of is None
    assert page.title == public_finnish.title
    assert Translation.objects.exists()


def test_aliases_are_refused_by_code(public):
    with pytest.raises(localize.AliasRefused):
        public.copy_for_translation(locale("fi"), alias=True)


@pytest.mark.parametrize("who", ["admin", "translator"])
def test_sync_with_publish_publishes_nothing(
    signed_in, people, public_finnish, who, django_capture_on_commit_callbacks
):
    StringTranslation.objects.filter(context__path="title").update(data="Luonnos")
    source = record(public_finnish).source
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(people[who]).post(address, {"publish_translations": "on"}, follow=True)
    assert answer.status_code == 200
    assert fresh(public_finnish).title == public_finnish.title


def test_sync_is_for_translators_of_its_languages_and_editors_of_the_source(
    signed_in, people, public, public_finnish
):
    source = record(public_finnish).source
    before = source.last_updated_at
    public_row = fresh(public)
    type(public_row).objects.filter(pk=public.pk).update(gap_needed="Something new.")
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    signed_in(person("translator", "lv")).post(address)
    source.refresh_from_db()
    assert source.last_updated_at == before
    signed_in(people["translator"]).post(address)
    source.refresh_from_db()
    assert source.last_updated_at > before


def test_sync_takes_the_published_text_only(signed_in, people, public, public_finnish):
    change(public, people["editor"], title="Not reviewed")
    source = record(public_finnish).source
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert "last sync date" in text(signed_in(people["translator"]).get(address))
    answer = signed_in(people["translator"]).post(address, follow=True)
    assert "Changes of the source that wait for review come later" in text(answer)
    source.refresh_from_db()
    assert json.loads(source.content_json)["title"] == public.title


def test_text_of_a_source_that_is_not_public_is_never_taken_over(public, public_finnish):
    take_off(public)
    type(public).objects.filter(pk=public.pk).update(gap_needed="Nobody has reviewed this.")
    source = record(public_finnish).source
    assert translations.refresh(source) is False
    assert "Nobody has reviewed this." not in source.content_json


def test_preview_asks_for_sign_in(client, people, translated):
    address = reverse("wagtail_localize:preview_translation", args=[record(translated).pk])
    answer = client.get(address)
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
    assert client.get("/fi/stories/laatikot/").status_code in (301, 404)
