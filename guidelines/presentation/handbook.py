"""The handbook as a whole: its outline for a reader, the choice of a side, the overview, the data.

Readers choose their side by the address (`?for=company`), so that whole pages can be cached; links
inside the handbook carry the choice on.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

import vocabularies
from core import documents, generation, items, registry, structured
from core.languages import language, reading_order
from core.marks import PAGE, phase_sign
from core.serving import reading_address
from guidelines.presentation import checklist
from vocabularies import label

SECTION = "guidelines"
TONES = {"provider": "school", "company": "work"}
# Grows when the PDF of the same content is to look different.
LAYOUT = 1
# What decides about a chapter's part of the PDF: its revision for the text, and what is synchronised
# without one.
DECISIVE = ("pk", "revision", "published", "title", "number", "phase", "audiences", "links")


@dataclass(frozen=True)
class Entry:
    """A chapter as a line of the outline, in the best language for a reader."""

    pk: int
    key: UUID
    number: int
    title: str
    purpose: str
    path: str
    language: str
    phase: str
    audiences: tuple[str, ...]
    revision: int | None
    published: datetime | None
    links: tuple[str, ...]
    url: str = ""

    @property
    def dir(self) -> str:
        return language(self.language).dir

    @property
    def language_name(self) -> str:
        return language(self.language).name


COLUMNS = (
    "pk",
    "translation_key",
    "number",
    "title",
    "purpose",
    "url_path",
    "locale__language_code",
    "phase",
    "audiences",
    "live_revision_id",
    "last_published_at",
    "methods",
    "stories",
    "sheets",
)


def sign(phase: str, palette: str = PAGE) -> SafeString:
    """The small sign of a phase: one to four filled fingers; nothing for an unknown one."""
    phases = vocabularies.get("handbook_phase").codes
    drawn = phase_sign(phases.index(phase) + 1, palette) if phase in phases else ""
    return mark_safe(drawn)  # noqa: S308


def chapters():
    """The published chapters of all languages."""
    return registry.item("chapter").model.objects.live()


def outline(request, reader: str) -> list[Entry]:
    """All chapters in their order, each in the best language for a reader; one query, kept."""

    def build() -> list[Entry]:
        rows = chapters().best_for(reader).order_by("number", "pk").values_list(*COLUMNS)
        return [
            Entry(*row[:8], tuple(row[8]), *row[9:11], tuple(sum(row[11:], []))) for row in rows
        ]

    return generation.kept(request, ("handbook", reader), build)


def heading(request, code: str) -> tuple[str, str]:
    """Title and introduction of the handbook in a language; one query, kept."""

    def build() -> tuple[str, str]:
        handbooks = apps.get_model("guidelines", "HandbookPage").objects.live()
        found = handbooks.filter(url_path=f"/{code}/{SECTION}/")
        return found.values_list("title", "introduction").first() or ("", "")

    return generation.kept(request, ("handbook heading", code), build)


def asked_audience(request) -> str:
    """The side that the reader has chosen; empty for both."""
    code = request.GET.get("for", "")
    return code if code in vocabularies.get("audience") else ""


def wants_document(request) -> bool:
    return request.GET.get("as") == "document"


def with_query(url: str, **values: str) -> str:
    """An address with further values in its query; empty ones are left out.

    >>> with_query("/lt/guidelines/a/?read=fi", **{"for": "company", "as": ""})
    '/lt/guidelines/a/?read=fi&for=company'
    """
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url


def of_audience(entries: list[Entry], audience: str) -> list[Entry]:
    """The chapters that concern a side; all for an empty one."""
    return [entry for entry in entries if not audience or audience in entry.audiences]


def linked(entries: list[Entry], reader: str, audience: str) -> list[Entry]:
    """The same with the addresses that lead to them and keep the choice."""
    return [
        replace(entry, url=with_query(reading_address(entry.path, reader), **{"for": audience}))
        for entry in entries
    ]


def by_phase(entries: list[Entry], reader: str) -> list[dict]:
    """The phases that have chapters, in their order, with name and sign."""
    return [
        {"code": code, "label": name, "sign": sign(code), "entries": inside}
        for code, name in vocabularies.get("handbook_phase").choices(reader)
        if (inside := [entry for entry in entries if entry.phase == code])
    ]


def sides(entries: list[Entry], audience: str, url: str, **values: str) -> list[dict]:
    """The choice of a side: each audience, and both, with the number of chapters."""
    choices = [(code, name, code) for code, name in vocabularies.get("audience").choices()]
    choices.append(("", gettext("Both sides"), "all"))
    return [
        {
            "label": name,
            "count": len(of_audience(entries, code)),
            "url": with_query(url, **values, **{"for": value}),
            "current": code == audience,
        }
        for code, name, value in choices
    ]


def context(page, request) -> dict:
    """What the overview shows, or the handbook as one document."""
    return document(request) if wants_document(request) else overview(request)


def answer(page, request) -> TemplateResponse | None:
    """The handbook as one document, where the address asks for it."""
    if not wants_document(request):
        return None
    return TemplateResponse(request, "guidelines/handbook_document.html", page.get_context(request))


def overview(request) -> dict:
    """The index: every phase with the chapters of each side, or of the chosen one."""
    reader, audience = get_language(), asked_audience(request)
    entries = outline(request, reader)
    shown = [code for code in vocabularies.get("audience").codes if audience in ("", code)]
    columns = [
        {"code": code, "label": label("audience", code), "tone": TONES.get(code, "school")}
        for code in shown
    ]
    phases = by_phase(linked(of_audience(entries, audience), reader, audience), reader)
    for phase in phases:
        phase["columns"] = [
            {**column, "entries": of_audience(phase["entries"], column["code"])}
            for column in columns
        ]
    index_url = f"/{reader}/{SECTION}/"
    return {
        "audience": audience,
        "sides": sides(entries, audience, index_url),
        "columns": columns,
        "phases": phases,
        "document": document_state(request, reader, audience) if entries else None,
        "document_url": with_query(index_url, **{"as": "document", "for": audience}),
        "feed_url": f"{index_url}feed/",
    }


def document_language(entries: list[Entry], reader: str) -> str:
    """The language of the PDF that a reader is offered: their own if a chapter is written in it."""
    found = reading_order(reader, tuple(sorted({entry.language for entry in entries})))
    return found[0] if found else settings.LANGUAGE_CODE


def document_name(audience: str) -> str:
    """The name of the PDF for a side, empty for both, among the documents made in the background."""
    return f"handbook/{audience or 'all'}"


def document_version(request, code: str, audience: str) -> str:
    """The version of the handbook's content for readers of a language and a side; kept."""
    entries = of_audience(outline(request, code), audience)
    content = [[str(getattr(entry, name)) for name in DECISIVE] for entry in entries]
    said = (settings.SITE_NAME, settings.BASE_URL, *heading(request, code))
    return documents.version(LAYOUT, code, audience, *said, content)


