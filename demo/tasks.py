"""Background work of the demonstration."""

from core import outbox
from demo import people, stories


@outbox.handler("demo.story")
def load_story(name: str) -> None:
    """Loads one story unless it is there."""
    stories.load(name, people.cast())
