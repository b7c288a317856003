"""The API described by OpenAPI 3.1; `tests/search/test_api.py` holds it against what is answered."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from core import registry
from core.page_context import absolute
from search.api.parameters import Parameter, of_search, of_suggest
from search.facets import FACETS
from search.suggest.suggestions import TERM

Schema = dict[str, Any]
ABOUT = """\
Finds published items by words, in the languages that you name. It shows what the search page shows.
No key is needed. Answers may be kept for a minute; ask again with `If-None-Match`."""
MARKED = """\
The passage that shows why this was found, as HTML: escaped text in which `<mark>` and `</mark>`
stand around what was sought, and nothing else. It can be put into a page as it is."""


def document() -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": "1.0.0",
            "description": ABOUT,
            "contact": {"email": settings.CONTACT_EMAIL},
        },
        "servers": [{"url": absolute("/api/v1")}],
        "paths": {
            "/search": read("search", "Results for words", of_search(), "Results"),
            "/suggest": read("suggest", "Titles and terms while typing", of_suggest(), "Offered"),
        },
        "components": {"schemas": schemas()},
    }


def read(name: str, summary: str, parameters: Iterable[Parameter], answer: str) -> Schema:
    """A path that is read, with all that it may answer."""
    problem = {"content": {"application/problem+json": {"schema": ref("Problem")}}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [parameter.described() for parameter in parameters],
            "responses": {
                "200": {
                    "description": "Found, or an honest nothing.",
                    "headers": {"ETag": {"schema": {"type": "string"}}},
                    "content": {"application/json": {"schema": ref(answer)}},
                },
                "304": {"description": "Not changed since the ETag in `If-None-Match`."},
                "400": {"description": "A parameter is unknown or wrong.", **problem},
                "429": {"description": "Asked too often; see `Retry-After`.", **problem},
            },
        }
    }


def schemas() -> dict[str, Schema]:
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    kinds = [item.kind for item in registry.items()]
    item = {
        "title": text,
        "url": {"type": "string", "format": "uri"},
        "language": {"type": "string", "enum": list(settings.CONTENT_LANGUAGES)},
        "demonstration": {"type": "boolean", "description": "Invented, to show the portal."},
    }
    return {
        "Results": record(
            optional=("previous", "next"),
            q={**text, "description": "The words as they were understood."},
            page=number,
            per_page=number,
            total={**number, "description": "Items found; one in several languages counts once."},
            all_words={
                "type": "boolean",
                "description": "False where nothing has all words; then what has some is found.",
            },
            by_words={
                "type": "boolean",
                "description": "False where nothing has any of the words; then all results, if"
                " there are any, are near to them in meaning.",
            },
            simpler={
                "type": "boolean",
                "description": "True where a simpler engine had to answer in the place of another.",
            },
            spelling={
                "type": ["string", "null"],
                "description": "The words in the nearest spelling that the portal has, if not all"
                " were found.",
            },
            results={"type": "array", "items": ref("Result")},
            facets=record(
                **{name: {"type": "array", "items": ref("Count")} for name in ("language", *FACETS)}
            ),
            previous={**item["url"], "description": "The page before this."},
            next={**item["url"], "description": "The page after this."},
        ),
        "Result": record(
            **item,
            kind={"type": "string", "enum": kinds},
            summary=text,
            highlight={**text, "description": MARKED},
            score={
                "type": "number",
                "description": "How well it fits. Comparable within one answer only.",
            },
            by_meaning={
                "type": "boolean",
                "description": "True where it does not have the words, but is near to them in meaning.",
            },
            published={"type": ["string", "null"], "format": "date-time"},
        ),
        "Count": record(
            code=text,
            label={
                **text,
                "description": "In the first of the languages; a language has its own name.",
            },
            count={**number, "description": "Items if this were the only code of its facet."},
        ),
        "Offered": record(
            q={**text, "description": "The words as they were understood."},
            suggestions={
                "type": "array",
                "items": record(
                    **item,
                    kind={"type": "string", "enum": [*kinds, TERM]},
                    opens_in={
                        **item["language"],
                        "description": "In which language the address shows it.",
                    },
                ),
            },
        ),
        "Problem": record(
            optional=("errors",),
            type=text,
            title=text,
            status=number,
            detail=text,
            errors={"type": "array", "items": record(parameter=text, detail=text)},
        ),
    }


def record(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object with these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
