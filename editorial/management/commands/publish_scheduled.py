"""Wagtail's command by the same name, through the gate of this portal."""

from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from editorial import publishing
from editorial.gate.guards import reviewed_types


class Command(publish_scheduled.Command):
    help = "Publishes what was approved for now, and takes off what was approved until now."

    def handle(self, *args, **options):
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        for model in reviewed_types():
            for obj in model._default_manager.filter(live=True, expire_at__lt=now):
                if not publishing.expire(obj):
                    self.stderr.write(f"Nobody has approved the end of {obj!r} (pk {obj.pk}).")
        due = Revision.objects.filter(approved_go_live_at__lt=now)
        for revision in due.order_by("approved_go_live_at", "pk"):
            if not publishing.publish_scheduled(revision):
                self.stderr.write(f"Nothing approved stands behind revision {revision.pk}.")
