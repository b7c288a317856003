"""`manage.py deals verify` compares deals with their steps; `deals diagram` writes the documentation."""

from itertools import groupby

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.deals import diagram, replay
from marketplace.deals.models import Deal, Step

MANY = 1000


class Command(BaseCommand):
    help = "Deals: `verify` compares each with its steps; `diagram` writes their table into docs/."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["verify", "diagram"])

    def handle(self, *args, act, **options):
        getattr(self, act)()

    def verify(self):
        """Says which deals are not what their steps make of them, and fails where there is one."""
        number, wrong = 0, 0
        steps = Step.objects.order_by("deal_id", "number").iterator(MANY)
        lines = groupby(steps, key=lambda step: step.deal_id)
        ahead = next(lines, None)
        for deal in Deal.objects.order_by("pk").iterator(MANY):
            mine: list[Step] = []
            if ahead and ahead[0] == deal.pk:
                mine = list(ahead[1])
                ahead = next(lines, None)
            found = replay.faults(deal, mine)
            number, wrong = number + 1, wrong + bool(found)
            if found:
                self.stdout.write(f"{deal.key}: {'; '.join(found)}")
        if wrong:
            raise CommandError(f"{wrong} of {number} deals are not what their steps make of them.")
        self.stdout.write(f"All {number} deals are what their steps make of them.")

    def diagram(self):
        path = settings.BASE_DIR / diagram.PAGE
        path.write_text(diagram.page(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{diagram.PAGE} is up to date.")
