"""What Elasticsearch did not take waits in the outbox and is repeated.

An entry names documents and does not say what stands in them: what is sent is the state of the rows at
that time, with its version, so nothing old comes after what is newer, in whatever order it is done.
"""

import logging
import time
from collections.abc import Iterable

from django.conf import settings

from core import outbox
from core.models import OutboxEntry
from core.periodic import every
from search.elastic import client, destinations, indexes, reindex
from search.engine import Key, engine

logger = logging.getLogger(__name__)
KIND = "search.send"
AT_ONCE = 200
KNOWN_FOR = 2.0  # seconds
# What is refused as often is wrong in itself; Elasticsearch answers again though it lacks it.
MOST_ATTEMPTS = 30
_behind: tuple[float, bool] = (0.0, False)
_noticed: list[str] = []


def promise(keys: Iterable[Key]) -> None:
    """Promises to bring documents up to date in Elasticsearch, as part of the current transaction."""
    wanted = sorted([key.translation_key, key.language] for key in keys)
    for start in range(0, len(wanted), AT_ONCE):
        outbox.post_once(KIND, keys=wanted[start : start + AT_ONCE])
    forget()


@outbox.handler(KIND)
def send(keys: list[list[str]]) -> None:
    if chosen():
        engine().bring_up_to_date([Key(*key) for key in keys])
        forget()


def waiting():
    return OutboxEntry.objects.filter(kind=KIND, done_at=None)


def behind() -> bool:
    """Whether Elasticsearch lacks something that is in the rows; asked again after two seconds."""
    global _behind
    asked, answer = _behind
    if time.monotonic() - asked > KNOWN_FOR:
        answer = waiting().filter(attempts__lt=MOST_ATTEMPTS).exists()
        _behind = time.monotonic(), answer
    return answer


def forget() -> None:
    """Forgets what `behind` knows."""
    global _behind
    _behind = 0.0, False


def chosen() -> bool:
    return settings.SEARCH_ENGINE == "elasticsearch"


@every(minutes=1)
def catch_up() -> None:
    """Makes indexes that are missing, and does not let what failed wait longer than Elasticsearch is away."""
    if not chosen():
        return
    try:
        missing = indexes.missing(client.client())
        full = indexes.read_only(client.client())
        notice(indexes.outdated(client.client()))
    except Exception as error:
        logger.warning("search: Elasticsearch does not answer: %r", error)
        return
    if full:
        logger.warning("search: %s can only be read; is the disk full?", ", ".join(full))
        return
    if missing:
        logger.warning("search: making the indexes of %s", ", ".join(missing))
        try:
            reindex.repair(client.client())
        except destinations.Busy:
            logger.info("search: another process is making indexes")
    waiting().exclude(error="").update(not_before=None)


def notice(outdated: list[str]) -> None:
    """Says at the start, and when it changes, whose index was made from other settings."""
    global _noticed
    if outdated and outdated != _noticed:
        logger.warning(
            "search: the settings of the indexes of %s have changed; "
            "`manage.py search reindex --changed` makes them anew",
            ", ".join(outdated),
        )
    _noticed = outdated
