"""Prepares a portal after installing or upgrading; safe to run at any time."""

import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal import shipped


class Command(BaseCommand):
    help = (
        "Makes what is missing: languages, sections, plain pages, groups, workflow, demonstration."
    )

    def handle(self, *args, **options):
        call_command("createcachetable", verbosity=0)
        shipped.ensure_site()
        if settings.DEMONSTRATION:
            call_command("demonstration", password=os.environ.get("DEMO_PASSWORD", "demonstration"))
        self.stdout.write("The portal is prepared.")
