"""A machine that translates what people write to each other, where the operator has chosen one.

The app that knows the machine registers it; others ask here. Without one nothing is offered, and no text
leaves the portal.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from django.db import connections

# A machine has its own patience, half a minute or none; a person who waits holds up a thread of the portal.
PATIENCE = 5.0  # seconds that a person waits for an answer
QUEUE = 1.0  # seconds, of these, that a person waits for those before
AT_ONCE = 2  # requests that may be under way, of each process
_room = threading.BoundedSemaphore(AT_ONCE)

logger = logging.getLogger(__name__)


class NotTranslated(Exception):
    """The machine gave no answer, or not the whole of one."""


@dataclass(frozen=True)
class Machine:
    """Answers with language codes: what it translates, and plain texts in the order in which they came."""

    available: Callable[[str, str], bool]
    translate: Callable[[Sequence[str], str, str], list[str]]


_machine: Machine | None = None


def register(machine: Machine) -> None:
    """Says which machine there is: the last one counts."""
    global _machine
    _machine = machine


def available(source: str, target: str) -> bool:
    """Whether there is a machine that translates from one language into another; it asks nobody outside."""
    if source == target or _machine is None:
        return False
    try:
        return _machine.available(source, target)
    except Exception:  # a class that cannot be loaded, for example
        logger.exception("the machine is not set up as it should be")
        return False


def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
    """Plain texts in another language; raises `NotTranslated` where that did not succeed in time.

    It is for people who wait, `PATIENCE` seconds at most: call it outside a transaction.
    """
    if _machine is None or not available(source, target):
        raise NotTranslated
    ask = _machine.translate
    try:
        found = in_time(lambda: ask(texts, source, target))
    except Exception as error:  # whatever is wrong there must not be wrong here
        logger.exception("the machine translated nothing from %s into %s", source, target)
        raise NotTranslated from error
    if len(found) != len(texts) or not all(found):
        raise NotTranslated
    return found


def in_time(work: Callable[[], list[str]]) -> list[str]:
    """What `work` gives, raises what it raises, and `TimeoutError` where it takes too long.

    It goes on in a thread of its own, so that a machine that hangs takes none of those that answer
    people; of such threads there are few, and whoever comes while all of them hang is told at once.
    """
    until = time.monotonic() + PATIENCE
    if not _room.acquire(timeout=min(QUEUE, PATIENCE)):
        raise TimeoutError("the machine still works on earlier texts")
    told: SimpleQueue = SimpleQueue()

    def run() -> None:
        try:
            told.put((work(), None))
        except Exception as error:
            told.put(([], error))
        finally:
            connections.close_all()  # those of this thread
            _room.release()

    threading.Thread(target=run, name="machine", daemon=True).start()
    try:
        found, error = told.get(timeout=max(until - time.monotonic(), 0))
    except Empty:
        raise TimeoutError("the machine took too long") from None
    if error is not None:
        raise error
    return found
