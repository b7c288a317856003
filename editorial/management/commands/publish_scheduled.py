"""Wagtail's command by the same name, through the gate of this portal."""

import logging
from collections.abc import Callable

from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from editorial import publishing
from editorial.gate.guards import reviewed_types

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    help = "Publishes what was approved for now, and takes off what was approved until now."

    def handle(self, *args, **options):
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        for model in reviewed_types():
            for obj in model._default_manager.filter(live=True, expire_at__lt=now):
                said = f"Nobody has approved the end of {obj!r} (pk {obj.pk})."
                self.carry_out(publishing.expire, obj, said)
        due = Revision.objects.filter(approved_go_live_at__lt=now)
        for revision in due.order_by("approved_go_live_at", "pk"):
            said = f"Nothing approved stands behind revision {revision.pk}."
            self.carry_out(publishing.publish_scheduled, revision, said)

    def carry_out(self, step: Callable[..., bool], obj, otherwise: str) -> None:
        """Takes one step; where it fails, those after it are taken all the same."""
        try:
            done = step(obj)
        except Exception:
            logger.exception("The schedule failed at %r", obj)
            done, otherwise = False, f"Failed: {obj!r} (pk {obj.pk}). The log says why."
        if not done:
            self.stderr.write(otherwise)
