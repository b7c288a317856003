"""Reminders and mails about stories and reports."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model

from accounts.models import Role, User
from accounts.permissions import holders
from core import outbox
from core.periodic import every
from stories import confirming, mail, pictures
from stories.models import StoryPage
from stories.tried import Reminder, State, TriedToo


@every(hours=24)
def ask_contacts():
    """Asks the contacts of stories that nobody has confirmed for a year, each once a year."""
    today = timezone.localdate()
    for story in confirming.due(today):
        with transaction.atomic():
            _row, made = Reminder.objects.select_for_update().get_or_create(
                story_key=story.translation_key, defaults={"sent_on": today}
            )
            renewed = Reminder.objects.filter(
                story_key=story.translation_key, sent_on__lte=today - confirming.AFTER
            ).update(sent_on=today)
            if made or renewed:
                outbox.post("stories.still_true", page_id=story.pk)


@outbox.handler("stories.still_true")
def send_reminder(page_id: int) -> None:
    """One letter to the contact of one story, in its language."""
    story = StoryPage.objects.live().filter(pk=page_id).select_related("locale").first()
    if story and story.contact_email:
        mail.ask(story)


@outbox.handler("stories.changed")
def send_change(page_id: int, by: str, text: str) -> None:
    """What a contact says has changed, to the editors of the language or else to the portal."""
    story = StoryPage.objects.filter(pk=page_id).select_related("locale").first()
    if story:
        editors = list(holders(Role.EDITOR, story.locale.language_code))
        people = [(one.email, one.language) for one in editors]
        for address, language in people or [(settings.CONTACT_EMAIL, settings.LANGUAGE_CODE)]:
            mail.tell_change(story, address, language, by, text)


@outbox.handler("stories.pictures")
def remove_pictures(image_ids: list[int]) -> None:
    """What was sent for a story and is not shown any more, if no other page shows it."""
    pictures.remove_unused(get_image_model().objects.filter(pk__in=image_ids))


@outbox.handler("stories.report")
def send_report(report_id: int) -> None:
    """A report waits: to the reviewers of its language."""
    report = TriedToo.objects.filter(pk=report_id, state=State.SUBMITTED).first()
    if report:
        for person in holders(Role.REVIEWER, report.language).exclude(pk=report.author_id):
            mail.ask_reviewer(report, person)


@outbox.handler("stories.decided")
def send_decision(report_id: int) -> None:
    """What became of a report, to its author."""
    report = TriedToo.objects.filter(pk=report_id).exclude(state=State.SUBMITTED).first()
    person = report and User.objects.filter(pk=report.author_id, is_active=True).first()
    if person:
        mail.tell_decision(report, person)
