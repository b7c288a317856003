"""Mails about reviews and comments: HTML that reads well aloud, and plain text, in the receiver's
language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from accounts.models import User
from core import mail
from core.languages import language
from editorial.models import FourEyesTaskState, MistakeReport

PREFERENCE = {
    "submitted": "submitted_notifications",
    "returned": "rejected_notifications",
    "approved": "approved_notifications",
    "commented": "updated_comments_notifications",
}
COMMENTS = "wagtailadmin/notifications/updated_comments"


def subject(occasion: str, title: str) -> str:
    """The subject names the text."""
    if occasion == "submitted":
        return _("Waiting for your review: %(title)s") % {"title": title}
    if occasion == "returned":
        return _("Returned to you: %(title)s") % {"title": title}
    return _("Approved: %(title)s") % {"title": title}


def send(occasion: str, state_id: int, user_id: int) -> bool:
    """Sends one mail; True if it was sent, False where it is no longer of use or not wanted.

    `occasion` is `submitted`, `returned` or `approved`.
    """
    state = (
        FourEyesTaskState.objects.select_related("workflow_state", "revision")
        .filter(pk=state_id)
        .first()
    )
    person = receiver(occasion, user_id)
    if state is None or person is None:
        return False
    if occasion == "submitted" and state.status != TaskState.STATUS_IN_PROGRESS:
        return False
    with translation.override(person.language):
        deliver(person, f"editorial/mail/{occasion}", context(occasion, state, person))
    return True


def send_comments(page_id: int, editor_id: int, user_id: int, changes: dict) -> bool:
    """The same about comments on a page. `changes` is what Wagtail's templates say of them."""
    page = Page.objects.filter(pk=page_id).first()
    person = receiver("commented", user_id)
    if page is None or person is None:
        return False
    with translation.override(person.language):
        editor = User.objects.filter(pk=editor_id).first()
        content = frame(person) | changes | {"page": page, "editor": editor, "user": person}
        said = render_to_string(f"{COMMENTS}_subject.txt", content)
        content["subject"] = " ".join(said.split())  # not marked as safe, so that HTML escapes it
        deliver(person, COMMENTS, content)
    return True


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


def receiver(occasion: str, user_id: int) -> User | None:
    """The person, unless they have left or have switched this occasion of mail off."""
    person = User.objects.filter(pk=user_id, is_active=True).first()
    profile = getattr(person, "wagtail_userprofile", None)
    return person if profile is None or getattr(profile, PREFERENCE[occasion]) else None


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


def context(occasion: str, state: FourEyesTaskState, person: User) -> dict:
    """What the templates say, with full addresses."""
    obj = state.workflow_state.content_object
    specific = obj.specific if state.is_page else obj
    title = state.revision.object_str
    go_live_at = state.revision.approved_go_live_at
    public = state.is_page and specific.live
    return place(person, specific, state) | {
        "subject": subject(occasion, title),
        "title": title,
        "text_code": state.language,
        "text_language": language(state.language).name if state.language else "",
        "by": state.workflow_state.requested_by,
        "decided_by": state.finished_by,
        "since": state.started_at,
        "comment": state.comment,
        "translation": state.translation,
        "review_url": admin(reverse("editorial_review", args=[state.pk])),
        "public_url": settings.BASE_URL.rstrip("/") + specific.url_path if public else "",
        "go_live_at": go_live_at,
    }
