"""A whole portal with its demonstration content, as `make run` starts it: web, worker, periodic work."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demonstration"
WEB = ("runserver", "--noreload")
WORKER = ("db_worker", "--interval", "0.2", "--no-reload", "--no-startup-delay")
PERIODIC = ("periodic",)
# What the journeys meet of the demonstration; the whole of it would take minutes to load.
STORIES = (
    "three-real-orders harbour-canteen kevatsiivous night-shift-mentors orto-in-cantiere "
    "retired-technicians sawdust-to-briquettes season-before-the-season two-pages-before-day-one"
).split()
ITEMS = (
    *(f"story/{name}" for name in STORIES),
    "recommendation/one-agreement-template",
    "organisation/ogre-wood-school",
    "organisation/baltic-workshop-network",
    "event/agreement-clinic",
    "news/manual-complete",
)
# Each handbook keeps the worker busy for many seconds, and a journey downloads one of them. A page is
# saved three times when it is made, and each time Wagtail promises to index it.
FEWER_TASKS = """
    CREATE TRIGGER no_other_handbooks AFTER INSERT ON django_tasks_database_dbtaskresult
    WHEN new.args_kwargs LIKE '%"handbook/%'
        AND new.args_kwargs NOT LIKE '%"handbook/company", "en"%'
    BEGIN
        DELETE FROM django_tasks_database_dbtaskresult WHERE id = new.id;
    END;
    CREATE TRIGGER index_once AFTER INSERT ON django_tasks_database_dbtaskresult
    WHEN new.task_path LIKE 'modelsearch.%' OR new.task_path LIKE 'wagtail.%'
    BEGIN
        DELETE FROM django_tasks_database_dbtaskresult
        WHERE status = 'READY' AND id <> new.id
            AND task_path = new.task_path AND args_kwargs = new.args_kwargs;
    END
"""


class Process:
    """A part of the portal that a journey may stop in the middle of its work and start again."""

    def __init__(self, arguments: Sequence[str], **options):
        self.command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        self.options = options
        self.start()

    def start(self) -> None:
        self.running = subprocess.Popen(self.command, **self.options)

    def kill(self) -> None:
        """As a machine that loses its power does it: nothing can be finished or tidied up."""
        self.running.kill()
        self.running.wait()

    def stop(self) -> None:
        """Asks it to end, and makes it end if it does not."""
        self.running.send_signal(signal.SIGTERM)
        try:
            self.running.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def killed(process: Process) -> Iterator[None]:
    """A process is gone for a while, and runs again afterwards."""
    process.kill()
    try:
        yield
    finally:
        process.start()


@dataclass(frozen=True)
class Portal:
    """The address of a running portal, the folder where its mail lies, and its background work."""

    url: str
    mail: Path
    worker: Process
    periodic: Process

    def get(self, path: str) -> str:
        """A page as a visitor without a browser gets it."""
        with urllib.request.urlopen(self.url + quote(path, "/?&="), timeout=20) as answer:
            return answer.read().decode()

    def outbox(self) -> int:
        """How much work is promised and not done yet."""
        return json.loads(self.get("/readyz"))["outbox"]

    def letters(self, name: str, about: str) -> list[EmailMessage]:
        """The mails to an account that name a text in their subject, the oldest first."""
        files = sorted(self.mail.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        found = [
            message_from_string(file.read_text(encoding="utf-8"), policy=policy.default)
            for file in files
        ]
        return [
            one for one in found if one["To"] == f"{name}@example.org" and about in one["Subject"]
        ]


@contextmanager
def running(folder: Path) -> Iterator[Portal]:
    """Starts a portal whose data lies in `folder`; gives it when everything is loaded."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "DEMO_PASSWORD": PASSWORD,
        "LOG_LEVEL": "WARNING",
        # The worker would open the database anew for each of some thousand tasks.
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}?conn_max_age=60",
        # Built once on a machine, for other tests too.
        "SEARCH_DICTIONARIES": str(ROOT / "var" / "lemmas"),
        # Vectors of all texts would take the worker minutes that no journey waits for.
        "EMBEDDINGS": "",
    }
    options = {"env": environment, "cwd": ROOT}
    manage = [sys.executable, str(ROOT / "manage.py")]
    bare = {**options, "env": environment | {"DEMONSTRATION": "false"}}
    make_database(folder / "portal.sqlite3")
    subprocess.run([*manage, "start"], check=True, stdout=subprocess.DEVNULL, **bare)
    load = [*manage, "demonstration", "--password", PASSWORD, *ITEMS]
    subprocess.run(load, check=True, stdout=subprocess.DEVNULL, **options)
    with (folder / "portal.log").open("wb") as log:
        web, worker, periodic = (
            Process(arguments, stdout=log, stderr=log, **options)
            for arguments in ((*WEB, f"127.0.0.1:{port}"), WORKER, PERIODIC)
        )
        made = Portal(f"http://127.0.0.1:{port}", folder / "mail", worker, periodic)
        try:
            wait_until(lambda: made.get("/healthz") == "ok", "the portal answers", 60)
            wait_until(lambda: made.outbox() == 0, "the demonstration is loaded", 300)
            yield made
        finally:
            for process in (web, worker, periodic):
                process.stop()


def make_database(file: Path) -> None:
    """A migrated database, in which nothing is promised that no journey asks for, nor anything twice."""
    migrated.copy_to_file(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(FEWER_TASKS)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until(true: Callable[[], object], what: str, seconds: float) -> float:
    """Waits until `true()` holds, asking ever less often; returns the seconds it took."""
    started = time.monotonic()
    while (waited := time.monotonic() - started) < seconds:
        try:
            if true():
                return time.monotonic() - started
        except OSError:
            pass
        time.sleep(min(0.05 + waited / 20, 0.5))
    raise AssertionError(f"After {seconds} s it was still not so: {what}.")
