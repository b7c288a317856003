"""A translation on its way: sent, translated, submitted, approved by a second speaker."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from accounts.models import Role, RoleAssignment
from editorial import services
from editorial.refusals import Incomplete, NotYours, ReviewRefused
from tests.editorial.conftest import change, edit_address, fresh, locale, record, translate
from tests.factories.accounts import person
from tests.factories.pages import delete


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
