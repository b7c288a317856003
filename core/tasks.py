"""Periodic work that belongs to no single app."""

import datetime

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import outbox
from core.periodic import every

LONGEST_TASK = datetime.timedelta(minutes=30)
MOST_WORKERS = 5  # that may die of a task


@every(seconds=15)
def sweep_outbox():
    outbox.sweep()


@every(minutes=5)
def take_up_tasks():
    """Gives the worker back what a dead one was at, such as the search of the admin.

    All tasks are safe to run twice, so whoever is still at one does no harm.
    """
    for left in DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_TASK):
        if len(left.worker_ids) < MOST_WORKERS:
            same = DBTaskResult.objects.running().filter(pk=left.pk, started_at=left.started_at)
            same.update(status=TaskResultStatus.READY)
        else:
            left.set_failed(TimeoutError(f"{MOST_WORKERS} workers died of it, or took too long."))


@every(minutes=1)
def publish_scheduled():
    call_command("publish_scheduled", verbosity=0)


@every(hours=24)
def prune_task_results():
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)


@every(hours=24)
def clear_sessions():
    call_command("clearsessions")
