"""A whole portal for the journeys: web, worker and periodic work as processes, and a real browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services import browser_path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demonstration"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All journeys share one portal, so they run in one process, in a real browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("journeys"))
            item.add_marker(pytest.mark.needs_browser)


@dataclass(frozen=True)
class Portal:
    """A running portal with its demonstration content."""

    url: str
    mail: Path

    def letters(self, to: str) -> list[str]:
        """The mails to an address so far, oldest first, as their source text."""
        texts = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(self.mail.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        ]
        return [text for text in texts if f"To: {to}" in text]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return answer.read().decode()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="session")
def portal(tmp_path_factory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "DEMO_PASSWORD": PASSWORD,
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
    }
    manage = [sys.executable, str(ROOT / "manage.py")]

    def run(*arguments: str) -> None:
        subprocess.run([*manage, *arguments], env=environment, cwd=ROOT, check=True)

    run("migrate", "--verbosity=0")
    run("prepare")
    log = (folder / "portal.log").open("wb")
    processes = [
        subprocess.Popen([*manage, *arguments], env=environment, cwd=ROOT, stdout=log, stderr=log)
        for arguments in (
            ("runserver", "--noreload", f"127.0.0.1:{port}"),
            ("db_worker", "--interval", "0.2", "--no-startup-delay"),
            ("periodic",),
        )
    ]
    made = Portal(f"http://127.0.0.1:{port}", folder / "mail")
    try:
        wait_until(lambda: made.get("/healthz") == "ok", "the portal answers", 60)
        wait_until(lambda: '"outbox": 0' in made.get("/readyz"), "the demonstration is loaded", 180)
        yield made
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        log.close()


def wait_until(true, what: str, seconds: float) -> float:
    """Waits until `true()` holds, asking ten times a second; returns the seconds it took."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        try:
            if true():
                return time.monotonic() - started
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"After {seconds} s it was still not so: {what}.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, portal):
    """Opens a fresh browser: `visit(locale="lt", **PHONE)`; every page it shows must be free of errors."""
    contexts: list[BrowserContext] = []

    def open_browser(locale: str = "en", viewport: dict = DESKTOP, **options) -> Page:
        context = browser.new_context(
            base_url=portal.url, locale=locale, viewport=viewport, **options
        )
        contexts.append(context)
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(visit):
    """A fresh browser where somebody has signed in: `signed_in("editor")`."""

    def open_browser(name: str, **options) -> Page:
        page = visit(**options)
        page.goto("/admin/login/")
        page.fill("input[name=username]", f"{name}@example.org")
        page.fill("input[name=password]", PASSWORD)
        page.click("form [type=submit]")
        page.wait_for_url("**/admin/")
        return page

    return open_browser


def violations(page: Page) -> list[str]:
    """What axe finds on a page, one line each; no rule is switched off."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]
