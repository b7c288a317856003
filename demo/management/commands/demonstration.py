"""Loads the demonstration: accounts at once, the first story at once, the others by the worker."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import outbox
from core.models import OutboxEntry
from demo import people, recommendations, stories, tasks


class Command(BaseCommand):
    help = "Loads demonstration accounts, stories and recommendations; safe to repeat. Refused in production."

    def add_arguments(self, parser):
        parser.add_argument("--password", default="demonstration")
        parser.add_argument("--now", action="store_true", help="load everything before returning")

    def handle(self, *args, password, now, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This portal is not for demonstration (DEMONSTRATION is off).")
        people.ensure(password)
        first, *others = stories.names()
        tasks.load_story(first)
        for name in others:
            self.load("demo.story", tasks.load_story, stories.is_loaded, name, now)
        for name in recommendations.names():
            self.load(
                "demo.recommendation",
                tasks.load_recommendation,
                recommendations.is_loaded,
                name,
                now,
            )

    def load(self, kind, load, is_loaded, name, now) -> None:
        """Loads an item now, or promises it unless it is there or promised already."""
        if now:
            load(name)
        elif not is_loaded(name) and not OutboxEntry.objects.filter(
            kind=kind, payload={"name": name}, done_at=None
        ):
            outbox.post(kind, name=name)
