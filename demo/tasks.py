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
def load(item: str) -> None:
    """Loads one item of the demonstration, named `kind/name`, unless it is there."""
    kind, name = item.split("/", 1)
    LOADERS[kind].load(name, people.cast())
