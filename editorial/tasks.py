"""Background work of the review."""

from wagtail.models import Page

from core import outbox
from editorial import mail, synchronise
from editorial.notices import events
from editorial.sending import services as sending


@outbox.handler("editorial.mistake")
def send_mistake(report_id: int, user_id: int) -> None:
    """One mail to one person about a visitor's report of a mistake."""
    mail.send_mistake(report_id, user_id)


@outbox.handler("editorial.translations")
def follow_source(page_id: int) -> None:
    """After a page was published: new work for its translators, synchronised fields for all."""
    page = Page.objects.filter(pk=page_id, live=True).first()
    if page:
        synchronise.after_publishing(page.specific)
        events.source_changed(page.specific)


@outbox.handler(sending.TASK)
def work_for_language(work_id: int) -> None:
    """One page for one language: sent for translation."""
    sending.run(work_id)


@outbox.handler(sending.MACHINE_TASK, slow=True)
def draft_for_language(work_id: int) -> None:
    """One page for one language: drafted by a machine, which is elsewhere and takes its time."""
    sending.run(work_id)
