"""Tests that need a service skip with the reason where it is missing, and fail where CI is set.

`make test` runs everything on SQLite and, where `make services` has prepared PostgreSQL, the parts
below once more, with whatever is marked `@needs_postgresql`.
"""

import os
import shutil
import sys
import threading
import urllib.request
from functools import cache

import pytest

needs_postgresql = pytest.mark.needs_postgresql
needs_browser = pytest.mark.needs_browser
needs_elasticsearch = pytest.mark.needs_elasticsearch
needs_pango = pytest.mark.needs_pango

# Queries, locks and constraints of our own; what is only about forms and words runs once.
ON_POSTGRESQL = (
    "core/test_outbox.py",
    "editorial/test_review.py",
    "events/test_registration.py",
    "guidelines/test_moving.py",
    "marketplace/listings/test_alerts.py",
    "marketplace/listings/test_capacity.py",
    "moderation/test_decisions.py",
    "organisations/test_members.py",
    "organisations/test_records.py",
    "portal/test_queries.py",
    "search/test_documents.py",
    "search/test_engine_contract.py",
    "search/test_suggest.py",
    "stories/test_listing.py",
)
# What both databases must do alike; the rest of the above runs on SQLite only without PostgreSQL.
ON_BOTH = ("core/test_outbox.py", "search/")
HOW = "`make services` prepares it"


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")


def browser_path() -> str | None:
    """The Chromium that drives the journeys and the benchmarks."""
    found = (shutil.which(name) for name in BROWSERS)
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


def missing_browser() -> str:
    return "" if browser_path() else f"there is no Chromium here; {HOW}"


def missing_postgresql() -> str:
    from django.db import connection  # settings are not ready when pytest loads this

    return "" if connection.vendor == "postgresql" else f"there is no PostgreSQL here; {HOW}"


@cache
def missing_elasticsearch() -> str:
    address = os.environ.get("ELASTICSEARCH_URL")
    try:
        with urllib.request.urlopen(f"{address}/_cluster/health", timeout=5):
            return ""
    except (OSError, ValueError) as error:
        return f"there is no Elasticsearch here ({error}); {HOW}"


def missing_pango() -> str:
    try:
        import weasyprint  # noqa: F401  (it loads Pango, or says which library is missing)
    except OSError as error:
        return f"there is no Pango here: {error}"
    return ""


MISSING = {
    "needs_postgresql": missing_postgresql,
    "needs_browser": missing_browser,
    "needs_elasticsearch": missing_elasticsearch,
    "needs_pango": missing_pango,
}


def postgresql_answers() -> bool:
    """Whether the PostgreSQL of `make services` takes connections."""
    import psycopg

    try:
        psycopg.connect(os.environ.get("TEST_DATABASE_URL") or "", connect_timeout=5).close()
    except psycopg.Error:
        return False
    return bool(os.environ.get("TEST_DATABASE_URL"))


def at_once(*acts) -> None:
    """Runs functions in threads of their own, each with its own connection that commits."""

    from django.db import connections  # settings are not ready when pytest loads this

    def run(act) -> None:
        try:
            act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Marks what runs on PostgreSQL, and on SQLite leaves to that run what need not run twice."""
    left = []
    for item in items:
        place = item.path.relative_to(config.rootpath / "tests").as_posix()
        needed = item.get_closest_marker("needs_postgresql")
        elsewhere = item.get_closest_marker("needs_elasticsearch")  # asks the database little
        if (place.startswith(ON_POSTGRESQL) and not elsewhere) or needed:
            item.add_marker("on_postgresql")
            if needed or not place.startswith(ON_BOTH):
                left.append(item)
    if os.environ.get("TEST_DATABASE_URL") and not os.environ.get("DATABASE_URL") and left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_runtest_setup(item):
    for marker, missing in MISSING.items():
        if item.get_closest_marker(marker) and (reason := missing()):
            if os.environ.get("CI"):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


if __name__ == "__main__":
    sys.exit(0 if postgresql_answers() else 1)
