"""Processes that are killed at a step, on rows that are really committed.

Each is a process of its own with connections of its own, forked from the tests', so that it starts at
once; it is ended as a machine that loses its power ends it.
"""

import datetime
import functools
import multiprocessing
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection, connections

from core import outbox, tasks
from core.models import OutboxEntry
from tests.journeys.running import wait_until

SECONDS = 60  # most of them for a busy machine
FORK = multiprocessing.get_context("fork")


def worker() -> None:
    """The worker until nothing waits, and what periodic work does for it, as if all patience were over."""
    at_once = datetime.timedelta(0)
    outbox.PATIENCE = outbox.TURN = outbox.REMINDED = tasks.LONGEST_TASK = at_once
    options = {"batch": True, "interval": 0, "startup_delay": False, "reload": False}
    for _time in range(2):
        call_command("db_worker", **options, verbosity=0)
        outbox.sweep()
        tasks.take_up_tasks()
    call_command("db_worker", **options, verbosity=0)


def always(*args, **options) -> bool:
    return True


def finish(act: Callable[[], object]) -> None:
    """Does something in a process that nobody kills."""
    assert end_of(act) == 0


def end_of(act: Callable[[], object]) -> int | None:
    """Does something in a process; returns how it has ended: the number of a signal is below zero."""
    connections.close_all()
    running = FORK.Process(target=act, daemon=True)  # nobody waits for it in the end
    running.start()
    running.join(SECONDS)
    return running.exitcode


def kill_before(act: Callable[[], object], owner, name: str, when=always) -> None:
    """Kills a process that does something when it calls a function `when` its arguments are such."""
    kill(act, owner, name, when, done=False)


def kill_after(act: Callable[[], object], owner, name: str, when=always) -> None:
    """Kills it right after that call."""
    kill(act, owner, name, when, done=True)


def kill(act: Callable[[], object], owner, name: str, when, done: bool) -> None:
    reached = FORK.Event()

    def do() -> None:
        real = getattr(owner, name)

        @functools.wraps(real)
        def stopping(*args, **options):
            is_it = when(*args, **options)
            result = real(*args, **options) if done or not is_it else None
            if is_it:
                reached.set()
                time.sleep(600)
            return result

        setattr(owner, name, stopping)
        act()

    kill_when(reached, do, name)


def kill_when(reached, act: Callable[[], object], what: str) -> None:
    """Kills a process that does something when an event says so; its connections are gone then."""
    connections.close_all()
    running = FORK.Process(target=act, daemon=True)
    running.start()
    try:
        assert reached.wait(SECONDS), what
    finally:
        running.kill()
        running.join()
    wait_until(is_alone, "what it held is free again", SECONDS)


def is_alone() -> bool:
    """Whether nobody else is connected to the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone() == (0,)


def left() -> list[str]:
    """The kinds of work that is promised and not done."""
    return list(OutboxEntry.objects.filter(done_at=None).values_list("kind", flat=True))
