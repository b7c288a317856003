"""A document as tagged PDF. It reads nothing from the network: only the portal's own files."""

import logging
import mimetypes
from functools import cache
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.utils.html import escape

logger = logging.getLogger(__name__)


class Impossible(Exception):
    """This machine cannot make a PDF; the message names the library that is missing."""


@cache
def lacking() -> str:
    """The library that is missing for PDFs, in the system's words; "" where they can be made.

    Loads WeasyPrint and Pango, so ask it in the background. The log of each process says it once.
    """
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        logger.warning("No PDF is made: WeasyPrint does not find Pango here (%s).", error)
        return str(error)
    return ""


def write(html: str, base_url: str, title: str, language: str) -> bytes:
    """A whole HTML document as PDF/UA-1: tagged, with its title and language.

    `title` and `language` (a code such as `lt`) replace what the document says of them, because
    a PDF without them cannot be read aloud. Relative addresses start at `base_url`; what does not
    lie below `STATIC_URL` or `MEDIA_URL` is left out of the document. Slow: call it in the
    background. Raises `Impossible` where Pango is missing.
    """
    if lacking():
        raise Impossible(lacking())
    from weasyprint import HTML  # it loads Pango, which only the worker needs

    document = HTML(string=named(html, title, language), base_url=base_url, url_fetcher=fetcher())
    return document.write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1")


def named(html: str, title: str, language: str) -> str:
    """The document with this title and language and no others."""
    from bs4 import BeautifulSoup  # as slow to load as it is rarely needed

    soup = BeautifulSoup(html, "html.parser")
    root = soup.html
    if root is None:
        return f'<html lang="{escape(language)}"><title>{escape(title)}</title>{html}</html>'
    root["lang"] = language
    if soup.title is None:
        (soup.head or root).insert(0, soup.new_tag("title"))
    soup.title.string = title
    return str(soup)


def fetcher():
    """What WeasyPrint asks for style sheets, fonts and pictures."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """Gives the portal's own files; raises `ValueError` for any other address."""

        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, BytesIO(own_file(url)), {"Content-Type": kind})

    return OwnFiles(allowed_protocols={"data"})


def own_file(url: str) -> bytes:
    """The content of a static or uploaded file by its address on this portal.

    Raises `ValueError` for an address elsewhere and `FileNotFoundError` where there is no file.
    """
    address, own = urlsplit(url), urlsplit(settings.BASE_URL)
    path = unquote(address.path)
    if address.scheme in ("http", "https") and address.netloc == own.netloc:
        static = urlsplit(settings.STATIC_URL).path
        if path.startswith(static):
            return static_file(path.removeprefix(static))
        media = urlsplit(settings.MEDIA_URL).path
        if path.startswith(media):
            with default_storage.open(path.removeprefix(media)) as file:
                return file.read()
    raise ValueError(f"Not a file of this portal: {url}")


def static_file(name: str) -> bytes:
    """A collected static file, or its source where nothing is collected."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    with open(found, "rb") as file:
        return file.read()
