"""Mails about reviews: HTML that reads well aloud, and plain text, in the receiver's language."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.models import User
from core.languages import language
from editorial.models import FourEyesTaskState

PREFERENCE = {
    "submitted": "submitted_notifications",
    "returned": "rejected_notifications",
    "approved": "approved_notifications",
}


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
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if state is None or person is None or not wanted(occasion, person):
        return False
    if occasion == "submitted" and state.status != TaskState.STATUS_IN_PROGRESS:
        return False
    with translation.override(person.language):
        content = context(occasion, state, person)
        message = EmailMultiAlternatives(
            " ".join(content["subject"].split()),
            render_to_string(f"editorial/mail/{occasion}.txt", content),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": person.language},
        )
        message.attach_alternative(
            render_to_string(f"editorial/mail/{occasion}.html", content), "text/html"
        )
        message.send()
    return True


def wanted(occasion: str, person: User) -> bool:
    """Whether the person has not switched this occasion of mail off."""
    profile = getattr(person, "wagtail_userprofile", None)
    return profile is None or getattr(profile, PREFERENCE[occasion])


def context(occasion: str, state: FourEyesTaskState, person: User) -> dict:
    """What the templates say, with full addresses."""
    obj = state.workflow_state.content_object
    specific = obj.specific if state.is_page else obj
    title = state.revision.object_str
    admin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    go_live_at = state.revision.approved_go_live_at
    public = state.is_page and specific.live
    edit = reverse("wagtailadmin_pages:edit", args=[obj.pk]) if state.is_page else ""
    return {
        "subject": subject(occasion, title),
        "title": title,
        "person": person,
        "site_name": settings.SITE_NAME,
        "lang": person.language,
        "text_code": state.language,
        "text_language": language(state.language).name if state.language else "",
        "by": state.workflow_state.requested_by,
        "decided_by": state.finished_by,
        "since": state.started_at,
        "comment": state.comment,
        "translation": state.translation,
        "review_url": admin + reverse("editorial_review", args=[state.pk]),
        "edit_url": admin + edit if edit else "",
        "public_url": settings.BASE_URL.rstrip("/") + specific.url_path if public else "",
        "go_live_at": go_live_at,
        "dashboard_url": admin + reverse("wagtailadmin_home"),
    }
