"""What mails of the office have in common, and the mail about a visitor's report."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import mail
from core.languages import language
from editorial.models import FourEyesTaskState, MistakeReport


def send_mistake(report_id: int, user_id: int) -> bool:
    """One mail about a visitor's report; False where it is done by now or the person has left."""
    report = MistakeReport.objects.filter(pk=report_id, state=MistakeReport.State.OPEN).first()
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if report is None or person is None:
        return False
    with translation.override(person.language):
        content = frame(person) | {
            "subject": _("A reader reports a mistake: %(title)s") % {"title": report.page_title},
            "title": report.page_title,
            "text": report.text,
            "text_code": report.page_language,
            "text_language": language(report.page_language).name,
            "menu_language": language(report.interface_language).name,
            "answer_to": report.email,
            "page_url": settings.BASE_URL.rstrip("/") + report.page_path,
            "report_url": admin(reverse("mistakes:edit", args=[report.pk])),
        }
        deliver(person, "editorial/mail/mistake", content)
    return True


def deliver(person: User, template: str, content: dict) -> None:
    """Sends a mail made of two templates, in the active language."""
    mail.made_of(template, person.email, person.language, content).send()


def frame(person: User) -> dict:
    """What stands around every mail."""
    return {
        "person": person,
        "dashboard_url": admin(reverse("wagtailadmin_home")),
    }


def place(person: User, obj, state: FourEyesTaskState) -> dict:
    """The same with where the text is edited: outside the admin for a member without access to it."""
    around = frame(person) | {"edit_url": admin(state.edit_url)}
    path = getattr(obj, "author_path", "")
    if path and not person.has_perm("wagtailadmin.access_admin"):
        address = settings.BASE_URL.rstrip("/") + path
        around |= {"edit_url": address, "dashboard_url": address, "is_member": True}
    return around


def admin(path: str) -> str:
    """The full address of a place in the admin."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
