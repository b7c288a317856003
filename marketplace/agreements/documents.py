"""Agreements and evidence as PDF: both languages, who accepted, and on each page how to verify it."""

from functools import partial

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from core import documents, pdf
from core.languages import language
from core.models import MadeDocument
from marketplace.agreements import presentation, signing
from marketplace.agreements.models import Agreement, Evidence, SignedText

LAYOUT = 1  # grows with the look, so that files are made anew
KINDS: dict[str, type[SignedText]] = {"agreement": Agreement, "evidence": Evidence}


def name_of(document: SignedText) -> str:
    return f"{document._meta.model_name}/{document.sha256}"


def version_of(document: SignedText) -> str:
    """Changes with each acceptance: the file names who accepted."""
    accepted = [(line.side, line.accepted_at) for line in signing.lines(document)]
    return documents.version(LAYOUT, document.sha256, accepted)


def want(document: SignedText) -> None:
    """Promises the file as it has to look now."""
    fresh = type(document).objects.whole().get(pk=document.pk)
    documents.wanted(name_of(fresh), fresh.languages[0], version_of(fresh))


def ready(document: SignedText) -> MadeDocument | None:
    """The file of a text as it stands; None while it is being made, and where none can be made."""
    made = documents.ready(name_of(document), document.languages[0], version_of(document))
    return made if made and made.file else None


def make(model: type[SignedText], sha256: str, code: str) -> documents.Made | None:
    document = model.objects.whole().filter(sha256=sha256).first()
    return document and (version_of(document), partial(write, document, code))


for kind, model in KINDS.items():
    documents.maker(kind, private=True)(partial(make, model))


def write(document: SignedText, code: str) -> bytes:
    """The file. Takes seconds: for background work only."""
    with override(code):
        content = presentation.document(document)
        title = content["title"]
        html = render_to_string(
            "marketplace/agreements/pdf.html",
            content | {"language": language(code), "site_name": settings.SITE_NAME},
        )
    return pdf.write(html, f"{settings.BASE_URL}/", title, code)
