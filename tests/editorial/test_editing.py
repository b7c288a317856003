"""Submitting in the admin: at the field, once, whole or not at all; nothing changes in review."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowState

from editorial import conflicts, services
from editorial.gate.localize import AliasRefused
from editorial.gate.models import ReviewRule
from editorial.models import FourEyesTaskState
from editorial.refusals import Incomplete
from stories.models import StoryPage
from tests.editorial.conftest import as_json, change, edit_address, form_data, fresh, speaks


def text(response) -> str:
    return response.content.decode()


class TestSubmit:
    def test_editor_submits_a_new_story(self, signed_in, people, index, draft):
        address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", index("en").pk])
        data = form_data(draft, slug="other-boxes", title="Other boxes") | {"action-submit": "1"}
        answer = signed_in(people["editor"]).post(address, data, follow=True)
        assert answer.status_code == 200
        page = StoryPage.objects.get(slug="other-boxes")
        assert page.workflow_in_progress
        assert not page.live

    def test_second_click_on_submitting_a_new_story_finds_the_first(
        self, signed_in, people, index, draft
    ):
        address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", index("en").pk])
        data = form_data(draft, slug="other-boxes", title="Other boxes") | {"action-submit": "1"}
        client = signed_in(people["editor"])
        client.post(address, data)
        answer = client.post(address, data, follow=True)
        assert "submitted once" in text(answer)
        assert StoryPage.objects.filter(title="Other boxes").count() == 1

    def test_author_hears_when_nobody_can_decide(self, signed_in, people, draft):
        people["reviewer"].roles.all().delete()
        answer = signed_in(people["editor"]).post(
            edit_address(draft), form_data(draft) | {"action-submit": "1"}, follow=True
        )
        assert "Nobody can decide about this text yet" in text(answer)

    def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(
        self, signed_in, people, draft
    ):
        speaks(people["editor"], "fi")
        data = form_data(draft, gap_learnt="", failed="<p></p>", cost="Nothing but glue.")
        answer = signed_in(people["editor"]).post(
            edit_address(draft), data | {"action-submit": "1"}
        )
        assert set(answer.context["form"].errors) == {"gap_learnt", "failed"}
        assert "Tämä kenttä" in text(answer)
        assert "Nothing but glue." in text(answer)
        assert not fresh(draft).workflow_in_progress

    @pytest.mark.parametrize("where", ["new", "edit"])
    def test_what_is_refused_is_kept_as_a_draft(
        self, signed_in, people, index, draft, monkeypatch, where
    ):
        ReviewRule.objects.update(texts=ReviewRule.Review.NONE)
        monkeypatch.setattr("editorial.models.problems", lambda obj: ["Result"])
        address = edit_address(draft)
        if where == "new":
            address = reverse(
                "wagtailadmin_pages:add", args=["stories", "storypage", index("en").pk]
            )
        data = form_data(draft, slug="new", title="Typed") | {"action-submit": "1"}
        answer = signed_in(people["editor"]).post(address, data, follow=True)
        assert str(Incomplete.message) in text(answer)
        page = Page.objects.get(draft_title="Typed").specific
        assert answer.request["PATH_INFO"] == edit_address(page)
        assert not page.live
        assert not page.workflow_in_progress

    def test_second_click_on_submit_is_answered_politely(self, signed_in, people, draft):
        data = form_data(draft) | {"action-submit": "1"}
        client = signed_in(people["editor"])
        client.post(edit_address(draft), data)
        answer = client.post(edit_address(draft), data, follow=True)
        assert answer.status_code == 200
        assert "submitted once" in text(answer)
        assert FourEyesTaskState.objects.count() == 1
        assert fresh(draft).revisions.count() == 2

    def test_failing_submission_saves_nothing(self, signed_in, people, draft, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr(Workflow, "start", fail)
        client = signed_in(people["editor"])
        client.raise_request_exception = False
        answer = client.post(
            edit_address(draft), form_data(draft, title="Half") | {"action-submit": "1"}
        )
        assert answer.status_code == 500
        assert fresh(draft).draft_title == draft.title

    def test_submitting_again_after_a_return_goes_on_with_the_same_workflow(
        self, signed_in, people, submitted
    ):
        services.return_(submitted, people["reviewer"], "Say who counted.")
        signed_in(people["editor"]).post(
            edit_address(submitted),
            form_data(submitted, results_note="The teacher.") | {"action-submit": "1"},
        )
        assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
        assert services.held_state(submitted).revision.content["results_note"] == "The teacher."


class TestNewerVersionOfAnother:
    """The editor has the form open; then the operator saves."""

    @pytest.fixture
    def late(self, people, draft):
        """What the editor's browser sends after the operator has saved."""
        loaded = fresh(draft).latest_revision
        data = form_data(draft, results_note="Counted by the editor.") | {
            "loaded_revision_id": loaded.pk,
            "loaded_revision_created_at": loaded.created_at.isoformat(),
        }
        change(draft, people["admin"], results_note="Counted by the operator.")
        return data

    @pytest.mark.parametrize("action", [{}, {"action-submit": "1"}], ids=["save", "submit"])
    def test_is_not_replaced_and_nothing_typed_is_lost(
        self, signed_in, people, draft, late, action
    ):
        client = signed_in(people["editor"])
        for _click in range(2):
            answer = client.post(edit_address(draft), late | action)
            assert "Admin has saved a newer version" in text(answer)
            assert "Counted by the editor." in text(answer)
            late["loaded_revision_created_at"] = answer.context["loaded_revision_created_at"]
        stored = fresh(draft)
        assert stored.latest_revision.content["results_note"] == "Counted by the operator."
        assert not stored.workflow_in_progress

    def test_is_replaced_after_the_question_was_answered(self, signed_in, people, draft, late):
        data = late | {"action-submit": "1", conflicts.CONFIRMED: "yes"}
        signed_in(people["editor"]).post(edit_address(draft), data)
        review = services.held_state(fresh(draft))
        assert review.revision.content["results_note"] == "Counted by the editor."

    def test_own_newer_version_is_no_question(self, signed_in, people, draft, late):
        change(draft, people["editor"], results_note="Saved while writing.")
        signed_in(people["editor"]).post(edit_address(draft), late | {"action-submit": "1"})
        assert services.held_state(fresh(draft))


