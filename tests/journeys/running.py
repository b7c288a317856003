"""A whole portal with its demonstration content, as `make run` starts it: web, worker, periodic work."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demonstration"
WEB = ("runserver", "--noreload")
OTHERS = (("db_worker", "--interval", "0.2", "--no-startup-delay"), ("periodic",))


@dataclass(frozen=True)
class Portal:
    """The address of a running portal, and the folder where its mail lies."""

    url: str
    mail: Path

    def get(self, path: str) -> str:
        """A page as a visitor without a browser gets it."""
        with urllib.request.urlopen(self.url + quote(path, "/?&="), timeout=20) as answer:
            return answer.read().decode()

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
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        # Built once on a machine, for other tests too.
        "SEARCH_DICTIONARIES": str(ROOT / "var" / "lemmas"),
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    options = {"env": environment, "cwd": ROOT}
    subprocess.run([*manage, "start"], check=True, stdout=subprocess.DEVNULL, **options)
    with (folder / "portal.log").open("wb") as log:
        processes = [
            subprocess.Popen([*manage, *arguments], stdout=log, stderr=log, **options)
            for arguments in ((*WEB, f"127.0.0.1:{port}"), *OTHERS)
        ]
        made = Portal(f"http://127.0.0.1:{port}", folder / "mail")
        try:
            wait_until(lambda: made.get("/healthz") == "ok", "the portal answers", 60)
            wait_until(
                lambda: json.loads(made.get("/readyz"))["outbox"] == 0,
                "the demonstration is loaded",
                180,
            )
            yield made
        finally:
            stop(processes)


def stop(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until(true: Callable[[], object], what: str, seconds: float) -> float:
    """Waits until `true()` holds, asking twenty times a second; returns the seconds it took."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        try:
            if true():
                return time.monotonic() - started
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"After {seconds} s it was still not so: {what}.")
