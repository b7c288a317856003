"""The handbook as a tagged PDF. Reads files of the portal only, nothing from the network."""

import mimetypes
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from core.languages import language
from guidelines.presentation import handbook

STYLES = ("css/fonts.css", "guidelines/document.css")


def handbook_pdf(code: str, audience: str) -> bytes:
    """The handbook for readers of a language and a side (empty for both) as PDF/UA.

    Takes seconds: for background work only.
    """
    title, introduction = handbook.heading(None, code)
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
    return pdf(html, STYLES)


def pdf(html: str, styles: tuple[str, ...]) -> bytes:
    """A page as tagged PDF with the style sheets of these static files."""
    # Imported here: it loads Pango, which only background work needs.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetch = FontConfiguration(), own_files()
    sheets = [
        CSS(
            string=Path(finders.find(name)).read_text(),
            base_url=f"{settings.BASE_URL}{settings.STATIC_URL}{name}",
            url_fetcher=fetch,
            font_config=fonts,
        )
        for name in styles
    ]
    page = HTML(string=html, base_url=f"{settings.BASE_URL}/", url_fetcher=fetch)
    return page.write_pdf(
        stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
    )


def own_files():
    """A fetcher of static and media files; refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url, headers=None):
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, own_file(url), {"Content-Type": kind})

    return OwnFiles()


def own_file(url: str) -> bytes:
    """The content of a static or media file by its full address.

    Raises `ValueError` for other addresses, `SuspiciousFileOperation` for those that lead out of them.
    """
    path = unquote(url.removeprefix(settings.BASE_URL))
    if path.startswith(settings.STATIC_URL):
        found = finders.find(path.removeprefix(settings.STATIC_URL))
        if found:
            return Path(found).read_bytes()
    elif path.startswith(settings.MEDIA_URL):
        with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
            return file.read()
    raise ValueError(f"{url} is not a file of the portal.")
