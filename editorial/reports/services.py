"""Reports of mistakes: from a visitor to the editors of the page's language, and to their end."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from accounts.models import Role, User
from accounts.permissions import holders
from core import outbox
from editorial.models import MistakeReport


@transaction.atomic
def report(
    submission: UUID, page: Page, interface: str, text: str, email: str = ""
) -> MistakeReport:
    """Keeps what a visitor says and promises the mails about it; sent twice it is one report.

    `interface` is the language of the visitor's menus, `email` theirs if they gave it.
    """
    found, created = MistakeReport.objects.get_or_create(
        submission=submission,
        defaults={
            "page_key": page.translation_key,
            "page_language": page.locale.language_code,
            "page_title": page.title,
            "page_path": page.url_path,
            "interface_language": interface,
            "text": text,
            "email": email,
        },
    )
    if created:
        for person in receivers(found.page_language):
            outbox.post("editorial.mistake", report_id=found.pk, user_id=person.pk)
    return found


def receivers(language: str):
    """The editors of a language, or else its reviewers, or else the operators."""
    for people in (holders(Role.EDITOR, language), holders(Role.REVIEWER, language)):
        if people.exists():
            return people
    return User.objects.filter(is_active=True, is_superuser=True)


@transaction.atomic
def close(report_id: int, by: User) -> MistakeReport:
    """Says that a report is done, by whom and when, and forgets the visitor's e-mail address.

    A report that is done already stays as it is. Raises `MistakeReport.DoesNotExist` for one that
    `by` may not see.
    """
    found = MistakeReport.objects.visible_to(by).select_for_update(of=("self",)).get(pk=report_id)
    if found.state == MistakeReport.State.OPEN:
        found.state = MistakeReport.State.DONE
        found.done_at, found.done_by, found.email = timezone.now(), by, ""
        found.save()
    return found
