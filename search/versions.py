"""One number for each change of a document, so that engines elsewhere can tell which is the later one.

Numbers grow over all documents and do not follow a clock, so that machines whose clocks differ agree.
Taking one is also taking the turn of a key: until the transaction ends, nobody else takes a number for
the same key, and so the order of numbers is the order in which changes become visible.
"""

import time
from hashlib import blake2b

from django.db import connection

from search.engine import Key

# SQLite has one writer at a time anyway. Time makes sure that a number is not given twice where the
# transaction that took it is rolled back after an engine has seen it. Should the clock be set back in
# that moment, the engine refuses the next number, and `beyond` it is where the document is sent again.
STATEMENTS = {
    "postgresql": "SELECT nextval('search_version') FROM (SELECT pg_advisory_xact_lock(%s)) AS turn",
    "sqlite": "UPDATE search_version SET number = MAX(number + 1, %s) RETURNING number",
}
BEYOND = {
    "postgresql": "SELECT setval('search_version', GREATEST(nextval('search_version'), %s))",
    "sqlite": "UPDATE search_version SET number = MAX(number, %s)",
}


def take(key: Key) -> int:
    """Waits for the turn of a key in this transaction and returns the next number."""
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENTS[connection.vendor],
            [turn(key) if connection.vendor == "postgresql" else time.time_ns() // 1_000],
        )
        return cursor.fetchone()[0]


def turn(key: Key) -> int:
    """A key as a number of 64 bits."""
    name = f"search {key.translation_key} {key.language}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), signed=True)


def beyond(number: int) -> None:
    """From now on numbers are greater than this one; for a database that was put back to an older state."""
    with connection.cursor() as cursor:
        cursor.execute(BEYOND[connection.vendor], [number])
