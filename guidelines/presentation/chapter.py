"""A chapter: where it stands, what comes before and after it, what goes with it, its data."""

from django.utils.translation import get_language

from core import items, structured
from core.page_context import absolute as full_address
from core.page_context import breadcrumbs
from core.registry import SearchDocument
from core.serving import address
from core.text import plain
from guidelines import taking_away
from guidelines.presentation import checklist, handbook
from vocabularies import label


def context(page, request) -> dict:
    """What the page of a chapter shows beside its fields."""
    reader, content = get_language(), page.locale.language_code
    asked = handbook.asked_audience(request)
    # A chapter of the other side is shown among its own.
    audience = asked if asked in page.audiences else next(iter(page.audiences), "")
    audience = audience if asked else ""
    entries = handbook.of_audience(handbook.outline(request, reader), audience)
    methods = items.rows(request, "method", page.methods, reader)
    stories = items.rows(request, "story", page.stories, reader)
    return {
        "breadcrumbs": way(page, request, reader, audience),
        **place(page, handbook.linked(entries, reader, audience), reader),
        "audience": audience,
        "audience_label": label("audience", audience),
        "other_side": asked != audience,
        "asked_label": label("audience", asked),
        "asked_url": handbook.with_query(f"/{reader}/{handbook.SECTION}/", **{"for": asked}),
        "phase_label": label("handbook_phase", page.phase),
        "phase_sign": handbook.sign(page.phase),
        "for_whom": [label("audience", code) for code in page.audiences],
        "checklist": checklist.lines(page, content),
        "methods": methods,
        "stories": stories,
        "more": [*methods, *stories],
        "sheets": items.rows(request, "sheet", page.sheets, reader),
        "form": taking_away.start_form(request),
        "form_url": address(page.url_path, reader),
        "form_keeps": [
            {"name": name, "value": value}
            for name, value in (("read", content if content != reader else ""), ("for", audience))
            if value
        ],
        "document_url": handbook.with_query(
            f"/{reader}/{handbook.SECTION}/", **{"as": "document", "for": audience}
        ),
        "index_url": handbook.with_query(f"/{reader}/{handbook.SECTION}/", **{"for": audience}),
    }


def way(page, request, reader: str, audience: str) -> list[dict]:
    """The breadcrumbs, whose way back to the handbook keeps the chosen side."""
    trail = breadcrumbs(page, request, reader)
    for crumb in trail[1:-1]:
        crumb["url"] = handbook.with_query(crumb["url"], **{"for": audience})
    return trail


def place(page, entries: list, reader: str) -> dict:
    """Where the chapter stands among those shown; a draft may stand nowhere yet."""
    keys = [entry.key for entry in entries]
    position = keys.index(page.translation_key) if page.translation_key in keys else None
    before = entries[position - 1] if position else None
    after = entries[position + 1] if position is not None and position + 1 < len(keys) else None
    return {
        "position": None if position is None else position + 1,
        "total": len(entries),
        "previous": before,
        "next": after,
        "phases": handbook.by_phase(entries, reader),
        "current_key": page.translation_key,
    }


def search_document(page) -> SearchDocument:
    """Title and purpose weigh most; text and checklist can be found."""
    texts = [plain(words(child)) for child in page.body]
    texts += [child.value["text"] for child in page.checklist]
    return SearchDocument.of(page, "chapter", texts, handbook.codes(page))


def words(child) -> str:
    """All words of a part of the text, as HTML."""
    if child.block_type == "table":
        return " ".join([*child.value["columns"], *sum(map(list, child.value["rows"]), [])])
    if child.block_type == "example":
        return f"{child.value['title']} {child.value['text']}"
    return "" if child.block_type == "picture" else str(child.value)


def article(page, absolute=full_address) -> dict:
    """schema.org `Article` of a chapter, a part of the handbook."""
    code = page.locale.language_code
    handbook_path = page.url_path.rstrip("/").rpartition("/")[0] + "/"
    return structured.work(page, "Article", absolute) | {
        "position": page.number,
        "articleSection": label("handbook_phase", page.phase, code),
        "audience": [
            {"@type": "Audience", "audienceType": label("audience", one, code)}
            for one in page.audiences
        ],
        "isPartOf": {
            "@type": "Book",
            "@id": absolute(handbook_path),
            "url": absolute(handbook_path),
        },
    }
