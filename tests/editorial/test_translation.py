"""A translation on its way: sent, translated, submitted, approved by a second speaker."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import (
    LocaleSynchronization,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from accounts.models import Role, RoleAssignment
from editorial import services, translations
from editorial.exchange.services import exported
from editorial.gate import localize
from editorial.refusals import Incomplete, NotYours, ReviewRefused
from tests.editorial.conftest import (
    change,
    edit_address,
    fresh,
    locale,
    record,
    translate,
)
from tests.factories.accounts import person
from tests.factories.pages import delete, take_off


def text(response) -> str:
    return response.content.decode()


def send_address(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


class TestSend:
    def test_translator_sends_it_into_finnish_and_nothing_is_public(
        self, signed_in, people, public, client
    ):
        answer = signed_in(people["translator"]).post(
            send_address(public), {"locales": [locale("fi").pk]}, follow=True
        )
        page = public.get_translation(locale("fi"))
        assert answer.request["PATH_INFO"] == edit_address(page)
        assert not page.live
        assert page.owner == people["translator"]

    def test_second_click_finds_the_first_draft(self, signed_in, people, public):
        client = signed_in(people["translator"])
        for _click in range(2):
            answer = client.post(send_address(public), {"locales": [locale("fi").pk]}, follow=True)
        assert answer.status_code == 200
        assert "exists already" in text(answer)
        assert Translation.objects.count() == 1

    def test_only_translators_of_that_language(self, signed_in, people, public):
        for who in (person("translator", "lv"), people["editor"], people["admin"]):
            signed_in(who).post(send_address(public), {"locales": [locale("fi").pk]})
            assert not public.has_translation(locale("fi"))
            with pytest.raises(NotYours):
                services.send_for_translation(public, ["fi"], who)

    def test_only_languages_of_the_translator_are_offered(self, signed_in, people, public):
        form = signed_in(people["translator"]).get(send_address(public)).context["form"]
        assert [one.language_code for one in form.fields["locales"].queryset] == ["fi"]

    def test_under_a_missing_section_it_is_refused_without_aliases(
        self, signed_in, people, public, index
    ):
        delete(index("fi"))
        answer = signed_in(people["translator"]).post(
            send_address(public), {"locales": [locale("fi").pk]}
        )
        assert "does not exist yet in this language: Finnish" in text(answer)
        assert not public.has_translation(locale("fi"))
        assert not Page.objects.exclude(alias_of=None).exists()

    def test_only_what_is_public(self, signed_in, people, draft):
        answer = signed_in(people["translator"]).post(
            send_address(draft), {"locales": [locale("fi").pk]}, follow=True
        )
        assert "Only what is public can be translated" in text(answer)
        assert not draft.has_translation(locale("fi"))

    def test_translation_of_a_translation_is_refused(
        self, signed_in, people, public_finnish, settings
    ):
        translator = person("translator", "lv")
        answer = signed_in(translator).post(
            send_address(public_finnish), {"locales": [locale("lv").pk]}, follow=True
        )
        assert "Translate from the source version. Its language: English" in text(answer)
        assert not public_finnish.has_translation(locale("lv"))
        with pytest.raises(ReviewRefused):
            translate_object(public_finnish, [locale("lv")], user=translator)
        assert TranslationSource.objects.count() == 1
        assert signed_in(people["translator"]).get(edit_address(public_finnish)).status_code == 200


class TestSubmit:
    def test_second_speaker_approves_and_only_then_it_is_public(
        self, signed_in, people, translated, client
    ):
        client = signed_in(people["translator"])
        answer = client.post(edit_address(translated), {"action-submit": "1"}, follow=True)
        assert "The translation was submitted for review." in text(answer)
        page = fresh(translated)
        assert page.workflow_in_progress
        assert not page.live
        services.approve(page, people["approver"])
        page = fresh(page)
        assert page.live
        assert page.title.startswith("Suomeksi: ")
        assert page.slug == "laatikot"

    @pytest.mark.parametrize("button", [{"action": "publish"}, {"action-submit": "1"}])
    def test_publishing_in_its_editor_submits(self, signed_in, people, translated, button):
        for who in ("translator", "admin"):
            signed_in(people[who]).post(edit_address(translated), button)
            assert fresh(translated).workflow_in_progress
            assert not fresh(translated).live

    def test_publishing_in_its_editor_does_not_cancel_the_review(
        self, signed_in, people, translated
    ):
        state = services.submit(translated, people["translator"])
        revision = fresh(translated).latest_revision_id
        answer = signed_in(people["admin"]).post(
            edit_address(translated), {"action": "publish"}, follow=True
        )
        assert "submitted once" in text(answer)
        state.refresh_from_db()
        assert state.status == state.STATUS_IN_PROGRESS
        assert fresh(translated).latest_revision_id == revision

    def test_untranslated_parts_are_named(self, signed_in, people, translated):
        StringTranslation.objects.filter(context__path="gap_learnt").delete()
        answer = signed_in(people["translator"]).post(
            edit_address(translated), {"action-submit": "1"}, follow=True
        )
        (message,) = answer.context["messages"]
        assert "source has changed since: What was learnt" in str(message)
        assert not fresh(translated).workflow_in_progress

    def test_parts_of_a_stream_are_named_as_in_its_editor(self, people, translated):
        StringTranslation.objects.filter(context__field_path="steps.step.text").delete()
        with pytest.raises(Incomplete) as refusal:
            services.submit(translated, people["translator"])
        assert "Steps: What was done" in str(refusal.value)

    def test_parts_whose_source_has_changed_keep_it_back(self, people, public, translated):
        change(public, people["editor"], gap_needed="A price, a date and a name.")
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        with pytest.raises(Incomplete) as refusal:
            services.submit(translated, people["translator"])
        assert "What was needed" in str(refusal.value)

    def test_too_long_a_translation_is_said_at_its_field(self, people, finnish):
        translate(finnish, people["translator"], result="Pitkä " * 60)
        with pytest.raises(Incomplete) as refusal:
            services.submit(finnish, people["translator"])
        assert "Result in one sentence" in str(refusal.value)


class TestWhoApproves:
    def test_not_the_translator(self, people, translated):
        RoleAssignment.objects.create(user=people["translator"], role=Role.APPROVER, language="fi")
        services.submit(translated, people["translator"])
        with pytest.raises(NotYours):
            services.approve(translated, people["translator"])
        services.approve(translated, people["approver"])

    def test_nobody_who_wrote_a_string(self, people, translated):
        second = person("translator", "fi")
        RoleAssignment.objects.create(user=second, role=Role.APPROVER, language="fi")
        StringTranslation.objects.filter(context__path="title").update(last_translated_by=second)
        services.submit(translated, people["translator"])
        with pytest.raises(NotYours):
            services.approve(translated, second)

    def test_reviewers_of_the_language_are_not_asked(self, people, translated):
        services.submit(translated, people["translator"])
        with pytest.raises(NotYours):
            services.approve(translated, people["reviewer"])

    def test_stopped_translation_is_still_approved_as_a_translation(
        self, signed_in, people, translated
    ):
        address = reverse("wagtail_localize:stop_translation", args=[record(translated).pk])
        signed_in(people["translator"]).post(address)
        assert not record(translated).enabled
        services.submit(translated, people["translator"])
        with pytest.raises(NotYours):
            services.approve(translated, people["reviewer"])


class TestNothingReachesThePublic:
    """wagtail-localize's known ways of writing into public rows."""

    def test_saving_a_live_translation_writes_a_draft(self, people, public_finnish):
        StringTranslation.objects.filter(context__path="title").update(data="Luonnos")
        record(public_finnish).save_target(user=people["translator"], publish=False)
        assert fresh(public_finnish).title == public_finnish.title
        assert fresh(public_finnish).live
        assert fresh(public_finnish).draft_title == "Luonnos"

    def test_saving_never_publishes(self, people, translated, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            record(translated).save_target(user=people["admin"], publish=True)
        assert not fresh(translated).live

    def test_saving_leaves_a_review_alone(self, people, translated):
        services.submit(translated, people["translator"])
        revision = fresh(translated).latest_revision_id
        record(translated).save_target(user=people["translator"], publish=False)
        assert fresh(translated).latest_revision_id == revision

    @override_settings(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=True)
    def test_translation_of_a_live_page_is_a_draft_whatever_is_set(
        self, people, public, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            translate_object(public, [locale("fi")], user=people["translator"])
        assert not public.get_translation(locale("fi")).live

    def test_tree_sync_makes_no_aliases(self, signed_in, people, public, draft):
        LocaleSynchronization.objects.create(locale=locale("lv"), sync_from=locale("en"))
        assert not public.has_translation(locale("lv"))
        assert not Page.objects.exclude(alias_of=None).exists()

    def test_convert_to_alias_is_refused(self, signed_in, people, public_finnish):
        client = signed_in(people["admin"])
        client.post(reverse("wagtail_localize:convert_to_alias", args=[public_finnish.pk]))
        client.post(edit_address(public_finnish), {"localize-convert-to-alias": "1"})
        page = fresh(public_finnish)
        assert page.alias_of is None
        assert page.title == public_finnish.title
        assert Translation.objects.exists()

    def test_aliases_are_refused_by_code(self, public):
        with pytest.raises(localize.AliasRefused):
            public.copy_for_translation(locale("fi"), alias=True)

    @pytest.mark.parametrize("who", ["admin", "translator"])
    def test_sync_with_publish_publishes_nothing(
        self, signed_in, people, public_finnish, who, django_capture_on_commit_callbacks
    ):
        StringTranslation.objects.filter(context__path="title").update(data="Luonnos")
        source = record(public_finnish).source
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        with django_capture_on_commit_callbacks(execute=True):
            answer = signed_in(people[who]).post(
                address, {"publish_translations": "on"}, follow=True
            )
        assert answer.status_code == 200
        assert fresh(public_finnish).title == public_finnish.title

    def test_sync_is_for_translators_of_its_languages_and_editors_of_the_source(
        self, signed_in, people, public, public_finnish
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

    def test_sync_takes_the_published_text_only(self, signed_in, people, public, public_finnish):
        change(public, people["editor"], title="Not reviewed")
        source = record(public_finnish).source
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        assert "last sync date" in text(signed_in(people["translator"]).get(address))
        answer = signed_in(people["translator"]).post(address, follow=True)
        assert "Changes of the source that wait for review come later" in text(answer)
        source.refresh_from_db()
        assert json.loads(source.content_json)["title"] == public.title

    def test_text_of_a_source_that_is_not_public_is_never_taken_over(self, public, public_finnish):
        take_off(public)
        type(public).objects.filter(pk=public.pk).update(gap_needed="Nobody has reviewed this.")
        source = record(public_finnish).source
        assert translations.refresh(source) is False
        assert "Nobody has reviewed this." not in source.content_json

    def test_preview_asks_for_sign_in(self, client, people, translated):
        address = reverse("wagtail_localize:preview_translation", args=[record(translated).pk])
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]
        assert client.get("/fi/stories/laatikot/").status_code in (301, 404)


class TestLocks:
    @pytest.fixture
    def in_review(self, translated, people):
        services.submit(translated, people["translator"])
        return fresh(translated)

    def string_address(self, page):
        translation = record(page)
        segment = translation.source.stringsegment_set.get(context__path="title")
        return reverse(
            "wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]
        )

    def put(self, client, page, value):
        return client.put(
            self.string_address(page),
            encode_multipart("b", {"value": value}),
            content_type="multipart/form-data; boundary=b",
        )

    def title(self):
        return StringTranslation.objects.get(context__path="title").data

    def test_strings_are_saved_before_and_not_in_review(self, signed_in, people, translated):
        client = signed_in(people["translator"])
        assert self.put(client, translated, "Laatikoita").status_code == 200
        services.submit(translated, people["translator"])
        assert self.put(client, translated, "Toista").status_code == 403
        assert self.title() == "Laatikoita"

    def test_string_without_a_value_is_no_error(self, signed_in, people, translated):
        answer = signed_in(people["translator"]).put(self.string_address(translated))
        assert answer.status_code == 400

    def test_title_longer_than_its_column_is_no_error(self, signed_in, people, translated):
        client = signed_in(people["translator"])
        assert self.put(client, translated, "R&amp;D " * 80).status_code == 200
        assert fresh(translated).draft_title.startswith("R&D R&D")
        with pytest.raises(Incomplete):
            services.submit(translated, people["translator"])

    def test_old_tab_of_a_deleted_draft_is_not_found(self, signed_in, people, translated):
        client, translation = signed_in(people["translator"]), record(translated)
        names = ("preview_translation", "stop_translation", "machine_translate", "upload_pofile")
        addresses = [reverse(f"wagtail_localize:{one}", args=[translation.pk]) for one in names]
        string = self.string_address(translated)
        translated.delete()
        assert client.get(addresses[0]).status_code == 404
        for enabled in (False, True):
            Translation.objects.update(enabled=enabled)
            for address in addresses[1:3]:
                assert client.post(address).status_code == 404
            assert client.put(string).status_code == 404
            assert client.post(addresses[3]).status_code in (302, 404)

    def test_stopping_is_refused_in_review(self, signed_in, people, in_review):
        address = reverse("wagtail_localize:stop_translation", args=[record(in_review).pk])
        signed_in(people["translator"]).post(address)
        assert record(in_review).enabled

    def test_translated_file_is_taken_before_and_not_in_review(self, signed_in, people, translated):
        client, translation = signed_in(people["translator"]), record(translated)
        address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
        content = exported(translation, "po")[1].decode()

        def upload(old, new):
            changed = content.replace(old, new).encode()
            client.post(address, {"file": SimpleUploadedFile("fi.po", changed)})

        upload("Suomeksi: Real orders", "Tiedostosta: Real orders")
        assert self.title().startswith("Tiedostosta: ")
        services.submit(translated, people["translator"])
        upload("Suomeksi: Real orders", "Uudestaan: Real orders")
        assert self.title().startswith("Tiedostosta: ")

    @pytest.mark.parametrize(
        "files",
        [
            {},
            {"file": SimpleUploadedFile("a.po", b"")},
            {"file": SimpleUploadedFile("a.po", b"\x00\xff\xfe")},
            {"file": SimpleUploadedFile("a.po", b'msgid "x"\nmsgstr "y"')},
        ],
    )
    def test_broken_file_is_no_error(self, signed_in, people, translated, files):
        address = reverse("wagtail_localize:upload_pofile", args=[record(translated).pk])
        answer = signed_in(people["translator"]).post(address, files, follow=True)
        assert answer.status_code == 200

    def test_its_editor_shows_that_it_is_locked(self, signed_in, people, in_review):
        answer = signed_in(people["translator"]).get(edit_address(in_review))
        assert "This text is in review." in text(answer)
        assert " readonly" in text(answer)

    def test_translator_takes_it_back(self, signed_in, people, in_review):
        client = signed_in(people["translator"])
        assert "Take back from review" in text(client.get(edit_address(in_review)))
        client.post(edit_address(in_review), {"action-cancel-workflow": "1"})
        assert not fresh(in_review).workflow_in_progress

    def test_comment_of_a_return_stands_in_its_editor(self, signed_in, people, in_review):
        services.return_(in_review, people["approver"], "Second sentence is too long.")
        answer = signed_in(people["translator"]).get(edit_address(in_review))
        assert "Second sentence is too long." in text(answer)
        assert "Submit for review again" in text(answer)
        signed_in(people["translator"]).post(edit_address(in_review), {"action-submit": "1"})
        services.approve(in_review, people["approver"])
        assert fresh(in_review).live

    def test_page_lock_of_another_person_is_respected(self, signed_in, people, translated):
        translated.locked, translated.locked_by = True, people["admin"]
        translated.save(update_fields=["locked", "locked_by"])
        client = signed_in(people["translator"])
        assert self.put(client, translated, "Toista").status_code == 403
        client.post(edit_address(translated), {"action-submit": "1"})
        assert not fresh(translated).workflow_in_progress
