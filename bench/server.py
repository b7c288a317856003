"""A portal as in production, with demonstration content, for the benchmarks."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PREPARING = dict.fromkeys(("prepare", "demonstration", "db_worker"), "portal.settings.development")


@contextlib.contextmanager
def running(at: str = "") -> Iterator[str]:
    """Starts gunicorn with two workers on a fresh SQLite database; gives the address.

    Given the address of a portal that runs already, it gives that and starts nothing.
    """
    if at:
        yield at
        return
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": "benchmark-" + "x" * 50,
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "EMAIL_URL": "dummymail://",
            "BASE_URL": f"http://127.0.0.1:{port}",
            "SECURE_SSL_REDIRECT": "false",
            "SEARCH_DICTIONARIES": str(ROOT / "var" / "lemmas"),
            "VAR_DIR": folder,
            "STATIC_ROOT": f"{folder}/static",
            "LOG_LEVEL": "WARNING",
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        for arguments in (
            ["migrate", "-v0"],
            ["prepare"],
            ["demonstration", "--now"],
            ["db_worker", "--batch", "--no-startup-delay"],
            ["collectstatic", "--noinput", "-v0"],
        ):
            # Production never loads the demonstration, so it is prepared as in development.
            settings = {
                "DJANGO_SETTINGS_MODULE": PREPARING.get(arguments[0], "portal.settings.production")
            }
            subprocess.run([*manage, *arguments], env=environment | settings, cwd=ROOT, check=True)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "portal.wsgi", "-w", "2", "-b", f"127.0.0.1:{port}"],
            env=environment,
            cwd=ROOT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait(address)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


def wait(address: str) -> None:
    for _attempt in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        time.sleep(0.2)
    raise SystemExit("The server did not answer within 20 seconds.")
