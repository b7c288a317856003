"""How long the handbook as a PDF takes: `python -m bench.handbook_pdf [language] [file]`.

In a scratch SQLite database it publishes the 24 chapters that come with the portal, makes the PDF for
both sides as the worker does, and prints the seconds and what the file says of itself. Given a file
name, it keeps the PDF.
"""

import io
import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
LIMIT = 20


def publish(code: str) -> int:
    """The shipped chapters of a language in an empty portal; returns how many."""
    from wagtail.models import Locale, Page

    from guidelines.models import ChapterPage
    from portal.shipped import contents
    from tests.factories.guidelines import HandbookPageFactory
    from tests.factories.home import HomePageFactory

    Page.objects.filter(depth=2).delete()
    locale, _made = Locale.objects.get_or_create(language_code=code)
    home = HomePageFactory(parent=Page.get_first_root_node(), locale=locale, slug=code)
    HandbookPageFactory(parent=home, locale=locale)
    contents.ensure("guidelines", code)
    return ChapterPage.objects.live().count()


def main(code: str, target: str) -> None:
    django.setup()
    from django.db import connection
    from django.utils import translation
    from pypdf import PdfReader

    from guidelines import printing

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with translation.override(code):
            chapters = publish(code)
            start, worked = time.perf_counter(), time.process_time()
            data = printing.write(code, "")
            seconds, worked = time.perf_counter() - start, time.process_time() - worked
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    if target:
        Path(target).write_bytes(data)
    file = PdfReader(io.BytesIO(data))
    root = file.trailer["/Root"]
    words = sum(len(page.extract_text().split()) for page in file.pages)
    links = sum(len(page.get("/Annots", [])) for page in file.pages)
    print(f"{chapters} chapters, {words} words, {len(file.pages)} pages, {len(data) // 1024} KB")
    print(f"{seconds:.1f} s of {LIMIT} s allowed ({worked:.1f} s of the processor)")
    print(f"language {root['/Lang']}, title “{file.metadata.title}”")
    print(f"tagged {root['/MarkInfo']['/Marked']}, {len(file.outline)} bookmarks, {links} links")
    sys.exit(seconds > LIMIT)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "en", sys.argv[2] if len(sys.argv) > 2 else "")
