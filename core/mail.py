"""A mail as every app sends it: HTML that reads well aloud, and plain text, in one language."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from core.languages import language as language_of


class Mail(EmailMultiAlternatives):
    """A mail that is sent when the server has taken it.

    Taking leave of the server follows after the commit, which would wait for it; and a worker that died
    meanwhile would send the mail again.
    """

    def send(self, fail_silently=False):
        connection = self.get_connection(fail_silently)
        connection.open()
        try:
            sent = super().send(fail_silently)
        except BaseException:
            connection.close()
            raise
        transaction.on_commit(connection.close, robust=True)
        return sent


def domain() -> str:
    """The domain from which the portal writes."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def unread(words: str) -> str:
    """The address of answers, which nobody reads; its name says so to whoever answers, before they send."""
    return formataddr((words, f"no-reply@{domain()}"))


def made_of(template: str, to: str, language: str, content: dict, **headers: str) -> Mail:
    """A mail of `<template>.txt` and `<template>.html`; call it with its language active.

    `content` holds the `subject`, which comes to stand on one line, and what the templates say.
    """
    content = content | {
        "lang": language,
        "dir": language_of(language).dir,
        "site_name": settings.SITE_NAME,
    }
    mail = Mail(
        " ".join(content["subject"].split()),
        render_to_string(f"{template}.txt", content).strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
            "Reply-To": settings.CONTACT_EMAIL,
            **headers,
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", content), "text/html")
    return mail