def document_state(request, reader: str, audience: str) -> dict:
    """What there is of the PDF: the file, or the older one, or that it is being made, or cannot be."""
    code = document_language(outline(request, reader), reader)
    row = documents.ready(document_name(audience), code)
    return {
        "file": row and row.file and row.file.url,
        "is_possible": row is None or bool(row.file),
        "size": row and row.size,
        "made_at": row and row.made_at,
        "is_current": bool(row) and row.version == document_version(request, code, audience),
        "language": language(code),
        "is_fallback": code != reader,
    }


def document(request) -> dict:
    """The page to read or print as a whole."""
    return whole(request, get_language(), asked_audience(request))


def whole(request, reader: str, audience: str, palette: str = PAGE) -> dict:
    """The handbook as one document: every chapter with its text; four queries.

    For a file there is no request, and `palette` names the colours of the signs.
    """
    pages = [
        page
        for page in chapters().best_for(reader).select_related("locale").order_by("number", "pk")
        if not audience or audience in page.audiences
    ]
    found = {
        kind: {row["key"]: row for row in item_rows(request, kind, name, pages, reader)}
        for kind, name in (("method", "methods"), ("story", "stories"), ("sheet", "sheets"))
    }
    parts = [
        {
            "label": name,
            "sign": sign(code, palette),
            "chapters": [in_document(page, found, reader) for page in pages if page.phase == code],
        }
        for code, name in vocabularies.get("handbook_phase").choices(reader)
    ]
    return {
        "audience": audience,
        "audience_label": label("audience", audience, reader),
        "parts": [part for part in parts if part["chapters"]],
        "back_url": with_query(f"/{reader}/{SECTION}/", **{"for": audience}),
    }


def item_rows(request, kind: str, name: str, pages: list, reader: str) -> list[dict]:
    """The items of a kind that any of the chapters links to, with their keys."""
    keys = sorted({key for page in pages for key in getattr(page, name)})
    return items.rows(request, kind, keys, reader)


def in_document(page, found: dict, reader: str) -> dict:
    """A chapter as a part of the document."""
    content = language(page.locale.language_code)

    def of(kind: str, keys: list[str]) -> list[dict]:
        return [found[kind][key] for key in keys if key in found[kind]]

    return {
        "page": page,
        "anchor": f"chapter-{page.number}-{page.slug}",
        "lang": content.code,
        "dir": content.dir,
        "language_name": "" if content.code == reader else content.name,
        "checklist": checklist.lines(page, content.code),
        "methods": of("method", page.methods),
        "stories": of("story", page.stories),
        "sheets": of("sheet", page.sheets),
    }


def codes(page) -> dict[str, list[str]]:
    """The codes by which a chapter is found."""
    return {"handbook_phase": [page.phase], "audience": list(page.audiences)}


def sign_of(codes: dict[str, list[str]]) -> SafeString:
    return sign(next(iter(codes.get("handbook_phase", [])), ""))


def row_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts below a chapter in a list."""
    return [
        label(scheme, code, language)
        for scheme in ("handbook_phase", "audience")
        for code in codes.get(scheme, [])
    ]


def book(page, absolute) -> dict:
    """schema.org `Book` of the handbook."""
    return structured.data_of(page, "Book", absolute) | {"@id": absolute(page.url_path)}
