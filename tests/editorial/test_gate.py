"""The gate: whatever would change what readers see comes through it, or is refused.

The nine known defects of wagtail-localize are each reproduced by a test that fails without its guard:

1. drafts written into live rows: `test_localize`
2. "sync" that publishes for anybody: `test_localize`, `test_sync_with_publish_publishes_nothing`
3. its editor publishes and cancels reviews: `test_translation.TestSubmit`
4. locks ignored: `test_locks`
5. missing or outdated strings published: `test_translation`, `test_untranslated_parts_are_named`
6. translations and aliases live at once: `test_localize`, `test_tree_sync_makes_no_aliases`
7. translation memory deleted with its page: `test_translation_memory_outlives_its_page`
8. drafts or a second source translated: `test_translation`, `test_translation_of_a_translation_is_refused`
9. over-long text is a database error: `test_translation`, `test_too_long_a_translation_is_said_at_its_field`
"""

import datetime
from io import StringIO

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageLogEntry, Revision, TranslatableMixin
from wagtail_localize.models import StringTranslation

from accounts.models import Role, RoleAssignment
from editorial import publishing, services
from editorial.gate.guards import DeletionRefused, MoveRefused, reviewed_types
from editorial.gate.models import ReviewRule
from editorial.refusals import AlreadyDecided, NotReviewed, NotYours, ReasonMissing
from home.models import LanguageSettings
from stories.models import StoryPage
from tests.editorial.conftest import (
    as_json,
    change,
    edit_address,
    form_data,
    fresh,
    locale,
    record,
)
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

SOON = datetime.timedelta(hours=1)


