"""Browsers for the journeys, each person in their own, and what axe says about a page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.running import PASSWORD, Portal, running
from tests.services import browser_path

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
# In which language each account works; so that no journey leans on words of English screens.
LANGUAGES = {
    "admin": "en",
    "editor": "fi",
    "reviewer": "lt",
    "translator": "it",
    "approver": "pl",
    "moderator": "de",
}
PATIENCE = 20_000  # milliseconds: other tests run beside these on few cores
RUN_AXE = """([within, options]) =>
  ownAxe.run(within ?? document, options).then((found) => found.violations)"""
# Axe takes what is not laid out yet, because nobody has come near it, for too small to be hit.
LAY_OUT = """() => {
  for (const one of document.body.querySelectorAll("*")) {
    if (getComputedStyle(one).contentVisibility === "auto") one.style.contentVisibility = "visible";
  }
}"""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Journeys run in a real browser. Axe comes last: it is asked about a portal full of life."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.needs_browser)
    items.sort(key=lambda item: item.get_closest_marker("accessibility") is not None)


@pytest.fixture(scope="session")
def portal(tmp_path_factory) -> Iterator[Portal]:
    with running(tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, portal):
    """Opens a fresh browser: `visit("lt", PHONE)`. Broken pages and scripts fail the test at its end."""
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def open_browser(locale: str = "en", viewport: dict = DESKTOP, **options) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            locale=locale,
            viewport=viewport,
            timezone_id="Europe/Riga",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.on(
            "response",
            lambda answer: answer.status >= 500 and broken.append(f"{answer.status} {answer.url}"),
        )
        context.on("weberror", lambda one: broken.append(str(one.error)))
        contexts.append(context)
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()
    assert broken == []


@pytest.fixture(scope="session")
def sessions() -> dict[str, dict]:
    """The cookies of those who have signed in already, by name."""
    return {}


@pytest.fixture
def signed_in(visit, sessions):
    """A fresh browser, on the dashboard of one of the demonstration's accounts: `signed_in("editor")`.

    Each person signs in and chooses their language once, and comes back with their cookies.
    """

    def open_browser(name: str, **options) -> Page:
        page = visit(storage_state=sessions.get(name), **options)
        if name in sessions:
            page.goto("/admin/")
        else:
            sign_in(page, name)
            choose_language(page, LANGUAGES[name])
            page.goto("/admin/")
            sessions[name] = page.context.storage_state()
        return page

    return open_browser


@pytest.fixture
def also(signed_in):
    """Gives an account one more role until the test ends: `also("editor", "reviewer", "en")`."""
    given: list[tuple[Page, str]] = []

    def give_role(name: str, role: str, language: str) -> None:
        page = signed_in("admin")
        page.goto("/admin/roles/new/")
        page.select_option("#id_user", label=name.title())
        page.select_option("#id_role", role)
        page.select_option("#id_language", language)
        page.locator("main form [type=submit]").last.click()
        page.goto(f"/admin/roles/?role={role}&language={language}")
        row = page.locator("main tbody a[href*='/edit/']", has_text=name.title())
        given.append((page, row.get_attribute("href").replace("/edit/", "/delete/")))

    yield give_role
    for page, address in given:
        page.goto(address)
        page.locator("main form [type=submit]").last.click()
        page.wait_for_url("**/admin/roles/")


def sign_in(page: Page, name: str) -> None:
    """Signs in with the form, from the address that every reader of the README knows."""
    page.goto("/admin/")
    page.fill("input[name=login]", f"{name}@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def choose_language(page: Page, code: str) -> None:
    """Sets the language of menus and mails in the account."""
    page.goto("/admin/account/")
    page.select_option("#id_locale-preferred_language", code)
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{code}"))


def violations(page: Page, *rules: str, within: str | None = None) -> list[str]:
    """What axe finds on a page or `within` a part of it, one line each; by all rules unless named.

    The size of what a finger must hit is a rule of WCAG 2.2 that axe leaves out unless asked.
    """
    options = {
        "resultTypes": ["violations"],
        **({"runOnly": list(rules)} if rules else {"rules": {"target-size": {"enabled": True}}}),
    }
    if not page.evaluate("'ownAxe' in window"):  # the editor's forms have another one
        page.evaluate(f"{AXE_SCRIPT};window.ownAxe = window.axe;0")
        page.evaluate(LAY_OUT)
    found = page.evaluate(RUN_AXE, [within, options])
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]
