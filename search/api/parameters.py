"""What may stand in an address of the API: one table that reads addresses and describes them.

The names and values are those of the search page, so that an address of it can be turned into one of
the API. Where the page leaves out what it does not know, the API says what is wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from django.conf import settings
from django.http import QueryDict

from search.engine import DEEPEST, Sort
from search.facets import FACETS
from search.questions import LONGEST_PLACE, LONGEST_TEXT, PER_PAGE, RADII, clean, day
from search.suggest.suggestions import MOST

MOST_PER_PAGE = 50
MOST_SUGGESTIONS = 20
MOST_NAMED = 40  # values that a message lists


@dataclass(frozen=True)
class Parameter:
    """A parameter with the JSON schema of one value; `several` values add up."""

    name: str
    description: str
    schema: dict[str, Any]
    several: bool = False
    required: bool = False

    def described(self) -> dict[str, Any]:
        """As OpenAPI describes it."""
        schema = {"type": "array", "items": self.schema} if self.several else self.schema
        return {
            "name": self.name,
            "in": "query",
            "description": self.description,
            "required": self.required,
            "schema": schema,
        }

    def fault(self, values: list[str]) -> str:
        """What is wrong with the values of an address; empty if nothing is."""
        if self.required and not any(map(clean, values)):
            return "This parameter is required."
        if len(values) > 1 and not self.several:
            return "This parameter can be given once only."
        return next(filter(None, (fault(value, self.schema) for value in values)), "")


def fault(value: str, schema: dict[str, Any]) -> str:
    """What is wrong with a value by the few words of JSON schema that are used here.

    >>> fault("51", {"type": "integer", "minimum": 1, "maximum": 50})
    'Not a whole number from 1 to 50.'
    """
    known = [str(one) for one in schema.get("enum", ())]
    if known and value not in known:
        named = f" Known are: {', '.join(known)}." if len(known) <= MOST_NAMED else ""
        return f"Unknown value “{clean(value)}”.{named}"
    if "maximum" in schema:
        least, most = schema["minimum"], schema["maximum"]
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
        return "" if least <= number <= most else f"Not a whole number from {least} to {most}."
    if schema.get("format") == "date" and day(value) is None:
        return "Not a day as in 2026-02-28."
    if len(value) > schema.get("maxLength", len(value)):
        return f"Longer than {schema['maxLength']} characters."
    return ""


def of_search() -> list[Parameter]:
    return [
        typed("The words."),
        languages("Results in other languages are counted only."),
        *facets(),
        Parameter(
            "since",
            "From this day on: the first day of an event; of all else when it was first public.",
            {"type": "string", "format": "date"},
        ),
        Parameter("until", "Until this day, included.", {"type": "string", "format": "date"}),
        Parameter("place", "A town in Europe, in any language.", text(LONGEST_PLACE)),
        Parameter(
            "km",
            "How far around the town.",
            {"type": "integer", "enum": list(RADII), "default": RADII[1]},
        ),
        Parameter(
            "sort",
            "The order; `nearest` needs a `place`.",
            {"type": "string", "enum": list(get_args(Sort)), "default": "best"},
        ),
        Parameter(
            "page",
            f"The page. No further than {DEEPEST:,} results: narrow the search instead.",
            whole(DEEPEST, default=1),
        ),
        Parameter("per_page", "Results on a page.", whole(MOST_PER_PAGE, default=PER_PAGE)),
    ]


def of_suggest() -> list[Parameter]:
    return [
        typed("What was typed so far."),
        languages("Titles in other languages come after those in these."),
        Parameter("limit", "How many are wanted.", whole(MOST_SUGGESTIONS, default=MOST)),
    ]


def typed(description: str) -> Parameter:
    return Parameter("q", description, text(LONGEST_TEXT), required=True)


def text(longest: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def whole(most: int, default: int) -> dict[str, Any]:
    """A whole number from 1 on."""
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


def languages(more: str) -> Parameter:
    return Parameter(
        "language",
        "The languages that the reader reads, the best known first: in the first of them are the"
        f" labels and the menus of the addresses. {more}"
        f" Without it `{settings.LANGUAGE_CODE}` is meant.",
        {"type": "string", "enum": list(settings.CONTENT_LANGUAGES)},
        several=True,
    )


def facets() -> Iterable[Parameter]:
    for name, facet in FACETS.items():
        codes = [code for code, _label in facet.choices(settings.LANGUAGE_CODE)]
        yield Parameter(
            name,
            f"Codes of the facet `{name}`; several add up.",
            {"type": "string", "enum": codes},
            several=True,
        )


def faults(query: QueryDict, parameters: list[Parameter]) -> list[dict[str, str]]:
    """What is wrong with an address, each with the name of the parameter; empty if nothing is."""
    known = {parameter.name for parameter in parameters}
    found = [(clean(name), "Unknown parameter.") for name in query if name not in known]
    for parameter in parameters:
        values = query.getlist(parameter.name)
        if not parameter.required:  # a form sends the fields that are left empty, too
            values = list(filter(None, values))
        found.append((parameter.name, parameter.fault(values)))
    return [{"parameter": name, "detail": detail} for name, detail in found if detail]


def number(query: QueryDict, name: str, default: int) -> int:
    """The number of a parameter without fault."""
    return int(query.get(name) or default)
