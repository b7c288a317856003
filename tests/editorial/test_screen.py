"""The screen of a review, the dashboard, and what the admin calls itself."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from editorial import services
from stories.models import StoryPage
from tests.editorial.conftest import change, fresh, translate
from tests.factories.accounts import person


def text(response) -> str:
    return response.content.decode()


def address(page):
    return reverse("editorial_review", args=[services.held_state(page).pk])


class TestReviewScreen:
    def test_new_story_can_be_read_and_decided(self, signed_in, people, submitted):
        answer = signed_in(people["reviewer"]).get(address(submitted))
        assert "The new text as a page" in text(answer)
        assert "Approve and publish" in text(answer)
        preview = reverse(
            "wagtailadmin_pages:workflow_preview",
            args=[submitted.pk, services.held_state(submitted).task_id],
        )
        assert preview in text(answer)
        assert signed_in(people["reviewer"]).get(preview).status_code == 200

    def test_change_is_shown_against_the_public_version(self, signed_in, people, public):
        change(public, people["editor"], gap_needed="A price and a name that hold.")
        services.submit(public, people["editor"])
        answer = signed_in(people["reviewer"]).get(address(public))
        assert "What changed since the public version" in text(answer)
        said = '<{}><span class="w-sr-only" lang="en">{} </span>{}</{}>'
        assert said.format("del", "Taken out:", "date that hold.", "del") in text(answer)
        assert said.format("ins", "Added:", "name that hold.", "ins") in text(answer)

    def test_what_only_the_form_changed_is_no_change(self, signed_in, people, public):
        change(
            public,
            people["editor"],
            problem=public.problem.replace("<p>", '<p data-block-key="a1b2c">'),
            gap_needed="A price and a name that hold.",
        )
        services.submit(public, people["editor"])
        answer = signed_in(people["reviewer"]).get(address(public))
        changed = [row.of.label for row in answer.context["rows"].all if row.is_open]
        assert changed == ["What was needed"]

    def test_a_block_that_came_is_said_in_text(self, signed_in, people, public):
        steps = [("step", child.value) for child in public.steps]
        steps.append(("step", {"title": "Thank", "text": "Everybody got a letter."}))
        change(public, people["editor"], steps=steps)
        services.submit(public, people["editor"])
        answer = signed_in(people["reviewer"]).get(address(public))
        steps = next(row for row in answer.context["rows"].all if row.of.name == "steps")
        assert [spot.of.state for spot in steps.blocks] == ["same"] * len(public.steps) + ["added"]
        came = text(answer).split('class="reviewing-whole"')[1]
        assert came.index("Everybody got a letter.") < came.index("</ins>")

    def test_change_of_a_returned_story_is_shown_against_what_was_returned(
        self, signed_in, people, submitted
    ):
        first = text(signed_in(people["reviewer"]).get(address(submitted)))
        assert "What changed" not in first
        assert "The text, field by field" in first
        services.return_(submitted, people["reviewer"], "Say who counted.")
        page = fresh(submitted)
        change(page, people["editor"], gap_needed="A price that holds, and a name.")
        services.submit(page, people["editor"])
        answer = text(signed_in(people["reviewer"]).get(address(page)))
        assert "What changed since it was returned" in answer
        assert "The new text as a page" in answer
        assert ">Added: </span>" in answer

    def test_translation_stands_beside_its_source(self, signed_in, people, translated):
        services.submit(translated, people["translator"])
        answer = signed_in(people["approver"]).get(address(translated))
        assert "Joints from a finished drawing." in text(answer)
        assert "Suomeksi: Joints from a finished drawing." in text(answer)
        assert 'lang="fi"' in text(answer)

    def test_approves(self, signed_in, people, submitted):
        client, url = signed_in(people["reviewer"]), address(submitted)
        answer = client.post(url, {"decision": "approve"}, follow=True)
        assert "is approved and public" in text(answer)
        assert fresh(submitted).live

    def test_second_click_is_answered_politely(self, signed_in, people, submitted):
        client, url = signed_in(people["reviewer"]), address(submitted)
        client.post(url, {"decision": "approve"})
        answer = client.post(url, {"decision": "approve"}, follow=True)
        assert answer.status_code == 200
        assert "decided already" in text(answer)
        assert StoryPage.objects.get(pk=submitted.pk).revisions.count() == 1

    def test_return_needs_words_and_keeps_the_form(self, signed_in, people, submitted):
        client, url = signed_in(people["reviewer"]), address(submitted)
        answer = client.post(url, {"decision": "return", "reject-comment": ""})
        assert "Write what has to change." in text(answer)
        assert services.held_state(submitted)
        client.post(url, {"decision": "return", "reject-comment": "Say who counted."})
        assert services.held_state(submitted) is None

    def test_incomplete_text_offers_only_the_return(self, signed_in, people, submitted):
        state = services.held_state(submitted)
        state.revision.content |= {"gap_learnt": ""}
        state.revision.save()
        answer = signed_in(people["reviewer"]).get(address(submitted))
        assert "It cannot be public like this" in text(answer)
        assert "What was learnt" in text(answer)
        assert "Return to the author" in text(answer)
        assert "Approve and publish" not in text(answer)

    def test_changed_text_is_not_published_and_the_new_review_is_shown(
        self, signed_in, people, submitted
    ):
        state = services.held_state(submitted)
        state.revision.content |= {"title": "Something else"}
        state.revision.save()
        answer = signed_in(people["reviewer"]).post(
            address(submitted), {"decision": "approve"}, follow=True
        )
        assert "has changed since it was submitted" in text(answer)
        assert not fresh(submitted).live
        assert answer.request["PATH_INFO"] == address(submitted)

    @pytest.mark.parametrize("who", ["editor", "admin"])
    def test_others_may_look_but_not_decide(self, signed_in, people, submitted, who):
        client, url = signed_in(people[who]), address(submitted)
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Approve and publish" not in text(answer)
        client.post(url, {"decision": "approve"})
        assert not fresh(submitted).live

    def test_strangers_see_nothing(self, signed_in, submitted):
        answer = signed_in(person("reviewer", "lv")).get(address(submitted))
        assert answer.status_code == 302

    def test_bad_input_is_no_error(self, signed_in, people, submitted):
        client, url = signed_in(people["reviewer"]), address(submitted)
        assert client.get(url + "?refused=%00x").status_code in (200, 400)
        assert client.get(url + "?refused=nonsense").status_code == 200
        answer = client.post(url, {"decision": "return", "reject-comment": "x" * 6000})
        assert answer.status_code == 200
        missing = reverse("editorial_review", args=[999_999])
        assert client.get(missing, follow=True).status_code == 404


class TestDashboard:
    def get(self, signed_in, user):
        return text(signed_in(user).get(reverse("wagtailadmin_home")))

    def test_reviewer_finds_what_waits_and_since_when(self, signed_in, people, submitted):
        page = self.get(signed_in, people["reviewer"])
        assert address(submitted) in page
        assert submitted.title in page
        assert str(people["editor"]) in page
        assert "Awaiting your review" not in page  # Wagtail's own panel

    def test_author_does_not_find_their_own(self, signed_in, people, submitted):
        people["editor"].roles.create(role="reviewer", language="en")
        page = self.get(signed_in, people["editor"])
        assert address(submitted) not in page
        assert "Yours in review" in page

    def test_author_finds_the_comment_of_a_return(self, signed_in, people, submitted):
        services.return_(submitted, people["reviewer"], "Say who counted.")
        page = self.get(signed_in, people["editor"])
        assert "Say who counted." in page
        assert reverse("wagtailadmin_pages:edit", args=[submitted.pk]) in page

    def test_translator_finds_missing_begun_and_stale(self, signed_in, people, public):
        page = self.get(signed_in, people["translator"])
        assert "Missing in this language" in page
        finnish = services.send_for_translation(public, ["fi"], people["translator"])[0]
        page = self.get(signed_in, people["translator"])
        assert "Begun, not submitted" in page
        assert "Missing in this language" not in page
        translate(finnish, people["translator"])
        services.submit(finnish, people["translator"])
        assert "Begun, not submitted" not in self.get(signed_in, people["translator"])
        services.approve(finnish, people["approver"])
        page = self.get(signed_in, people["translator"])
        assert "is up to date" in page

    def test_empty_panels_teach(self, signed_in, people):
        page = self.get(signed_in, people["reviewer"])
        assert "When somebody submits a text in your languages, it appears here" in page
        assert "Submit a draft for review" in self.get(signed_in, people["editor"])


def test_admin_carries_the_portals_name_and_logo(signed_in, people, client, settings):
    login = text(client.get(reverse("wagtailadmin_login"), follow=True))
    assert f"Sign in to {settings.SITE_NAME}" in login
    editor = signed_in(people["editor"])
    page = text(editor.get(reverse("wagtailadmin_home")))
    assert f"- {settings.SITE_NAME}</title>" in page
    assert f'<span class="portal-name">{settings.SITE_NAME}</span>' in page
    assert "editorial/brand" in page
    missing = text(editor.get("/admin/nothing-here/"))
    assert settings.SITE_NAME in missing
    assert "Wagtail admin" not in missing
    assert all('<svg class="logo"' in one for one in (login, page, missing))


def test_missing_address_of_the_admin_is_told_in_the_persons_language(signed_in, people):
    profile = UserProfile.get_for_user(people["editor"])
    profile.preferred_language = "fi"
    profile.save()
    answer = signed_in(people["editor"]).get("/admin/nothing-here/")
    assert answer.status_code == 404
    assert '<html lang="fi"' in text(answer)
    assert "Tässä osoitteessa ei ole sivua" in text(answer)


def test_signing_in_asks_for_the_password_in_the_readers_language(client, db):
    login = client.get(
        reverse("wagtailadmin_login"), headers={"Accept-Language": "fi"}, follow=True
    )
    assert "Salasana" in text(login)
