"""Background work of installing."""

from core import outbox
from portal.shipped import contents


@outbox.handler("shipped.contents")
def ship_contents(section: str, code: str) -> None:
    """Publishes what comes with the portal for one section in one language."""
    contents.ensure(section, code)
