"""The worker is killed before, while and after it hands over a mail: decision 20, word by word."""

import socketserver
import threading
from email import message_from_bytes

import pytest

from core.mail import Mail
from editorial.notices import events
from editorial.notices.models import Kind, Notice
from tests.editorial.dying import processes
from tests.factories.accounts import person

pytestmark = pytest.mark.needs_postgresql


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
        self.over.wait(processes.SECONDS)
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
            elif line.upper().startswith(b"QUIT") and self.server.is_silent_at("farewell"):
                return
            else:
                self.say(250)


@pytest.fixture
def server(settings):
    """What the portal sends its mail to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with Server() as made:
        settings.EMAIL_HOST, settings.EMAIL_PORT = made.server_address
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.over.set()
        made.shutdown()


def silent_at(server: Server, step: str) -> None:
    """Kills a worker that waits for an answer of the mail server."""
    server.step = step
    server.reached.clear()
    processes.kill_when(server.reached, processes.worker, step)
    server.step = ""


def test_a_killed_worker_loses_no_mail_and_repeats_only_what_was_taken_before_the_commit(
    db, server
):
    user = person("editor", "en")
    about = {"title": "Boxes", "language": "en", "title_in": "en", "path": "/admin/"}
    events.tell(Kind.COMMENTED, "test:dying", [user], **about)

    def became() -> tuple[int, bool]:
        return len(server.taken), Notice.objects.get().mailed_at is not None

    silent_at(server, "greeting")
    assert became() == (0, False)
    silent_at(server, "acceptance")
    assert became() == (0, False)
    processes.kill_after(processes.worker, Mail, "send")
    assert became() == (1, False)
    silent_at(server, "farewell")
    assert became() == (2, True)
    processes.finish(processes.worker)
    assert became() == (2, True)
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert first["To"] == user.email
    assert processes.left() == []
