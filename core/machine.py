"""A machine that translates what people write to each other, where the operator has chosen one.

The app that knows the machine registers it; others ask here. Without one nothing is offered, and no text
leaves the portal.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

logger = logging.getLogger(__name__)


class NotTranslated(Exception):
    """The machine gave no answer, or not the whole of one."""


@dataclass(frozen=True)
class Machine:
    """Answers with language codes: what it translates, and plain texts in the order in which they came."""

    available: Callable[[str, str], bool]
    translate: Callable[[Sequence[str], str, str], list[str]]


_machines: list[Machine] = []


def register(machine: Machine) -> None:
    """Says which machine there is: the last one counts."""
    _machines[:] = [machine]


def available(source: str, target: str) -> bool:
    """Whether there is a machine that translates from one language into another; it asks nobody outside."""
    if source == target or not _machines:
        return False
    try:
        return _machines[0].available(source, target)
    except Exception:  # a class that cannot be loaded, for example
        logger.exception("the machine is not set up as it should be")
        return False


def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
    """Plain texts in another language; raises `NotTranslated` where that did not succeed.

    It takes as long as the machine takes: call it outside a transaction.
    """
    if not available(source, target):
        raise NotTranslated
    try:
        found = _machines[0].translate(texts, source, target)
    except Exception as error:  # whatever is wrong there must not be wrong here
        logger.exception("the machine translated nothing from %s into %s", source, target)
        raise NotTranslated from error
    if len(found) != len(texts) or not all(found):
        raise NotTranslated
    return found
