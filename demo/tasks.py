"""Background work of the demonstration."""

from core import outbox
from demo import events, organisations, people, recommendations, stories

# Each has `names()`, `is_loaded(name)` and `load(name, people)`.
LOADERS = {
    "story": stories,
    "organisation": organisations,
    "recommendation": recommendations,
    "event": events,
}


@outbox.handler("demo.item")
def load(kind: str, name: str) -> None:
    """Loads one item of the demonstration unless it is there."""
    LOADERS[kind].load(name, people.cast())
