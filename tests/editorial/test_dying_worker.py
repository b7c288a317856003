"""The worker is killed before, while and after it hands over a mail: decision 20, word by word.

A real worker, a real mail server, and rows that are really committed; so PostgreSQL only.
"""

import datetime
import os
import socketserver
import subprocess
import sys
import threading
from email import message_from_bytes

import pytest
from django.core import mail
from django.db import connection

from core import outbox
from core.models import OutboxEntry
from editorial.notices import events
from editorial.notices.models import Kind, Notice
from tests.factories.accounts import person
from tests.journeys.running import ROOT
from tests.services import at_once

SECONDS = 60  # most of them for a process that starts on a busy machine
# What nobody takes up yet is taken up at once, as if the patience of the sweeper were over.
WORKER = """
import datetime, os, time, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from core import models, outbox
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["PORT"])
if "before-commit" in os.environ["STEP"]:
    models.OutboxEntry.save = lambda self: time.sleep(600)
call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False)
outbox.PATIENCE = datetime.timedelta(0)
outbox.sweep()
outbox.sweep()
"""


class Server(socketserver.ThreadingTCPServer):
    """A mail server that falls silent at a step, and says when it is reached."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.step, self.reached, self.over = "", threading.Event(), threading.Event()
        self.taken: list = []

    def is_silent_at(self, step: str) -> bool:
        if self.step != step:
            return False
        self.reached.set()
        self.over.wait(SECONDS)
        return True


class Conversation(socketserver.StreamRequestHandler):
    def say(self, code: int) -> None:
        self.wfile.write(b"%d so\r\n" % code)

    def handle(self):
        if self.server.is_silent_at("greeting"):
            return
        self.say(220)
        for line in self.rfile:
            if line.upper().startswith(b"DATA"):
                self.say(354)
                lines = iter(self.rfile.readline, b".\r\n")
                letter = message_from_bytes(b"".join(lines))
                if self.server.is_silent_at("acceptance"):
                    return
                self.server.taken.append(letter)
                self.say(250)
                if self.server.is_silent_at("before-commit"):
                    return
            elif line.upper().startswith(b"QUIT") and self.server.is_silent_at("farewell"):
                return
            else:
                self.say(250)


def worker(server: Server, step: str) -> subprocess.Popen:
    server.step = step
    server.reached.clear()
    name = connection.settings_dict["NAME"]
    environment = {
        "DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}",
        "PORT": str(server.server_address[1]),
        "STEP": step,
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env=os.environ | environment,
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def told(db):
    """A notice that is committed with its promise of a mail; gone afterwards."""
    made = []

    def tell():
        user = person("editor", "en")
        about = {"title": "Boxes", "language": "en", "title_in": "en", "path": "/admin/"}
        made.extend([user, *events.tell(Kind.COMMENTED, "test:dying", [user], **about)])

    def clear():
        made[0].delete()
        OutboxEntry.objects.all().delete()

    at_once(tell)
    yield made[1]
    at_once(clear)


@pytest.mark.needs_postgresql
def test_a_killed_worker_loses_no_mail_and_repeats_only_what_was_taken_before_the_commit(
    told, monkeypatch
):
    def is_marked() -> bool:
        return Notice.objects.get(pk=told.pk).mailed_at is not None

    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for step, taken, marked in (
            ("greeting", 0, False),
            ("acceptance", 0, False),
            ("before-commit", 1, False),
            ("farewell", 2, True),
        ):
            running = worker(server, step)
            try:
                assert server.reached.wait(SECONDS), step
            finally:
                running.kill()
                running.wait()
            assert (len(server.taken), is_marked()) == (taken, marked), step
        server.over.set()
        server.shutdown()
    monkeypatch.setattr(outbox, "PATIENCE", datetime.timedelta(0))
    at_once(outbox.sweep)
    assert not mail.outbox
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert first["To"] == told.person.email
    assert not OutboxEntry.objects.filter(kind="notices.mail", done_at=None).exists()
