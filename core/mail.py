"""A mail as every app sends it: HTML that reads well aloud, and plain text, in one language."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from core.languages import language as language_of


def made_of(
    template: str, to: str, language: str, content: dict, **headers: str
) -> EmailMultiAlternatives:
    """A mail of `<template>.txt` and `<template>.html`; call it with its language active.

    `content` holds the `subject`, which comes to stand on one line, and what the templates say.
    """
    content = content | {
        "lang": language,
        "dir": language_of(language).dir,
        "site_name": settings.SITE_NAME,
    }
    mail = EmailMultiAlternatives(
        " ".join(content["subject"].split()),
        render_to_string(f"{template}.txt", content).strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language, **headers},
    )
    mail.attach_alternative(render_to_string(f"{template}.html", content), "text/html")
    return mail
