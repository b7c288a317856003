"""Compiles the translations, where they are stale."""

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.catalogues import compiled


class Command(BaseCommand):
    help = "Compiles the translations and those of Wagtail that lie under another name."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        for path in compiled.build_all():
            self.stdout.write(f"compiled {path.relative_to(settings.BASE_DIR)}")