def later(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def run_schedule() -> str:
    said = StringIO()
    call_command("publish_scheduled", verbosity=0, stderr=said)
    return said.getvalue()


def save(page, update_fields=None, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save(update_fields=update_fields)


def loaded(page):
    """What `loaddata` does with a file."""
    page.title = "Around"
    for one in serializers.deserialize("json", serializers.serialize("json", [page])):
        one.save()


# What somebody may try with a public page; each is refused and leaves it as it was.
AROUND = {
    "save": lambda page: save(page, title="Around"),
    "save some fields": lambda page: save(page, ["title"], title="Around"),
    "save as unpublished": lambda page: save(page, live=False),
    "save an expiry": lambda page: save(page, expire_at=timezone.now()),
    "import": loaded,
    "publish": lambda page: page.save_revision().publish(),
    "publish action": lambda page: PublishPageRevisionAction(page.save_revision()).execute(
        skip_permission_checks=True
    ),
    "unpublish": lambda page: page.unpublish(),
    "unpublish action": lambda page: UnpublishPageAction(page).execute(skip_permission_checks=True),
    "delete": lambda page: page.delete(),
    "delete several": lambda page: StoryPage.objects.filter(pk=page.pk).delete(),
    "delete its tree": lambda page: page.get_parent().delete(),
    "move": lambda page: page.move(page.get_parent().get_parent(), pos="last-child"),
    "move its tree": lambda page: page.get_parent().move(
        page.get_parent().get_parent().get_next_sibling(), pos="last-child"
    ),
    "alias": lambda page: page.create_alias(parent=page.get_parent(), update_slug="alias"),
    "copy": lambda page: page.copy(update_attrs={"slug": "copy"}),
    "copy action": lambda page: CopyPageAction(
        page, to=page.get_parent(), keep_live=True, update_attrs={"slug": "copy"}
    ).execute(skip_permission_checks=True),
    "copied branch": lambda page: page.get_parent().copy(
        recursive=True, update_attrs={"slug": "copies"}
    ),
    "live alias in another language": lambda page: page.copy_for_translation(
        locale("fi"), alias=True
    ),
    "live page by hand": lambda page: page.get_parent().add_child(
        instance=StoryPageFactory.build(slug="live", locale=page.locale)
    ),
    "same key by hand": lambda page: StoryPage(
        pk=page.pk,
        page_ptr_id=page.pk,
        path=page.path,
        depth=page.depth,
        slug="x",
        title="Around",
        locale=page.locale,
        content_type=page.content_type,
    ).save(clean=False),
    "time of publishing": lambda page: page.save_revision(approved_go_live_at=timezone.now()),
    "time on a revision": lambda page: Revision(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        approved_go_live_at=timezone.now(),
    ).save(),
    "revert with a time": lambda page: RevertToPageRevisionAction(
        page, page.revisions.first(), approved_go_live_at=timezone.now()
    ).execute(skip_permission_checks=True),
}


def public_rows() -> list:
    fields = ["pk", "title", "slug", "url_path", "live", "result", "expire_at"]
    return [
        *StoryPage.objects.filter(live=True).order_by("pk").values_list(*fields),
        *Page.objects.filter(live=True).order_by("pk").values_list("pk", "url_path"),
    ]


def test_every_way_around_is_refused(public):
    before, held = public_rows(), []
    for name, attempt in AROUND.items():
        with transaction.atomic():
            try:
                with transaction.atomic():
                    attempt(fresh(public))
            except NotReviewed:
                pass
            except Exception as error:
                if "alias" not in name:
                    held.append(f"{name}: {error!r}")
            else:
                held.append(f"{name}: nothing refused it")
            if public_rows() != before:
                held.append(f"{name}: the public rows have changed")
            transaction.set_rollback(True)
    assert not held, "\n".join(held)


def test_what_readers_do_not_see_is_saved(public, people):
    """Drafts, locks and an unchanged page need no review, and nor does a draft that nobody has read."""
    change(public, people["editor"], title="Draft")
    page = fresh(public)
    page.locked = True
    page.save()
    assert fresh(public).locked
    assert fresh(public).title == public.title
    copy = fresh(public).copy(keep_live=False, update_attrs={"slug": "copy"})
    assert not copy.live
    save(copy, title="Another")
    copy.delete()


def test_snippets_are_guarded_alike(db):
    with pytest.raises(NotReviewed):
        LanguageSettings.objects.create(language="en")
    row = LanguageSettings.objects.create(language="en", live=False)
    with pytest.raises(NotReviewed):
        row.save_revision().publish()
    publishing.publish_by_rule(row, "shipped")
    row = LanguageSettings.objects.get()
    for attempt in (lambda: save(row, licence_note="Around"), row.delete, row.unpublish):
        with pytest.raises(NotReviewed), transaction.atomic():
            attempt()
    assert LanguageSettings.objects.get().licence_note == ""


def test_every_page_type_is_guarded():
    from core.checks import our_pages

    assert set(our_pages()) <= set(reviewed_types())


class TestWhatWasApprovedStaysAsItIs:
    """The editor's autosave writes into its last draft again, even after that was approved."""

    def autosave(self, client, page, **values):
        drafts = {"loaded_revision_id": 1, "overwrite_revision_id": page.latest_revision_id}
        form = form_data(page, **values) | drafts
        return client.post(edit_address(page), form, headers={"accept": "application/json"})

    def test_autosave_goes_on_in_a_new_draft(self, public, people, signed_in):
        approved = public.live_revision.content
        answer = self.autosave(signed_in(people["editor"]), public, result="Nobody has read this.")
        assert as_json(answer)["revision_id"] != public.live_revision_id
        assert fresh(public).live_revision.content == approved
        RoleAssignment.objects.create(user=people["editor"], role=Role.REVIEWER, language="en")
        services.submit(public, person("editor", "en"))
        with pytest.raises(NotYours):
            services.approve(public, people["editor"])

    def test_by_code_it_is_refused(self, public, people):
        revision = public.live_revision
        draft = public.get_latest_revision_as_object()
        draft.result = "Nobody has read this."
        with pytest.raises(NotReviewed), transaction.atomic():
            draft.save_revision(user=people["editor"], overwrite_revision=revision)

    def test_second_click_on_approve_in_the_editor_is_told(self, public, people, signed_in):
        form = {"action-workflow-action": "1", "workflow-action-name": "approve"}
        answer = signed_in(people["editor"]).post(edit_address(public), form, follow=True)
        assert "This has been decided already" in answer.content.decode()


def test_nobody_approves_a_translation_in_which_their_wording_was_replaced(people, public_finnish):
    RoleAssignment.objects.create(user=people["translator"], role=Role.APPROVER, language="fi")
    second = person("translator", "fi")
    for who in (people["translator"], second):
        one = StringTranslation.objects.get(context__path="result")
        one.data, one.last_translated_by = f"{one.data}!", who
        one.save()
    services.submit(public_finnish, second)
    with pytest.raises(NotYours):
        services.approve(public_finnish, people["translator"])


def test_half_a_form_is_bad_input(draft, people, signed_in):
    answer = signed_in(people["editor"]).post(edit_address(draft), {"title": "Half"})
    assert answer.status_code == 400


def test_no_kind_has_what_wagtail_localize_cannot_translate():
    """It leaves relations to many out, and takes too long a text of a snippet for a database error."""
    for model in reviewed_types():
        relations = [one for one in model._meta.many_to_many if one.name != "view_restrictions"]
        assert not relations, model
        assert issubclass(model, Page) or not issubclass(model, TranslatableMixin), model


def test_translation_memory_outlives_its_page(translated):
    """wagtail-localize would delete it with the page."""
    translation, strings = record(translated), StringTranslation.objects.count()
    translated.delete()
    translation.refresh_from_db()
    assert not translation.enabled
    assert StringTranslation.objects.count() == strings


class TestExpiry:
    def end(self, page, people, monkeypatch, approve=True):
        """A new version that ends in an hour; the clock is set to after that."""
        end = timezone.now() + SOON
        change(page, people["editor"], expire_at=end)
        services.submit(page, people["editor"])
        if approve:
            services.approve(page, people["reviewer"])
        later(monkeypatch, end + SOON)

    def test_approved_end_comes_and_says_who_approved_it(self, public, people, monkeypatch):
        self.end(public, people, monkeypatch)
        assert run_schedule() == ""
        assert not fresh(public).live
        entry = PageLogEntry.objects.get(action=publishing.WITHDRAW_ACTION)
        assert (entry.user, entry.data["rule"]) == (people["reviewer"], "approved expiry")

    def test_plan_beyond_the_end_still_happens(self, public, people, monkeypatch):
        end = timezone.now() + SOON
        for times in ({"expire_at": end}, {"expire_at": None, "go_live_at": end + 2 * SOON}):
            change(public, people["editor"], **times)
            services.submit(public, people["editor"])
            services.approve(public, people["reviewer"])
        for passed, live in ((1, False), (3, True)):
            with monkeypatch.context() as clock:
                later(clock, end + passed * SOON)
                run_schedule()
            assert fresh(public).live == live

    def test_end_that_nobody_approved_does_not(self, public, people, monkeypatch):
        self.end(public, people, monkeypatch, approve=False)
        run_schedule()
        assert fresh(public).live
        StoryPage.objects.filter(pk=public.pk).update(expire_at=timezone.now() - SOON)
        Revision.objects.filter(pk=public.live_revision_id).update(content={"title": "x"})
        assert "Nobody has approved" in run_schedule()
        assert fresh(public).live

    def test_schedule_with_nothing_behind_it_is_dropped(self, draft):
        Revision.objects.filter(pk=draft.latest_revision_id).update(
            approved_go_live_at=timezone.now() - SOON
        )
        assert "Nothing approved" in run_schedule()
        assert not fresh(draft).live
        assert not fresh(draft).approved_schedule


class TestEmergency:
    def test_one_person_with_a_reason_and_the_record(self, public, people, signed_in):
        kind, pk = publishing.identity(public)
        address = reverse("editorial_withdraw", args=[kind, pk])
        page = signed_in(people["reviewer"]).get(edit_address(public))
        denied = signed_in(person("reviewer", "lv")).post(address, {"reason": "No."})
        assert denied.status_code in (302, 403)
        signed_in(people["editor"]).post(address, {"reason": "No."})
        client = signed_in(people["reviewer"])
        assert "Write why" in client.post(address, {"reason": " "}).content.decode()
        assert fresh(public).live
        client.post(address, {"reason": "It names a learner."})
        assert not fresh(public).live
        entry = PageLogEntry.objects.get(action=publishing.WITHDRAW_ACTION)
        assert entry.user == people["reviewer"]
        assert entry.data == {"rule": "emergency", "reason": "It names a learner."}
        assert page.status_code in (200, 302)
        history = signed_in(people["admin"]).get(
            reverse("wagtailadmin_pages:history", args=[public.pk])
        )
        assert "It names a learner." in history.content.decode()

    def test_refusals(self, public, people):
        with pytest.raises(ReasonMissing):
            publishing.withdraw(public, people["reviewer"], " ")
        with pytest.raises(NotYours):
            publishing.withdraw(public, people["editor"], "Wrong.")
        publishing.withdraw(public, people["admin"], "Wrong.")
        with pytest.raises(AlreadyDecided):
            publishing.withdraw(public, people["admin"], "Wrong.")
        assert PageLogEntry.objects.filter(action=publishing.WITHDRAW_ACTION).count() == 1

    def test_deleting_asks_for_it_first(self, public, people, signed_in):
        client = signed_in(people["admin"])
        address = reverse("wagtailadmin_pages:delete", args=[public.pk])
        assert "leaves a reason" in client.post(address, follow=True).content.decode()
        assert fresh(public).live
        publishing.withdraw(public, people["admin"], "Wrong.")
        client.post(address)
        assert not Page.objects.filter(pk=public.pk).exists()

    def test_refusals_say_what_to_do(self, public):
        with pytest.raises(MoveRefused):
            public.move(public.get_parent().get_parent(), pos="last-child")
        with pytest.raises(DeletionRefused):
            public.delete()


class TestAutomaticApproval:
    @pytest.fixture
    def rule(self, people, signed_in, draft):
        """Switched on by the operator in the admin, for texts and not for translations."""
        client = signed_in(people["admin"])
        rule = ReviewRule.objects.get(content_type=reviewed_types()[StoryPage])
        client.post(
            reverse("review-rules:edit", args=[rule.pk]),
            {"texts": "none", "translations": "person"},
        )
        rule.refresh_from_db()
        assert rule.changed_by == people["admin"]
        return rule

    def test_every_kind_is_listed_and_reviewed_at_first(self, people, signed_in):
        listed = signed_in(people["admin"]).get(reverse("review-rules:index")).content.decode()
        assert "List of stories" in listed
        assert set(ReviewRule.objects.values_list("texts", "translations")) == {
            ("person", "person")
        }

    def test_submitted_is_public_and_says_by_whom_and_which_rule(self, rule, draft, people):
        services.submit(draft, people["editor"])
        assert fresh(draft).live
        assert not fresh(draft).workflow_in_progress
        entry = PageLogEntry.objects.get(action=publishing.LOG_ACTION)
        assert (entry.user, entry.data["rule"]) == (people["editor"], "automatic approval")

    def test_translations_of_the_kind_are_still_reviewed(self, rule, draft, people):
        assert ReviewRule.objects.needs_review(draft, translation=True)
        assert not ReviewRule.objects.needs_review(draft, translation=False)

    def test_only_operators_switch_it_on(self, people, signed_in, draft):
        for who in ("editor", "reviewer", "approver", "translator"):
            answer = signed_in(people[who]).get(reverse("review-rules:index"))
            assert answer.status_code in (302, 403)
        services.submit(draft, people["editor"])
        assert not fresh(draft).live
