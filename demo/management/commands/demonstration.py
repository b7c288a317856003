"""Loads the demonstration: accounts at once, the first story at once, all else by the worker."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import outbox
from core.models import OutboxEntry
from demo import people, tasks


class Command(BaseCommand):
    help = "Loads demonstration accounts and content; safe to repeat. Refused in production."

    def add_arguments(self, parser):
        parser.add_argument("--password", default="demonstration")
        parser.add_argument("--now", action="store_true", help="load everything before returning")

    def handle(self, *args, password, now, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This portal is not for demonstration (DEMONSTRATION is off).")
        people.ensure(password)
        first = True
        for kind, loader in tasks.LOADERS.items():
            for name in loader.names():
                if now or first:
                    tasks.load(kind, name)
                elif not loader.is_loaded(name):
                    promise(kind, name)
                first = False


def promise(kind: str, name: str) -> None:
    """Leaves an item to the worker, unless that was done before."""
    item = {"kind": kind, "name": name}
    if not OutboxEntry.objects.filter(kind="demo.item", payload=item, done_at=None):
        outbox.post("demo.item", **item)
