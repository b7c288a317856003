"""Background work of the demonstration."""

from core import outbox
from demo import people
from demo.deals import Conversation
from demo.events import Event
from demo.items import Item
from demo.needs import Need
from demo.news import News
from demo.organisations import Profile
from demo.recommendations import Recommendation
from demo.services import Service
from demo.stories import Story

KINDS: dict[str, type[Item] | type[Conversation]] = {
    "story": Story,
    "organisation": Profile,
    "recommendation": Recommendation,
    "service": Service,
    "need": Need,
    "event": Event,
    "news": News,
    "deal": Conversation,
}


def named(item: str) -> Item | Conversation:
    """The item that is called `kind/name`."""
    kind, name = item.split("/")
    return KINDS[kind](name)


@outbox.handler("demo.item")
def load(item: str) -> None:
    """Loads one item of the demonstration, named `kind/name`, unless it is there."""
    named(item).load(people.cast())
