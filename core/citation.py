"""How a page is cited: as text to copy, and as a reference file (RIS) for a reference manager."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core.text import without_controls

LICENCE = "CC-BY-4.0"
RIS = "application/x-research-info-systems"


@dataclass(frozen=True)
class Citation:
    """What names a page: who says it, title, site, date of this version, address, licence, language."""

    author: str
    title: str
    site: str
    date: date | None
    url: str
    licence: str
    language: str


def of(page) -> Citation:
    """The citation of the public version of a page; no query."""
    changed = page.last_published_at or page.first_published_at
    return Citation(
        author=one_line(getattr(page, "contact_organisation", "") or settings.SITE_NAME),
        title=one_line(page.title),
        site=settings.SITE_NAME,
        date=changed.date() if changed else None,
        url=f"{settings.BASE_URL}{page.url_path}",
        licence=licence_name(getattr(page, "licence", "") or LICENCE),
        language=page.locale.language_code,
    )


def one_line(text: str) -> str:
    return " ".join(without_controls(text).split())


def licence_name(code: str) -> str:
    """An SPDX identifier of Creative Commons as people write it.

    >>> licence_name("CC-BY-SA-4.0"), licence_name("CC0-1.0")
    ('CC BY-SA 4.0', 'CC0 1.0')
    """
    name, _dash, version = code.rpartition("-")
    return f"{name.replace('CC-', 'CC ', 1)} {version}".strip()


def ris(citation: Citation) -> str:
    r"""The reference as RIS, one field a line.

    >>> day = date(2026, 5, 3)
    >>> reference = ris(Citation("A", "T", "S", day, "https://x/", "CC BY 4.0", "en"))
    >>> print(reference.replace("\r", ""))
    TY  - ELEC
    AU  - A
    TI  - T
    PB  - S
    PY  - 2026
    DA  - 2026/05/03
    LA  - en
    UR  - https://x/
    N1  - CC BY 4.0
    ER  -
    """
    day = citation.date
    fields = [
        ("TY", "ELEC"),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PB", citation.site),
        ("PY", f"{day:%Y}" if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("LA", citation.language),
        ("UR", citation.url),
        ("N1", citation.licence),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  -"])


def serve(page) -> HttpResponse:
    """The reference of a page as a download."""
    response = HttpResponse(ris(of(page)) + "\r\n", content_type=f"{RIS}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{page.slug}.ris")
    response["X-Robots-Tag"] = "noindex"
    return response
