"""A process is killed at any step of submitting, approving, publishing, indexing and translating.

Afterwards it is all done again as the portal does it, and each effect is there exactly once.
"""

import datetime
import os
import signal
from collections import Counter
from email import message_from_bytes, policy
from functools import partial

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from modelsearch import index as admin_search
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState
from wagtail_localize.machine_translators.dummy import DummyTranslator
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core import outbox, periodic, tasks
from core.models import OutboxEntry
from editorial import publishing, services, synchronise
from editorial.machine import drafts, engines
from editorial.models import FourEyesTask, FourEyesTaskState, LanguageWork, Notice
from editorial.notices import events
from editorial.sending import services as sending
from search import documents
from search.models import SearchDocument
from tests.editorial.conftest import change, edit_address, form_data, fresh
from tests.editorial.dying.processes import end_of, finish, kill_after, kill_before, left, worker
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.needs_postgresql
DAY = datetime.timedelta(days=1)


@pytest.fixture
def letters(settings, tmp_path):
    """How often which mail was sent to whom by all processes."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    def read() -> Counter:
        found = [
            message_from_bytes(file.read_bytes(), policy=policy.default)
            for file in tmp_path.glob("*.log")
        ]
        return Counter((one["To"], one["Message-ID"]) for one in found)

    return read


@pytest.fixture
def translator(workflow):
    return person("translator", "fi", "lv")


def sends(user, address: str, data: dict):
    """A request that a person sends from the office."""

    def send() -> None:
        client = Client()
        client.force_login(user)
        assert client.post(address, data).status_code in (200, 302)

    return send


def of(kind: str):
    """Whether a task of the worker does work of a kind that was promised."""

    def is_of(task: DBTaskResult, *args) -> bool:
        number = task.args_kwargs["args"][0]
        return (
            task.task_path == "core.outbox.work" and kind == OutboxEntry.objects.get(pk=number).kind
        )

    return is_of


def logged(page, action: str) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action=action).count()


def is_indexed(page) -> bool:
    """Whether the search has one document of a page, which says what the page says now."""
    page = fresh(page)
    rows = SearchDocument.objects.filter(page=page.pk)
    return [*rows.values(*(said := said_by(page)))] == [said]


def said_by(page) -> dict:
    said = documents.fields(page)
    return said | documents.analysed(said, page.locale.language_code)


def notices() -> set[int]:
    """How often each event was told to each person who heard of it."""
    return set(Counter(Notice.objects.values_list("person", "event")).values())


def test_who_submits_and_who_approves_can_do_it_again_when_the_server_dies_under_them(
    draft, people, letters
):
    def became() -> tuple:
        reviews = FourEyesTaskState.objects.values_list("status", flat=True)
        return (*reviews,), WorkflowState.objects.count(), fresh(draft).live, sorted(left())

    submit = sends(people["editor"], edit_address(draft), form_data(draft) | {"action-submit": "1"})
    kill_after(submit, FourEyesTask, "start")
    assert became() == ((), 0, False, [])
    kill_after(submit, Client, "post")
    in_review = ("in_progress",), 1, False, ["notices.submitted"]
    assert became() == in_review
    finish(submit)
    assert became() == in_review

    review = f"/admin/review/{FourEyesTaskState.objects.get().pk}/"
    approve = sends(people["reviewer"], review, {"decision": "approve"})
    kill_after(approve, Revision, "publish")
    assert became() == in_review
    kill_before(approve, events, "settle")
    assert became() == in_review
    kill_after(approve, Client, "post")
    public = ("approved",), 1, True, ["notices.decided", "notices.submitted", "search.index"]
    assert became() == public
    finish(approve)
    assert became() == public

    finish(worker)
    assert left() == []
    assert logged(draft, "wagtail.publish") == logged(draft, "wagtail.workflow.start") == 1
    assert notices() == {1}
    assert [*letters().values()] == [1]
    assert is_indexed(draft)


def test_what_follows_an_approval_happens_once_however_often_the_worker_dies(
    public, public_finnish, people, letters
):
    finish(worker)
    for story in (public, public_finnish):
        assert is_indexed(story)
    before = letters()
    change(public, people["editor"], country="FI", gap_needed="A price that holds.")
    services.submit(public, people["editor"])
    services.approve(fresh(public), people["reviewer"])

    kill_after(worker, synchronise, "after_publishing")
    assert fresh(public_finnish).country == "LV"
    kill_before(worker, documents, "write")
    assert not is_indexed(public)
    kill_after(worker, events, "decided")
    assert letters() == before
    kill_after(worker, documents, "write")
    assert (fresh(public_finnish).country, is_indexed(public)) == ("FI", False)
    kill_before(worker, DBTaskResult, "set_successful", of("search.index"))
    assert is_indexed(public_finnish)
    for _time in range(2):
        finish(worker)

    assert left() == []
    assert fresh(public_finnish).country == "FI"
    assert logged(public, "wagtail.publish") == 2
    assert logged(public_finnish, publishing.LOG_ACTION) == 1
    assert is_indexed(public)
    assert is_indexed(public_finnish)
    assert notices() == {1}
    assert set(letters().values()) == {1}
    assert Notice.objects.filter(event__startswith="source:").count() == 1
    assert sum((letters() - before).values()) == 1


def test_the_schedule_publishes_and_ends_once_however_often_it_dies(
    public, people, index, monkeypatch
):
    def plan(page, **times):
        change(page, people["editor"], **times)
        services.submit(page, people["editor"])
        services.approve(page, people["reviewer"])
        return page

    first, second = (
        plan(
            StoryPageFactory(parent=index("en"), draft=True, owner=people["editor"]),
            go_live_at=timezone.now() + DAY,
        )
        for _number in range(2)
    )
    plan(public, expire_at=timezone.now() + DAY)
    finish(worker)
    assert is_indexed(public)

    def live() -> list[bool]:
        return [fresh(page).live for page in (public, first, second)]

    now = timezone.now
    monkeypatch.setattr("django.utils.timezone.now", lambda: now() + 2 * DAY)
    kill_after(tasks.publish_scheduled, publishing, "take_off")
    assert live() == [True, False, False]
    assert is_indexed(public)
    kill_after(tasks.publish_scheduled, publishing, "expire")
    assert live() == [False, False, False]
    assert not SearchDocument.objects.exists()
    kill_after(tasks.publish_scheduled, Revision, "publish")
    assert live() == [False, False, False]
    kill_after(tasks.publish_scheduled, publishing, "publish_scheduled")
    assert live() == [False, True, False]
    kill_before(worker, documents, "write")
    for _time in range(2):
        finish(tasks.publish_scheduled)
        finish(worker)

    assert live() == [False, True, True]
    assert left() == []
    assert logged(public, publishing.WITHDRAW_ACTION) == 1
    for page in (first, second):
        assert logged(page, "wagtail.publish.scheduled") == 1
        assert is_indexed(page)
    assert SearchDocument.objects.count() == 2


def test_each_language_gets_one_draft_and_each_text_is_paid_for_once_however_often_the_worker_dies(
    public, translator, settings, monkeypatch, tmp_path
):
    def done(kind: str) -> list[str]:
        rows = LanguageWork.objects.filter(kind=kind, state="done")
        return sorted(rows.values_list("language", flat=True))

    def versions() -> list[str]:
        pages = Page.objects.filter(translation_key=public.translation_key)
        return sorted(pages.values_list("locale__language_code", flat=True))

    finish(worker)
    sending.send(public, ["fi", "lv"], translator)
    kill_after(worker, services, "send_for_translation")
    assert (versions(), done("send")) == (["en"], [])
    kill_before(worker, DBTaskResult, "set_successful", of(sending.TASK))
    assert (versions(), done("send")) == (["en", "lv"], ["lv"])
    kill_before(worker, services, "send_for_translation")
    kill_after(worker, sending, "run")
    assert (versions(), done("send")) == (["en", "lv"], ["lv"])
    for _time in range(2):
        finish(worker)
    assert (versions(), done("send")) == (["en", "fi", "lv"], ["fi", "lv"])
    assert TranslationSource.objects.count() == 1
    assert Translation.objects.count() == 2
    for page in public.get_translations():
        assert logged(page, "wagtail.copy_for_translation") == 1
        assert page.revisions.count() == 2  # of the copy, and of what its strings make of it
        assert page.latest_revision == page.revisions.latest("created_at")
        assert (page.live, page.owner) == (False, translator)
    assert left() == []

    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    monkeypatch.setattr(engines, "AT_ONCE", 4)
    real, asked = DummyTranslator.translate, tmp_path / "asked"

    def translate(self, source, target, texts):
        with asked.open("a") as file:
            file.writelines(f"{one.data!r}\n" for one in texts)
        return real(self, source, target, texts)

    monkeypatch.setattr(DummyTranslator, "translate", translate)
    sending.order(public, LanguageWork.Kind.MACHINE, ["fi"], translator)
    for stored in (4, 8):
        kill_after(worker, drafts, "store")
        assert StringTranslation.objects.count() == stored
    kill_after(worker, drafts, "write")
    assert done("machine") == []
    kill_before(worker, DBTaskResult, "set_successful", of(sending.MACHINE_TASK))
    for _time in range(2):
        finish(worker)
    assert (done("machine"), left()) == (["fi"], [])
    texts = asked.read_text().splitlines()
    assert len(texts) == len(set(texts)) == StringTranslation.objects.count()


def test_a_task_that_nobody_promised_is_taken_up_too_when_its_worker_has_died(people, index):
    finish(worker)
    page = StoryPageFactory(parent=index("en"), draft=True, title="Ladders for the bell tower")
    kill_before(worker, admin_search, "insert_or_update_object")
    finish(worker)
    assert [one.pk for one in Page.objects.search("ladders")] == [page.pk]
    assert not DBTaskResult.objects.running().exists()


def test_work_that_kills_its_process_holds_no_other_work_up(draft, people, monkeypatch):
    @outbox.handler("test.deadly")
    def deadly() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    finish(worker)
    change(draft, people["editor"], go_live_at=timezone.now() + DAY)
    services.submit(draft, people["editor"])
    services.approve(draft, people["reviewer"])
    finish(worker)
    outbox.post("test.deadly")
    now = timezone.now
    monkeypatch.setattr("django.utils.timezone.now", lambda: now() + 2 * DAY)
    schedule = [one for one in periodic.table if one.run.__module__ == "core.tasks"]
    monkeypatch.setattr(periodic, "table", schedule)
    run = partial(call_command, "periodic", once=True)
    assert end_of(run) == -signal.SIGKILL
    assert not fresh(draft).live
    assert end_of(run) == 0
    assert fresh(draft).live
