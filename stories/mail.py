"""Mails about stories and reports: HTML that reads well aloud, and plain text."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import mail
from stories import confirming
from stories.tried import State


def post(name: str, to: str, language: str, title: str, content: dict) -> None:
    """Sends the mail `name`; call it with the language active."""
    content = content | {"subject": title}
    mail.made_of(f"stories/mail/{name}", to, language, content).send()


def spoken(language: str) -> str:
    """The language of a mail about content in a language that the interface may lack."""
    return language if language in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE


def full(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


def ask(story) -> None:
    """Asks the contact whether the story is still true."""
    language = spoken(story.locale.language_code)
    letter = confirming.Letter(story.translation_key, story.contact_email)
    with translation.override(language):
        post(
            "still_true",
            story.contact_email,
            language,
            _("Is it still true? %(title)s") % {"title": story.title},
            {
                "story": story,
                "story_url": full(story.url_path),
                "answer_url": full(reverse("stories-still-true", args=[confirming.token(letter)])),
            },
        )


def tell_change(story, to: str, language: str, by: str, text: str) -> None:
    """Tells an editor what the contact says has changed."""
    with translation.override(language):
        post(
            "changed",
            to,
            language,
            _("No longer true: %(title)s") % {"title": story.title},
            {
                "story": story,
                "by": by,
                "text": text,
                "edit_url": full(reverse("wagtailadmin_pages:edit", args=[story.pk])),
            },
        )


def ask_reviewer(report, person) -> None:
    """Tells a reviewer that a report waits."""
    with translation.override(person.language):
        post(
            "report",
            person.email,
            person.language,
            _("Waiting for your review: %(title)s") % {"title": report},
            {"report": report, "edit_url": full(reverse("tried_too:edit", args=[report.pk]))},
        )


def tell_decision(report, person) -> None:
    """Tells the author what became of a report."""
    with translation.override(person.language):
        public = report.state == State.PUBLISHED
        title = _("Public: %(title)s") if public else _("Returned to you: %(title)s")
        post(
            "decided",
            person.email,
            person.language,
            title % {"title": report.story_title},
            {
                "report": report,
                "public": public,
                "report_url": full(reverse("stories-tried", args=[report.story_key])),
            },
        )
