"""Loads the demonstration: accounts at once, the first story at once, all else by the worker."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import outbox
from core.models import OutboxEntry
from demo import members, people, tasks


class Command(BaseCommand):
    help = "Loads demonstration accounts and content; safe to repeat. Refused in production."

    def add_arguments(self, parser):
        parser.add_argument(
            "items",
            nargs="*",
            metavar="kind/name",
            help="what to load, as in story/three-real-orders; everything if left out",
        )
        parser.add_argument("--password", default="demonstration")
        parser.add_argument("--now", action="store_true", help="load everything before returning")

    def handle(self, *args, items, password, now, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This portal is not for demonstration (DEMONSTRATION is off).")
        people.ensure(password)
        members.ensure(password)
        for number, item in enumerate(items or everything()):
            if now or not number:
                tasks.load(item)
            else:
                promise(item)


def everything() -> list[str]:
    return [f"{kind}/{name}" for kind, item in tasks.KINDS.items() for name in item.names()]


def promise(item: str) -> None:
    """Leaves an item to the worker, unless it is there or was left before."""
    waiting = OutboxEntry.objects.filter(kind="demo.item", payload={"item": item}, done_at=None)
    if not tasks.named(item).is_loaded() and not waiting.exists():
        outbox.post("demo.item", item=item)
