"""The PDFs, how long they take and what they say of themselves: `python -m bench.documents [language…]`.

In a scratch SQLite database it publishes the 24 chapters that come with the portal and a recommendation
of the demonstration, and makes the handbook for both sides and the policy brief as the worker does.
Without languages: in English and German. `--keep FOLDER` keeps the files.
"""

import argparse
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
LIMIT = 20  # seconds
RECOMMENDATION = "paid-mentor-hours"
WORTH_TELLING = ("Title", "Tagged", "Pages", "Page size", "PDF version")


def publish(codes: list[str]) -> str:
    """The shipped chapters and a recommendation in an empty portal; returns the key of the latter."""
    from wagtail.models import Locale, Page

    from demo.recommendations import Recommendation
    from portal.shipped import contents
    from tests.factories.guidelines import HandbookPageFactory
    from tests.factories.home import HomePageFactory
    from tests.factories.recommendations import (
        RecommendationIndexPageFactory,
        RecommendationPageFactory,
    )

    Page.objects.filter(depth=2).delete()
    key = uuid4()
    for code in codes:
        locale, _made = Locale.objects.get_or_create(language_code=code)
        home = HomePageFactory(parent=Page.get_first_root_node(), locale=locale, slug=code)
        HandbookPageFactory(parent=home, locale=locale)
        contents.ensure("guidelines", code)
        section = RecommendationIndexPageFactory(parent=home, locale=locale)
        texts = Recommendation(RECOMMENDATION).values(code)
        RecommendationPageFactory(parent=section, locale=locale, translation_key=key, **texts)
    return str(key)


def measured(write) -> tuple[bytes, float, float]:
    """A file, the seconds that it took, and those of the processor."""
    start, worked = time.perf_counter(), time.process_time()
    data = write()
    return data, time.perf_counter() - start, time.process_time() - worked


def describe(data: bytes) -> None:
    """Prints what a PDF library and, where it is installed, `pdfinfo` read in a file."""
    from pypdf import PdfReader

    file = PdfReader(io.BytesIO(data))
    root = file.trailer["/Root"]
    words = sum(len(page.extract_text().split()) for page in file.pages)
    links = sum(len(page.get("/Annots", [])) for page in file.pages)
    print(f"  {words} words, {len(file.pages)} pages, {len(data) // 1024} KB")
    print(f"  pypdf: language {root['/Lang']}, title “{file.metadata.title}”,", end=" ")
    print(f"tagged {root['/MarkInfo']['/Marked']}, {len(file.outline)} bookmarks, {links} links")
    if shutil.which("pdfinfo"):
        run = subprocess.run(["pdfinfo", "-"], input=data, stdout=subprocess.PIPE, check=True)
        told = [line.split(":", 1) for line in run.stdout.decode().splitlines()]
        print("  pdfinfo:", ", ".join(f"{k} {v.strip()}" for k, v in told if k in WORTH_TELLING))


def main(codes: list[str], folder: Path | None) -> None:
    django.setup()
    from django.db import connection

    from guidelines import briefs, printing

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    slowest = 0.0
    try:
        key = publish(codes)
        for code in codes:
            for kind, made in (
                ("handbook", printing.make("all", code)),
                ("brief", briefs.make(key, code)),
            ):
                if made is None:
                    sys.exit(f"There is no {kind} in {code}.")
                data, seconds, worked = measured(made[1])
                slowest = max(slowest, seconds)
                print(f"{kind} {code}: {seconds:.1f} s, {worked:.1f} s of the processor")
                describe(data)
                if folder:
                    (folder / f"{kind}-{code}.pdf").write_bytes(data)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"At most {slowest:.1f} s of {LIMIT} s allowed")
    sys.exit(slowest > LIMIT)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("languages", nargs="*", default=["en", "de"])
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    main(asked.languages, asked.keep)
