"""Which PDF of the handbook belongs to which content, and which there is."""

import hashlib
import json
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings

from core.languages import reading_order

# Grows when the same content is to look different.
LAYOUT = 1
# What decides about a chapter's part of the document: its revision for the text, and what is
# synchronised without one.
DECISIVE = ("pk", "revision", "published", "title", "number", "phase", "audiences", "links")


def version(heading: tuple[str, str], entries: Iterable, language: str, audience: str) -> str:
    """The version of the handbook's content for readers of a language and a side.

    `heading` is the handbook's title and introduction, `entries` its outline for these readers. The
    same content gives the same version, whenever and wherever it is asked for: 64 hexadecimal digits.
    """
    content = [[str(getattr(entry, name)) for name in DECISIVE] for entry in entries]
    said = [LAYOUT, settings.SITE_NAME, settings.BASE_URL, language, audience, heading, content]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def best_language(reader: str, languages: Iterable[str]) -> str:
    """The language in which a reader is served; the default one where there is none."""
    found = reading_order(reader, tuple(sorted(languages)))
    return found[0] if found else settings.LANGUAGE_CODE


def all_documents():
    """The PDFs that exist, as a queryset."""
    return apps.get_model("guidelines", "HandbookDocument").objects.all()


def existing(language: str, audience: str):
    """The PDF for a language and a side, or None."""
    return all_documents().filter(language=language, audience=audience).first()
