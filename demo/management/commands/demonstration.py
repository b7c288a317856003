"""Loads the demonstration: accounts at once, the first story at once, the others by the worker."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import outbox
from core.models import OutboxEntry
from demo import people, stories, tasks


class Command(BaseCommand):
    help = "Loads demonstration accounts and stories; safe to repeat. Refused in production."

    def add_arguments(self, parser):
        parser.add_argument("--password", default="demonstration")
        parser.add_argument("--now", action="store_true", help="load every story before returning")

    def handle(self, *args, password, now, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This portal is not for demonstration (DEMONSTRATION is off).")
        people.ensure(password)
        first, *others = stories.names()
        tasks.load_story(first)
        for name in others:
            if now:
                tasks.load_story(name)
            elif not stories.is_loaded(name) and not OutboxEntry.objects.filter(
                kind="demo.story", payload={"name": name}, done_at=None
            ):
                outbox.post("demo.story", name=name)
