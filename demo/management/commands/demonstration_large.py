"""Fills the portal with many invented organisations, services and needs."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import large

NUMBERS = {"organisations": 120, "services": 300, "needs": 150}


class Command(BaseCommand):
    help = (
        "Fills the portal with many invented organisations, services and needs, to see how it is "
        "with a lot in it; safe to repeat. Refused in production."
    )

    def add_arguments(self, parser):
        for name, number in NUMBERS.items():
            parser.add_argument(f"--{name}", type=int, default=number)

    def handle(self, *args, organisations, services, needs, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This portal is not for demonstration (DEMONSTRATION is off).")
        if min(organisations, services, needs) < 0:
            raise CommandError("A number cannot be negative.")
        made = large.load(organisations, services, needs)
        for kind, number in made.items():
            self.stdout.write(f"{kind}: {number} made")
