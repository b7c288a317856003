"""Brings the catalogues up to date with the strings in code and templates."""

from django.core.management.base import BaseCommand

from portal.catalogues import compiled, extract, languages


class Command(BaseCommand):
    help = "Adds new strings to every catalogue in locale/, takes out unused ones, compiles them."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        found = extract.messages()
        for code in languages():
            new, gone = extract.update(code, found)
            self.stdout.write(f"{code}: {len(found)} strings, {new} new, {gone} gone")
        compiled.build_all()