class TestInReview:
    @pytest.mark.parametrize("who", ["editor", "admin"])
    def test_nobody_changes_it(self, signed_in, people, submitted, who):
        before = submitted.latest_revision.content
        signed_in(people[who]).post(
            edit_address(submitted), form_data(submitted, title="Sneaked in")
        )
        page = fresh(submitted)
        assert page.latest_revision_id == submitted.latest_revision_id
        assert page.latest_revision.content == before

    def test_autosave_does_not_overwrite_the_reviewed_revision(self, signed_in, people, submitted):
        before = submitted.latest_revision
        data = form_data(submitted, title="Sneaked in") | {
            "overwrite_revision_id": before.pk,
            "loaded_revision_id": before.pk,
        }
        answer = signed_in(people["editor"]).post(
            edit_address(submitted), data, headers={"accept": "application/json"}
        )
        assert as_json(answer)["error_code"] == "locked"
        before.refresh_from_db()
        assert before.content["title"] == submitted.draft_title

    def test_autosave_works_before_and_after(self, signed_in, people, draft, settings):
        client = signed_in(people["editor"])
        answer = client.get(edit_address(draft))
        assert f'data-w-autosave-interval-value="{settings.WAGTAIL_AUTOSAVE_INTERVAL}"' in text(
            answer
        )
        saved = client.post(
            edit_address(draft),
            form_data(draft, title="Kept"),
            headers={"accept": "application/json"},
        )
        assert as_json(saved)["success"]
        assert fresh(draft).draft_title == "Kept"

    def test_submitter_takes_it_back(self, signed_in, people, submitted):
        client = signed_in(people["editor"])
        assert "Take back from review" in text(client.get(edit_address(submitted)))
        client.post(edit_address(submitted), form_data(submitted) | {"action-cancel-workflow": "1"})
        assert not fresh(submitted).workflow_in_progress

    def test_reviewer_returns_it_and_does_not_take_it_back(self, signed_in, people, submitted):
        page = text(signed_in(people["reviewer"]).get(edit_address(submitted)))
        assert "Take back from review" not in page

    def test_reviewer_is_shown_the_way_to_the_review(self, signed_in, people, submitted):
        answer = signed_in(people["reviewer"]).get(edit_address(submitted))
        state = services.held_state(submitted)
        assert reverse("editorial_review", args=[state.pk]) in text(answer)

    def test_author_with_the_role_of_reviewer_is_not(self, signed_in, people, submitted):
        people["editor"].roles.create(role="reviewer", language="en")
        answer = signed_in(people["editor"]).get(edit_address(submitted))
        state = services.held_state(submitted)
        assert reverse("editorial_review", args=[state.pk]) not in text(answer)


