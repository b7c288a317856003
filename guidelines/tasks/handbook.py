"""Makes the PDFs of the handbook in the background, once for each version of its content.

The outbox only decides what is to be made, because its work holds a transaction; the making itself
is a task without one. What a dead worker left is decided on again every hour.
"""

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

import vocabularies
from core import generation, outbox
from core.periodic import every
from guidelines import documents, printing
from guidelines.models import ChapterPage, HandbookDocument, HandbookPage
from guidelines.presentation import handbook

FOLDER = "handbook"


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def page_changed(sender, **kwargs):
    if sender in (ChapterPage, HandbookPage):
        outbox.post("guidelines.documents")


@receiver(post_delete, sender=ChapterPage)
def chapter_deleted(**kwargs):
    outbox.post("guidelines.documents")


@outbox.handler("guidelines.documents")
def plan() -> None:
    """Asks for every PDF that is missing or old, and removes those that nobody needs any more."""
    wanted = wanted_versions()
    kept = {(row.language, row.audience): row for row in documents.all_documents()}
    for place, row in kept.items():
        if place not in wanted:
            row.delete()
            transaction.on_commit(lambda name=row.file.name: default_storage.delete(name))
    for place, version in wanted.items():
        if place not in kept or kept[place].version != version:
            make.enqueue(*place)


every(hours=1)(plan)


def wanted_versions() -> dict[tuple[str, str], str]:
    """The version of each PDF there should be, by language and side.

    In every language in which a chapter is published; its missing chapters are taken from the
    language that its readers know best, as on the pages. No PDF for a side without a chapter.
    """
    codes = chapters_languages()
    return {
        (code, audience): version_of(code, audience)
        for code in codes
        for audience in ("", *vocabularies.get("audience").codes)
        if handbook.of_audience(handbook.outline(None, code), audience)
    }


def chapters_languages() -> list[str]:
    found = set(handbook.chapters().values_list("locale__language_code", flat=True))
    return [code for code in settings.CONTENT_LANGUAGES if code in found]


def version_of(code: str, audience: str) -> str:
    entries = handbook.of_audience(handbook.outline(None, code), audience)
    return documents.version(handbook.heading(None, code), entries, code, audience)


@task(priority=-50)  # after mail and search, which people wait for
def make(code: str, audience: str) -> None:
    """Makes one PDF unless it is there; several changes in a row make one."""
    version = version_of(code, audience)
    row = documents.existing(code, audience)
    if row is not None and row.version == version:
        return
    data = printing.handbook_pdf(code, audience)
    name = f"{FOLDER}/guidelines-{code}-{audience or 'all'}-{version[:12]}.pdf"
    default_storage.delete(name)  # half of an earlier try
    name = default_storage.save(name, ContentFile(data))
    keep(code, audience, version, name, len(data))


@transaction.atomic
def keep(code: str, audience: str, version: str, name: str, size: int) -> HandbookDocument:
    """Notes the file as the PDF of a language and a side, and removes the one before it."""
    before = documents.all_documents().filter(language=code, audience=audience)
    old = before.select_for_update().values_list("file", flat=True).first()
    row, _made = HandbookDocument.objects.update_or_create(
        language=code,
        audience=audience,
        defaults={"version": version, "file": name, "size": size, "made_at": timezone.now()},
    )
    generation.grow()  # the page that offers it
    if old and old != name:
        transaction.on_commit(lambda: default_storage.delete(old))
    return row
