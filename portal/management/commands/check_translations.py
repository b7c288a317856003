"""Fails where something is not translated, or wrongly."""

from django.core.management.base import BaseCommand, CommandError

from portal.catalogues import check


class Command(BaseCommand):
    help = "Checks catalogues and templates: missing, doubtful, broken, untranslated."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        wrong = check.mistakes()
        if wrong:
            raise CommandError("\n".join([f"{len(wrong)} mistakes in translations:", *wrong]))
        self.stdout.write("Every string is translated.")
