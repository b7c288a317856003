"""The languages of the portal: codes, names in themselves, direction, and which to read instead.

Plain Python and Babel: settings import this module, so nothing here may touch Django's apps.
"""

from dataclasses import dataclass
from functools import cache

from babel import Locale

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}

# Which language a reader is offered first when a page is missing in theirs: neighbours whose
# language many of them read, then English, then whatever exists, by code.
NEIGHBOURS = {
    "lt": ["en", "lv", "pl"],
    "lv": ["en", "lt", "de"],
    "fi": ["en", "de"],
    "it": ["en", "pt", "de"],
    "pt": ["en", "it"],
    "pl": ["en", "de", "lt"],
    "de": ["en", "it", "pl"],
}


@dataclass(frozen=True)
class Language:
    """A language as the pages show it: code, its own name, and `ltr` or `rtl`."""

    code: str
    name: str
    dir: str


@cache
def language(code: str) -> Language:
    """The language of a code such as `fi`; raises `babel.UnknownLocaleError` for an unknown one."""
    locale = Locale.parse(code, sep="-")
    name = locale.get_display_name(code)
    direction = "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"
    return Language(code, name[:1].upper() + name[1:], direction)


def language_settings(*groups: list[str]) -> list[tuple[str, str]]:
    """Django's `LANGUAGES` for the union of the groups of codes, in order, named in themselves."""
    return [(code, language(code).name) for code in dict.fromkeys(sum(groups, []))]


@cache
def reading_order(code: str, available: tuple[str, ...]) -> tuple[str, ...]:
    """`available` in the order in which a reader of the interface language `code` is served.

    >>> reading_order("lt", ("it", "pl", "en"))
    ('en', 'pl', 'it')
    """
    preferred = [code, *NEIGHBOURS.get(code, []), "en"]
    rank = {name: position for position, name in reversed(list(enumerate(preferred)))}
    return tuple(sorted(available, key=lambda name: (rank.get(name, len(preferred)), name)))
