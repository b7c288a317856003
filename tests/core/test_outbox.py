"""Work after commit: done once, repeated after an error, taken up when a worker has died."""

import datetime

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import outbox, tasks
from core.models import OutboxEntry

pytestmark = pytest.mark.django_db
done: list[str] = []


@outbox.handler("test.note")
def note(text: str) -> None:
    done.append(text)


@outbox.handler("test.fail")
def fail() -> None:
    OutboxEntry.objects.create(kind="test.note", payload={"text": "half"})
    raise RuntimeError("no")


@outbox.handler("test.slow", slow=True)
def slow(text: str) -> None:
    done.append(text)


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def age(entry: OutboxEntry) -> None:
    OutboxEntry.objects.filter(pk=entry.pk).update(
        created_at=timezone.now() - datetime.timedelta(minutes=5)
    )


def test_work_is_done_once_however_often_it_is_asked_for():
    entry = outbox.post("test.note", text="a")
    outbox.work.call(entry.pk)
    outbox.work.call(entry.pk)
    assert done == ["a"]


def test_the_same_work_is_promised_once_until_somebody_begins_it():
    for text in ("a", "a", "b"):
        outbox.post_once("test.note", text=text)
    assert OutboxEntry.objects.count() == 2
    OutboxEntry.objects.filter(payload__text="a").update(attempts=1)
    outbox.post_once("test.note", text="a")
    assert OutboxEntry.objects.filter(payload__text="a").count() == 2


def test_work_of_a_change_that_is_rolled_back_never_happens():
    with transaction.atomic():
        outbox.post("test.note", text="a")
        transaction.set_rollback(True)
    assert not OutboxEntry.objects.exists()


def test_failed_work_leaves_nothing_half_done_and_waits_before_it_is_tried_again():
    entry = outbox.post("test.fail")
    outbox.work.call(entry.pk)
    entry.refresh_from_db()
    assert (entry.attempts, entry.done_at) == (1, None)
    assert "RuntimeError: no" in entry.error
    assert not OutboxEntry.objects.filter(kind="test.note").exists()
    age(entry)
    assert outbox.sweep() == 0
    assert outbox.waiting(timezone.now() + datetime.timedelta(hours=1)).get() == entry


def test_sweeper_takes_up_what_a_dead_worker_left():
    entry = outbox.post("test.note", text="left")
    assert outbox.sweep() == 0
    age(entry)
    assert outbox.sweep() == 1
    assert done == ["left"]


def test_slow_work_is_left_to_the_worker_who_is_asked_again_now_and_then(monkeypatch):
    asked: list[int] = []
    entry = outbox.post("test.slow", text="slow")
    monkeypatch.setattr(type(outbox.work), "enqueue", lambda task, number: asked.append(number))
    age(entry)
    outbox.sweep()
    outbox.sweep()
    assert (asked, done) == ([entry.pk], [])
    outbox.work.call(entry.pk)
    assert done == ["slow"]


def test_slow_work_is_promised_again_only_after_it_has_failed():
    for _time in range(2):
        outbox.post_once("test.slow", text="a")
    OutboxEntry.objects.update(attempts=1)
    outbox.post_once("test.slow", text="a")
    assert OutboxEntry.objects.count() == 1
    OutboxEntry.objects.update(error="DatabaseError: gone")
    outbox.post_once("test.slow", text="a")
    assert OutboxEntry.objects.count() == 2


def test_unknown_kind_is_refused_when_it_is_promised():
    with pytest.raises(KeyError):
        outbox.post("test.unknown")


def test_work_that_always_fails_is_tried_ever_more_rarely_and_holds_nothing_up():
    entry = OutboxEntry.objects.create(kind="test.gone", attempts=200)
    later = outbox.post("test.note", text="later")
    age(entry)
    age(later)
    assert outbox.sweep() == 2
    assert done == ["later"]
    entry.refresh_from_db()
    assert entry.not_before - timezone.now() < datetime.timedelta(hours=6, minutes=1)


def test_what_a_mail_about_signing_in_held_is_forgotten_when_it_is_sent():
    said = {"letter": "login_code", "email": "a@example.org", "language": "en", "code": "K3Y"}
    entries = [outbox.post("accounts.mail", **said), outbox.post("test.note", text="kept")]
    for entry in entries:
        outbox.work.call(entry.pk)
        entry.refresh_from_db()
        assert entry.done_at
    assert [entry.payload for entry in entries] == [{}, {"text": "kept"}]
    assert "K3Y" in mail.outbox[0].body


def test_task_of_a_dead_worker_is_given_to_the_next_but_not_for_ever():
    now = timezone.now()
    long_ago = now - datetime.timedelta(hours=1)
    left = []
    for started, died in ((now, 1), (long_ago, 1), (long_ago, 5)):
        outbox.post("test.note", text="a")
        task = DBTaskResult.objects.latest("enqueued_at")
        task.status, task.started_at, task.worker_ids = "RUNNING", started, ["w"] * died
        task.save()
        left.append(task)
    tasks.take_up_tasks()
    for task, status in zip(left, ("RUNNING", "READY", "FAILED"), strict=True):
        task.refresh_from_db()
        assert task.status == status
