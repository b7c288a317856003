"""Where writes go beside the index that is searched, and who may change that.

A writer holds a shared lock from when it asks until its transaction ends, and whoever changes the answer
waits for all of them. So all that is written after a change knows of it, and all that was written before
can be seen. SQLite has one writer at a time anyway.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q

from search.elastic.indexes import LIVE, NEXT, PREVIOUS
from search.elastic.models import IndexState

PATIENCE = 120  # attempts of half a second, in which other writers have their turn
WAIT = "SET LOCAL lock_timeout = '500ms'"  # less than after which the database looks for rings


class Busy(Exception):
    """Somebody else is at it."""


def roles() -> dict[str, tuple[str, ...]]:
    """For each language that has more than one index, which of them are written; to be asked in a transaction."""
    if connection.vendor == "postgresql":
        execute("SELECT pg_advisory_xact_lock_shared(%s)", number("places"))
    found = IndexState.objects.filter(~Q(filling="") | Q(previous=True))
    return {
        one.language: (
            LIVE,
            *([NEXT] if one.filling else []),
            *([PREVIOUS] if one.previous else []),
        )
        for one in found
    }


def change(language: str, **fields) -> IndexState:
    """Changes what is known of a language after everybody who writes by the old state has ended."""
    for _attempt in range(PATIENCE):
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    execute(WAIT)
                    execute("SELECT pg_advisory_xact_lock(%s)", number("places"))
                    execute("SET LOCAL lock_timeout = DEFAULT")
                state, _created = IndexState.objects.update_or_create(
                    language=language, defaults=fields
                )
                return state
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
                raise
    raise Busy("Documents are being written without end; nothing was changed.")


@contextmanager
def alone() -> Iterator[None]:
    """Keeps others from replacing indexes; raises `Busy` if somebody does. It ends with the process."""
    if connection.vendor == "postgresql":
        if not execute("SELECT pg_try_advisory_lock(%s)", number("reindex")):
            raise Busy("Another process is replacing indexes; wait for its end.")
        try:
            yield
        finally:
            execute("SELECT pg_advisory_unlock(%s)", number("reindex"))
        return
    path = Path(settings.VAR_DIR, f"{settings.ELASTICSEARCH_PREFIX}-reindex.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("Another process is replacing indexes; wait for its end.") from error
        yield


def number(purpose: str) -> int:
    """A lock as a number of 64 bits."""
    name = f"search {settings.ELASTICSEARCH_PREFIX} {purpose}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), signed=True)


def execute(statement: str, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()[0] if cursor.description else None
