"""Runs the table of periodic work, forever or once."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from core import periodic

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs periodic work: what was left in the outbox, scheduled publishing, clean-up."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run everything once and stop")

    def handle(self, *args, once=False, **options):
        stopped = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stopped.set())
        due = {entry.name: 0.0 for entry in periodic.table}
        while not stopped.is_set():
            for entry in periodic.table:
                if time.monotonic() >= due[entry.name] or once:
                    self.run(entry)
                    due[entry.name] = time.monotonic() + entry.every.total_seconds()
            if once:
                return
            close_old_connections()
            stopped.wait(1)

    def run(self, entry: periodic.Periodic) -> None:
        try:
            entry.run()
        except Exception:
            logger.exception("periodic: %s failed", entry.name)
