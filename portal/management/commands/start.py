"""Makes a portal on this machine ready to run, and says where to find it."""

import logging
import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

MEMBERS = ("school", "company", "desk")  # of organisations, on the public site
WORDS = """
  {name} runs at {url}/ · editing at {url}/admin/
  Accounts: {accounts}@example.org, password: {password}
  Mail that it sends is read at {url}/mails/ and lies in {mail}/ · stop it with Ctrl-C
"""
ACCOUNTS = ("admin", "editor", "reviewer", "translator", "approver", "moderator")


class Command(BaseCommand):
    help = "Migrates and prepares the portal on this machine, then says where to find it."
    requires_system_checks: list[str] = []  # migrate runs them

    def handle(self, *args, **options):
        settings.EMAIL_FILE_PATH.mkdir(parents=True, exist_ok=True)
        logging.disable(logging.INFO)  # every page that is made would be a line
        self.stdout.write("Preparing the database")
        call_command("migrate", verbosity=0)
        call_command("prepare")
        self.stdout.write(
            WORDS.format(
                name=settings.SITE_NAME,
                url=settings.BASE_URL,
                accounts="@, ".join((*ACCOUNTS, *MEMBERS)),
                password=os.environ.get("DEMO_PASSWORD", "demonstration"),
                mail=settings.EMAIL_FILE_PATH,
            )
        )
