"""Background work of the demonstration."""

from core import outbox
from demo import people, recommendations, stories


@outbox.handler("demo.story")
def load_story(name: str) -> None:
    """Loads one story unless it is there."""
    stories.load(name, people.cast())


@outbox.handler("demo.recommendation")
def load_recommendation(name: str) -> None:
    """Loads one recommendation unless it is there."""
    recommendations.load(name, people.cast())