def test_comment_of_a_return_stands_at_the_text(signed_in, people, submitted):
    services.return_(submitted, people["reviewer"], "Say <who> counted.")
    answer = signed_in(people["editor"]).get(edit_address(submitted))
    assert "Say &lt;who&gt; counted." in text(answer)
    assert "Submit for review again" in text(answer)


class TestNoWayAround:
    """Every view of Wagtail's own that can publish, as the operator."""

    @pytest.fixture
    def admin(self, signed_in, people):
        return signed_in(people["admin"])

    def test_edit(self, admin, draft):
        admin.post(edit_address(draft), form_data(draft, title="Around") | {"action-publish": "1"})
        assert fresh(draft).draft_title == "Around"
        assert not fresh(draft).live

    def test_edit_of_a_public_page(self, admin, public):
        admin.post(
            edit_address(public), form_data(public, title="Around") | {"action-publish": "1"}
        )
        assert fresh(public).title == public.title
        assert fresh(public).draft_title == "Around"

    @pytest.mark.parametrize("where", ["index", "root"])
    def test_add(self, admin, draft, site, index, where):
        data = {"action-publish": "1"}
        if where == "index":
            kind, parent = "storypage", index("en")
            data |= form_data(draft, slug="around", title="Around")
        else:
            kind, parent = "homepage", site["en"].get_parent()
            data |= form_data(site["en"], slug="around", title="Around")
        app = "stories" if where == "index" else "home"
        admin.post(reverse("wagtailadmin_pages:add", args=[app, kind, parent.pk]), data)
        assert not Page.objects.get(slug="around").live

    def test_revert(self, admin, public, people):
        change(public, people["editor"], title="Newer")
        old = public.revisions.order_by("pk").first()
        data = form_data(public, title="Older") | {"action-publish": "1", "revision": old.pk}
        admin.post(edit_address(public), data)
        admin.post(reverse("wagtailadmin_pages:revisions_revert", args=[public.pk, old.pk]), data)
        assert fresh(public).title == public.title

    def test_bulk(self, admin, draft):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        admin.post(f"{address}?id={draft.pk}", {"include_descendants": "on"})
        assert not fresh(draft).live

    @pytest.mark.parametrize("extra", [{"publish_copies": "on"}, {"alias": "on"}])
    def test_copy(self, admin, public, site, extra):
        for page, parent in [(public, public.get_parent()), (site["en"], site["en"].get_parent())]:
            data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.pk}
            admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data | extra)
            assert not Page.objects.filter(slug="copy", live=True).exists()

    def test_copy_as_a_draft_works(self, admin, public):
        data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": public.get_parent().pk}
        admin.post(reverse("wagtailadmin_pages:copy", args=[public.pk]), data)
        assert not Page.objects.get(slug="copy").live

    def test_workflow_action(self, admin, submitted):
        state = services.held_state(submitted)
        address = reverse(
            "wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk]
        )
        admin.post(address)
        assert not fresh(submitted).live

    def test_workflow_action_in_the_edit_view(self, admin, submitted):
        data = {"action-workflow-action": "1", "workflow-action-name": "approve"}
        admin.post(edit_address(submitted), form_data(submitted) | data)
        assert not fresh(submitted).live

    def test_alias_by_code_is_refused(self, public, site):
        with pytest.raises(AliasRefused):
            public.create_alias(parent=public.get_parent(), update_slug="alias")


def test_reviewer_approves_through_wagtails_own_action_and_a_second_click_is_polite(
    signed_in, people, submitted
):
    state = services.held_state(submitted)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk]
    )
    client = signed_in(people["reviewer"])
    client.post(address, {"comment": ""})
    assert fresh(submitted).live
    answer = client.post(address, {"comment": ""}, follow=True)
    assert answer.status_code == 200


def test_return_through_wagtails_own_action_needs_a_comment(signed_in, people, submitted):
    state = services.held_state(submitted)
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "reject", state.pk])
    client = signed_in(people["reviewer"])
    client.post(address, {"comment": ""})
    assert services.held_state(submitted)
    client.post(address, {"comment": "Say who counted."})
    assert services.held_state(submitted) is None
