"""Asking for work on many languages, doing it one language at a time, and going on with the rest.

A request only writes down what is asked for. Each language is a task of its own: a worker that dies
repeats the language it was at, and what it had finished stays.
"""

import logging
from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from accounts.models import Role, User
from accounts.permissions import languages_of
from core import outbox
from editorial import services
from editorial.machine import drafts
from editorial.refusals import ReviewRefused
from editorial.sending.models import LanguageWork

logger = logging.getLogger(__name__)
TASK = "editorial.language"
MACHINE_TASK = "editorial.machine"
Kind, State = LanguageWork.Kind, LanguageWork.State


def send(page: Page, languages: Iterable[str], by: User) -> None:
    """Promises drafts of a public source version in other languages.

    Raises a `ReviewRefused` where one of them is not possible; then nothing is promised.
    """
    languages = list(languages)
    services.why_not_translate(page, languages, by)
    order(page, Kind.SEND, languages, by)


@transaction.atomic
def order(page: Page, kind: str, languages: Iterable[str], by: User) -> None:
    """Promises one task for each language; asked for again while it waits, it is one all the same."""
    for code in dict.fromkeys(languages):
        row, made = LanguageWork.objects.select_for_update(of=("self",)).get_or_create(
            page_id=page.pk, kind=kind, language=code, defaults={"by": by}
        )
        task = MACHINE_TASK if kind == Kind.MACHINE else TASK
        if not made and row.state == State.WAITING:
            outbox.post_once(task, work_id=row.pk)
            continue
        row.state, row.reason, row.by = State.WAITING, "", by
        row.save()
        outbox.post(task, work_id=row.pk)


def go_on(page: Page, by: User) -> int:
    """Asks again for what is not ready in the languages of `by`; returns for how many."""
    rows = unfinished(page).filter(language__in=languages_of(by, Role.TRANSLATOR))
    for row in (rows := list(rows)):
        order(page, row.kind, [row.language], by)
    return len(rows)


def unfinished(page: Page):
    return LanguageWork.objects.filter(page_id=page.pk).exclude(state=State.DONE)


def run(work_id: int) -> None:
    """Does the work for one language, and writes down what became of it; safe to repeat."""
    row = LanguageWork.objects.select_related("page", "by").filter(pk=work_id).first()
    if row is None or row.state == State.DONE:
        return
    with override(row.by.language):
        state, reason = attempt(row)
    LanguageWork.objects.filter(pk=row.pk).update(
        state=state, reason=reason, changed_at=timezone.now()
    )


def attempt(row: LanguageWork) -> tuple[str, str]:
    """The state after one attempt, and why it failed. What the database refuses is tried again later."""
    doing = {Kind.SEND: services.send_for_translation, Kind.MACHINE: drafts.write}[row.kind]
    try:
        doing(row.page, [row.language], row.by)
    except ReviewRefused as refusal:
        return State.FAILED, str(refusal)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("%s of page %s into %s failed", row.kind, row.page_id, row.language)
        return State.FAILED, _("Something went wrong here. The operator finds it in the log.")
    return State.DONE, ""
