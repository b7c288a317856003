"""One mail about one notice, or about all of a day: in the receiver's language and time zone."""

import contextlib

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.models import User
from accounts.permissions import can_edit
from core import mail
from core.languages import language
from editorial import permissions
from editorial.mail import admin, frame, place
from editorial.notices import choices
from editorial.notices.models import How, Kind, Notice
from editorial.reviewing import approve

TEMPLATES = {Kind.REVIEW: "submitted", Kind.APPROVED: "approved", Kind.RETURNED: "returned"}


@contextlib.contextmanager
def as_read_by(person: User):
    """What is formatted inside is in the language and the time zone of a person."""
    with translation.override(person.language), timezone.override(choices.zone(person)):
        yield


def is_wanted(notice: Notice) -> bool:
    """Whether a mail is still of use: nobody has decided, the person is there and wants it."""
    person = notice.person
    if not person.is_active or choices.of(person)[Kind(notice.kind)] == How.NEVER:
        return False
    if notice.kind != Kind.REVIEW:
        return True
    state = notice.state
    return state.status == TaskState.STATUS_IN_PROGRESS and permissions.can_decide(
        person, state.workflow_state.content_object, state
    )


def send(notice: Notice) -> None:
    """Sends the mail about one notice."""
    person = notice.person
    with as_read_by(person):
        template = TEMPLATES.get(Kind(notice.kind), "notice")
        content = around(person, notice.kind) | about(notice)
        mail.made_of(
            f"editorial/mail/{template}",
            person.email,
            person.language,
            content,
            **headers(person, notice.kind, f"notice-{notice.pk}"),
            **{"Reply-To": answers_to(notice)},
        ).send()


def send_digest(person: User, notices: list[Notice], number: int) -> None:
    """Sends one mail about several notices, sorted by kind."""
    order = list(Kind.values)
    with as_read_by(person):
        content = {
            "subject": _("What is new for you: %(site)s") % {"site": settings.SITE_NAME},
            "notices": [line(one) for one in sorted(notices, key=lambda n: order.index(n.kind))],
        }
        mail.made_of(
            "editorial/mail/digest",
            person.email,
            person.language,
            content | around(person, choices.DIGEST),
            **headers(person, choices.DIGEST, f"digest-{number}"),
            **{"Reply-To": settings.CONTACT_EMAIL},
        ).send()


def around(person: User, what: str) -> dict:
    """What stands under the text: where the mails are chosen and stopped."""
    account = settings.BASE_URL.rstrip("/") + reverse("account_profile")
    is_member = not can_edit(person)
    return frame(person) | {
        "stop_url": stop_url(person, what),
        "choices_url": f"{account}#mails",
        "is_digest": what == choices.DIGEST,
        "is_member": is_member,
        **({"dashboard_url": account} if is_member else {}),
    }


def stop_url(person: User, what: str) -> str:
    """The signed address that stops a kind of mail without signing in, in the active language."""
    path = reverse("mails-stop", args=[choices.token(person, what)])
    return settings.BASE_URL.rstrip("/") + path


def headers(person: User, what: str, name: str) -> dict[str, str]:
    """One click stops it (RFC 8058). A repeated mail has the same id, and is shown once."""
    return {
        "Message-ID": f"<{name}@{mail.domain()}>",
        "List-Unsubscribe": f"<{stop_url(person, what)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def answers_to(notice: Notice) -> str:
    """Who did it, among those who work here; else the office. Members see no colleague's address."""
    by = notice.by
    colleagues = by is not None and by.is_active and can_edit(by) and can_edit(notice.person)
    return by.email if colleagues else settings.CONTACT_EMAIL


def about(notice: Notice) -> dict:
    """What the templates say of a notice, with full addresses."""
    if notice.state_id:
        return of_review(notice)
    return line(notice) | {"subject": f"{notice.get_kind_display()}: {notice.title}"}


def line(notice: Notice) -> dict:
    """A notice in a list, or in a mail that has no words of its own."""
    return {
        "heading": notice.get_kind_display(),
        "title": notice.title,
        "title_in": notice.title_in,
        "more": notice.more,
        "text_language": language(notice.language).name if notice.language else "",
        "said": said(notice),
        "words": notice.words,
        "url": where(notice),
        "button": _("Translate") if is_translating(notice) else _("Open the text"),
    }


def is_translating(notice: Notice) -> bool:
    return notice.kind in (Kind.ASSIGNED, Kind.SOURCE, Kind.DUE) and not notice.more


def where(notice: Notice) -> str:
    """The full address of what a notice is about, for its receiver."""
    if notice.state_id and notice.kind != Kind.REVIEW:
        obj = notice.state.workflow_state.content_object
        specific = obj.specific if notice.state.is_page else obj
        return place(notice.person, specific, notice.state)["edit_url"]
    return admin(notice.path)


def said(notice: Notice) -> str:
    """The sentence before the words: who did it, and until when."""
    name = dict.fromkeys(("by", "decided_by", "person"), notice.by)
    sentences = {
        Kind.REVIEW: _("Submitted by %(by)s."),
        Kind.APPROVED: _("Approved by %(decided_by)s."),
        Kind.RETURNED: _("%(decided_by)s asks for changes:"),
        Kind.COMMENTED: _("%(person)s writes:"),
        Kind.ASSIGNED: _("Assigned by %(person)s."),
    }
    found = [sentences[Kind(notice.kind)] % name] if notice.by and notice.kind in sentences else []
    if notice.due:
        date = date_format(notice.due, "DATE_FORMAT")
        found.append(_("It is due on %(date)s.") % {"date": date})
    return " ".join(found)


def subject(kind: str, title: str) -> str:
    """The subject names the text."""
    if kind == Kind.REVIEW:
        return _("Waiting for your review: %(title)s") % {"title": title}
    if kind == Kind.RETURNED:
        return _("Returned to you: %(title)s") % {"title": title}
    return _("Approved: %(title)s") % {"title": title}


def of_review(notice: Notice) -> dict:
    """What the templates about reviews say."""
    state = notice.state
    obj = state.workflow_state.content_object
    specific = obj.specific if state.is_page else obj
    public = state.is_page and specific.live
    return place(notice.person, specific, state) | {
        "subject": subject(notice.kind, notice.title),
        "title": notice.title,
        "text_code": state.language,
        "text_language": language(state.language).name if state.language else "",
        "by": state.workflow_state.requested_by,
        "decided_by": state.finished_by,
        "since": state.started_at,
        "comment": state.comment,
        "translation": state.translation,
        "review_url": admin(notice.path),
        "approve_url": admin(approve.address(state)),
        "public_url": settings.BASE_URL.rstrip("/") + specific.url_path if public else "",
        "go_live_at": state.revision.approved_go_live_at,
    }
