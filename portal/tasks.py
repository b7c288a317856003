"""Background work of installing."""

from core import outbox
from portal import manual


@outbox.handler("shipped.manual")
def ship_manual(section: str, code: str) -> None:
    """Publishes what comes with the portal for one section of the manual in one language."""
    manual.ensure(section, code)
