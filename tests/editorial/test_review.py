"""Two people, and what was reviewed is what goes public."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Workflow, WorkflowPage, WorkflowState

from accounts.models import Role, RoleAssignment
from editorial import services
from editorial.fingerprints import digest
from editorial.models import FourEyesTask, FourEyesTaskState
from editorial.publishing import RULES, publish_by_rule
from editorial.refusals import (
    AlreadyDecided,
    CommentMissing,
    ContentChanged,
    Incomplete,
    NotReviewed,
    NotYours,
)
from tests.editorial.conftest import change, fresh
from tests.factories.accounts import person


def give(user, role, language="en"):
    RoleAssignment.objects.create(user=user, role=role, language=language)


def review_of(page) -> FourEyesTaskState:
    return services.held_state(page)


def test_workflow_is_made_once(workflow, site):
    root = site["en"].get_parent()
    assert services.ensure_workflow(root) == workflow
    assert FourEyesTask.objects.count() == 1
    assert site["fi"].get_workflow() == workflow


class TestWhoDecides:
    def test_reviewer_of_the_language_publishes(self, submitted, people):
        services.approve(submitted, people["reviewer"])
        page = fresh(submitted)
        assert page.live
        assert page.live_revision_id == page.latest_revision_id

    @pytest.mark.parametrize("who", ["admin", "translator", "approver"])
    def test_nobody_without_the_role_decides(self, submitted, people, who):
        with pytest.raises(NotYours):
            services.approve(submitted, people[who])
        assert not fresh(submitted).live
        assert review_of(submitted)

    def test_reviewer_of_another_language_cannot(self, submitted, people):
        with pytest.raises(NotYours):
            services.approve(submitted, person("reviewer", "lv"))

    def test_author_cannot_approve_even_as_reviewer_and_superuser(self, submitted, people):
        give(people["editor"], Role.REVIEWER)
        people["editor"].is_superuser = True
        people["editor"].save()
        with pytest.raises(NotYours):
            services.approve(submitted, people["editor"])
        assert submitted.current_workflow_task.get_actions(submitted, people["editor"]) == []

    def test_everybody_who_wrote_since_the_public_version_is_an_author(self, public, people):
        change(public, people["reviewer"], result="Learners rose from 9 % to 65 % in one term.")
        change(public, people["editor"], result="Learners rose from 9 % to 66 % in one term.")
        services.submit(public, people["editor"])
        second = person("reviewer", "en")
        with pytest.raises(NotYours):
            services.approve(public, people["reviewer"])
        services.approve(public, second)
        assert fresh(public).result.endswith("66 % in one term.")

    def test_author_of_what_is_public_already_may_review_the_next_change(self, public, people):
        give(people["editor"], Role.REVIEWER)
        other = person("editor", "en")
        change(public, other, result="Learners rose from 9 % to 67 % in one term.")
        services.submit(public, other)
        services.approve(public, people["editor"])
        assert "67" in fresh(public).result

    def test_submitter_of_anothers_draft_is_involved(self, draft, people):
        other = person("editor", "en")
        give(other, Role.REVIEWER)
        services.submit(draft, other)
        with pytest.raises(NotYours):
            services.approve(draft, other)

    def test_only_states_that_one_can_decide_are_listed(self, submitted, people):
        task = FourEyesTask.objects.get()
        listed = {
            name: task.get_task_states_user_can_moderate(user).count()
            for name, user in people.items()
        }
        assert listed == {"editor": 0, "reviewer": 1, "translator": 0, "approver": 0, "admin": 0}

    def test_who_may_not_change_it_cannot_submit_it(self, draft, people):
        with pytest.raises(NotYours):
            services.submit(draft, people["reviewer"])


class TestDecisions:
    def test_second_approval_says_that_it_is_decided(self, submitted, people):
        state = review_of(submitted)
        state.decide("approve", people["reviewer"])
        again = FourEyesTaskState.objects.get(pk=state.pk)
        with pytest.raises(AlreadyDecided):
            again.decide("approve", people["reviewer"])
        assert fresh(submitted).revisions.count() == 1

    def test_submitting_twice_is_one_review(self, draft, people):
        first = services.submit(draft, people["editor"])
        assert services.submit(draft, people["editor"]) == first
        assert FourEyesTaskState.objects.count() == 1

    def test_return_needs_a_comment(self, submitted, people):
        with pytest.raises(CommentMissing):
            services.return_(submitted, people["reviewer"], "  ")
        services.return_(submitted, people["reviewer"], "Say who counted.")
        state = submitted.current_workflow_state
        assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
        assert state.current_task_state.comment == "Say who counted."

    def test_returned_text_is_submitted_again_and_approved(self, submitted, people):
        services.return_(submitted, people["reviewer"], "Say who counted.")
        change(submitted, people["editor"], results_note="The teacher counted in May.")
        services.submit(submitted, people["editor"])
        services.approve(submitted, people["reviewer"])
        assert fresh(submitted).results_note == "The teacher counted in May."


class TestContent:
    def test_changed_content_is_not_published_and_the_review_begins_again(self, submitted, people):
        state = review_of(submitted)
        content = state.revision.content | {"title": "Something else"}
        Revision.objects.filter(pk=state.revision_id).update(content=content)
        with pytest.raises(ContentChanged):
            services.approve(submitted, people["reviewer"])
        assert not fresh(submitted).live
        again = review_of(submitted)
        assert again.pk != state.pk
        services.approve(submitted, people["reviewer"])
        assert fresh(submitted).title == "Something else"

    def test_a_newer_revision_is_not_published_by_an_older_review(self, submitted, people):
        change(submitted, people["editor"], title="Something newer")
        with pytest.raises(ContentChanged):
            services.approve(submitted, people["reviewer"])
        assert not fresh(submitted).live
        assert review_of(submitted).revision.content["title"] == "Something newer"

    def test_missing_required_fields_are_named_at_submission(self, draft, people):
        Revision.objects.filter(pk=draft.latest_revision_id).update(
            content=draft.latest_revision.content | {"gap_learnt": ""}
        )
        with pytest.raises(Incomplete) as refusal:
            services.submit(draft, people["editor"])
        assert "What was learnt" in str(refusal.value)
        assert review_of(draft) is None

    def test_missing_required_fields_keep_it_from_being_approved(self, submitted, people):
        state = review_of(submitted)
        revision = state.revision
        revision.content = revision.content | {"gap_learnt": "", "steps": "[]"}
        revision.save()
        revision.refresh_from_db()
        FourEyesTaskState.objects.filter(pk=state.pk).update(content_hash=digest(revision))
        with pytest.raises(Incomplete) as refusal:
            services.approve(submitted, people["reviewer"])
        assert {problem.label for problem in refusal.value.problems} >= {"What was learnt", "Steps"}
        assert not fresh(submitted).live

    def test_missing_parts_of_a_stream_are_named_by_their_place(self, draft, people):
        revision = draft.latest_revision
        revision.content = revision.content | {
            "steps": '[{"type": "step", "value": {"title": "Ask", "text": ""}}]'
        }
        revision.save()
        with pytest.raises(Incomplete) as refusal:
            services.submit(draft, people["editor"])
        assert "Steps 1, What was done" in str(refusal.value)


class TestOnlyWay:
    def test_workflow_without_the_task_publishes_nothing(self, draft, people, workflow):
        empty = Workflow.objects.create(name="Empty")
        WorkflowPage.objects.update(workflow=empty)
        with pytest.raises(NotReviewed):
            empty.start(draft, people["admin"])
        assert not fresh(draft).live

    def test_deactivating_the_task_publishes_nothing(self, submitted, people):
        with pytest.raises(NotReviewed):
            FourEyesTask.objects.get().deactivate(user=people["admin"])
        assert not fresh(submitted).live
        assert review_of(submitted)

    def test_only_known_rules_publish(self, draft):
        with pytest.raises(ValueError, match="There is no rule"):
            publish_by_rule(draft, "because I can")
        publish_by_rule(draft, "shipped")
        assert fresh(draft).live

    @pytest.mark.parametrize("rule", [*RULES, "tested"])
    def test_a_rule_leaves_its_words_in_the_history(
        self, draft, signed_in, people, monkeypatch, rule
    ):
        monkeypatch.setitem(RULES, "tested", "Published in a test")
        publish_by_rule(draft, rule)
        address = reverse("wagtailadmin_pages:history", args=[draft.pk])
        page = signed_in(people["admin"]).get(address).content.decode()
        assert [name for name in RULES if str(RULES[name]) in page] == [rule]

    def test_a_rule_that_is_no_more_keeps_its_name_in_the_history(
        self, draft, signed_in, people, monkeypatch
    ):
        monkeypatch.setitem(RULES, "Older rule", "Published in a test")
        publish_by_rule(draft, "Older rule")
        monkeypatch.delitem(RULES, "Older rule")
        address = reverse("wagtailadmin_pages:history", args=[draft.pk])
        assert "Older rule" in signed_in(people["admin"]).get(address).content.decode()

    def test_scheduled_publishing_goes_through_the_approved_revision(
        self, draft, people, monkeypatch
    ):
        soon = timezone.now() + datetime.timedelta(hours=1)
        change(draft, people["editor"], go_live_at=soon)
        services.submit(draft, people["editor"])
        at(monkeypatch, soon + datetime.timedelta(minutes=1))
        call_command("publish_scheduled", verbosity=0)
        assert not fresh(draft).live
        monkeypatch.undo()
        services.approve(draft, people["reviewer"])
        assert fresh(draft).approved_schedule
        assert not fresh(draft).live
        at(monkeypatch, soon + datetime.timedelta(minutes=1))
        call_command("publish_scheduled", verbosity=0)
        assert fresh(draft).live


def at(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
