"""The handbook as PDF: one for each language that has a chapter, for each side and for both."""

from functools import partial

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

import vocabularies
from core import documents, pdf
from core.languages import language
from core.models import MadeDocument
from guidelines.presentation import handbook


def want_handbooks() -> None:
    """Promises every PDF that is missing or old, and the removal of those that nobody needs."""
    made = MadeDocument.objects.filter(name__startswith="handbook/")
    wanted = dict.fromkeys(made.values_list("name", "language"), "")
    for code in settings.CONTENT_LANGUAGES:
        for audience in ("", *vocabularies.get("audience").codes):
            wanted[handbook.document_name(audience), code] = version(code, audience)
    for (name, code), content in wanted.items():
        documents.wanted(name, code, content)


def version(code: str, audience: str) -> str:
    """The version of a PDF; "" where there is none, without a chapter in the language or for the side.

    What is missing in a language is taken from the one that its readers know best, as on the pages.
    """
    entries = handbook.outline(None, code)
    if not any(entry.language == code for entry in entries):
        return ""
    if not handbook.of_audience(entries, audience):
        return ""
    return handbook.document_version(None, code, audience)


@documents.maker("handbook")
def make(side: str, code: str) -> documents.Made | None:
    """The handbook for readers of a language and a side, `all` for both."""
    audience = "" if side == "all" else side
    content = version(code, audience)
    return (content, partial(write, code, audience)) if content else None


def write(code: str, audience: str) -> bytes:
    """The file. Takes seconds: for background work only."""
    title, introduction = handbook.heading(None, code)
    side = handbook.label("audience", audience, code)
    with override(code):
        html = render_to_string(
            "guidelines/handbook_pdf.html",
            {
                "title": title,
                "introduction": introduction,
                "language": language(code),
                "site_name": settings.SITE_NAME,
                "address": f"{settings.BASE_URL}/{code}/{handbook.SECTION}/",
                "today": timezone.localdate(),
                **handbook.whole(None, code, audience, palette="light"),
            },
        )
    name = f"{title}: {side}" if side else title
    return pdf.write(html, f"{settings.BASE_URL}/", name, code)
