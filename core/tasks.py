"""Periodic work that belongs to no single app."""

from django.core.management import call_command

from core import outbox
from core.periodic import every


@every(seconds=15)
def sweep_outbox():
    outbox.sweep()


@every(minutes=1)
def publish_scheduled():
    call_command("publish_scheduled", verbosity=0)


@every(hours=24)
def prune_task_results():
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)


@every(hours=24)
def clear_sessions():
    call_command("clearsessions")
