"""What the home page and plain pages show beside their fields."""

from urllib.parse import quote

from core import registry, structured
from core.loop import steps
from core.registry import SearchDocument
from core.text import plain
from organisations import listing

NEWEST = 5


def inside(language: str, address: str) -> str:
    """An address of the settings (`stories/`) as a path of a language; full addresses stay."""
    if address.startswith(("http://", "https://", "mailto:")):
        return address
    return f"/{language}/{address}"


def home_context(page, request) -> dict:
    """Newest items of every registered kind that can be listed, the loop, and the ways in."""
    code = page.locale.language_code
    newest = [
        (item, item.newest(request, code, NEWEST)) for item in registry.items() if item.newest
    ]
    return {
        "stories": [row for _item, rows in newest for row in rows],
        "loop": steps(code),
        "organisations": listing.progress(code, request),
        "ways_in": [
            {**child.value, "url": inside(code, child.value["link"])} for child in page.ways_in
        ],
        "example_queries": [
            {"text": child.value, "url": f"/{code}/search/?q={quote(child.value)}"}
            for child in page.examples
        ],
    }


def standard_page_document(page) -> SearchDocument:
    """Title and summary weigh most."""
    texts = [
        plain(str(child.value)) for child in page.body if child.block_type in ("heading", "text")
    ]
    return SearchDocument.of(page, "page", texts, summary=page.lead)


def page_data(page, absolute) -> dict:
    """schema.org `WebPage` of a plain page."""
    return structured.data_of(page, "WebPage", absolute)


def site_data(page, absolute) -> dict:
    """schema.org `WebSite` of a home page, with the address of its search."""
    return structured.data_of(page, "WebSite", absolute) | {
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute(f"{page.url_path}search/") + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        }
    }
