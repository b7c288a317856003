"""What is in review, locked or gone is not changed by its translators, whichever way they take."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from editorial import services
from editorial.exchange.services import exported
from editorial.refusals import Incomplete
from tests.editorial.conftest import edit_address, fresh, record


def text(response) -> str:
    return response.content.decode()


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
