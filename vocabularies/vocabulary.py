"""Vocabularies read from the tables in `data/`: their codes in display order and their labels."""

import csv
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from vocabularies.collation import sort_key

SCHEMES = (
    "country",
    "region",
    "sector",
    "field",
    "narrow_field",
    "eqf_level",
    "organisation_size",
    "work_based_learning",
    "level_of_practice",
    "macro_need",
    "licence",
    "partner_kind",
    "voice",
    "phase_4c",
    "experience",
    "place",
    "cost",
    "motive_school",
    "motive_company",
    "obstacle_kind",
    "method_role",
    "method_phase",
    "glossary",
    "addressee",
    "event_audience",
    "language",
    "verification_check",
    "working_condition",
    "handbook_phase",
    "audience",
    "service_category",
    "service_place",
    "price_model",
    "need_kind",
    "budget_band",
)

DATA = Path(__file__).parent / "data"
FALLBACK = "en"

# CLDR's plain `pt` is Brazilian; the portal speaks European Portuguese.
CLDR_LOCALES = {"pt": "pt_PT"}


class Vocabulary:
    """A scheme's codes in display order, with labels and, for some schemes, a sentence on each."""

    table = ""  # the file, where it is not named like the scheme

    def __init__(self, scheme: str):
        self.scheme = scheme
        self.rows = read_table(self.table or scheme)
        self.descriptions = read_table(f"{scheme}_descriptions")
        self.codes = tuple(self.rows)

    def __contains__(self, code) -> bool:
        return code in self.rows

    def label(self, code: str, language: str | None = None) -> str:
        """What the code is called; an unknown code is given back, so that no page fails."""
        return _text(self.rows.get(code, {}), language) or code

    def description(self, code: str, language: str | None = None) -> str:
        """One plain sentence on the code, or "" in a scheme that has none."""
        return _text(self.descriptions.get(code, {}), language)

    def choices(self, language: str | None = None) -> list[tuple[str, str]]:
        """(code, label) pairs in display order."""
        return [(code, self.label(code, language)) for code in self.codes]

    def heading(self, code: str, language: str | None = None) -> str:
        """Below which heading a long list shows the code; "" in a scheme without headings."""
        return ""


class NarrowFields(Vocabulary):
    """ISCED-F narrow fields, each within the broad field that its first two digits name."""

    def broad(self, code: str) -> str:
        """The code of the broad field; raises KeyError for an unknown code."""
        return self.rows[code]["code"][:2]

    def within(self, codes, fields) -> tuple[str, ...]:
        """Those of the codes that lie in one of the broad fields; unknown ones lie nowhere.

        >>> get("narrow_field").within(["072", "101", "x"], ["07"])
        ('072',)
        """
        return tuple(code for code in codes if code in self and self.broad(code) in fields)

    def within_choice(self, chosen: dict) -> dict:
        """What a reader of a list has chosen, without narrow fields outside the one chosen field."""
        fields = chosen["field"] if len(chosen["field"]) == 1 else ()
        return chosen | {"narrow_field": self.within(chosen["narrow_field"], fields)}

    def heading(self, code, language=None):
        return get("field").label(self.broad(code), language) if code in self else ""


class Countries(Vocabulary):
    """ISO 3166-1 alpha-2 codes; names from CLDR, in the alphabetical order of the language."""

    table = "countries"

    def label(self, code, language=None):
        if code not in self:
            return code
        return _territories(_primary(language))[code]

    def choices(self, language=None):
        language = _primary(language)
        return sorted(super().choices(language), key=lambda pair: sort_key(pair[1], language))


class Languages(Vocabulary):
    """ISO 639-1 codes; names from CLDR, in the alphabetical order of the reader's language."""

    table = "languages"

    def label(self, code, language=None):
        name = _language_names(_primary(language)).get(code) if code in self else None
        return name[:1].upper() + name[1:] if name else code

    def choices(self, language=None):
        language = _primary(language)
        return sorted(super().choices(language), key=lambda pair: sort_key(pair[1], language))


class Regions(Vocabulary):
    """NUTS codes; names in the country's own language, the same for every reader."""

    table = "regions"

    def country(self, code: str) -> str:
        """The ISO code of the region’s country; raises KeyError for an unknown code."""
        return self.rows[code]["country"]

    def label(self, code, language=None):
        return self.rows[code]["name"] if code in self else code

    def choices(self, language=None):
        """Sorted by country, which stands first: region names repeat from level to level."""
        countries = dict(get("country").choices(language))
        position = {country: number for number, country in enumerate(countries)}
        codes = sorted(self.codes, key=lambda code: (position[self.country(code)], code))
        return [
            (code, f"{countries[self.country(code)]}: {self.label(code)} ({code})")
            for code in codes
        ]


class Licences(Vocabulary):
    """SPDX identifiers of Creative Commons licences."""

    def url(self, code: str) -> str:
        """The address of the licence's own page; "" for an unknown code."""
        if code not in self:
            return ""
        if code == "CC0-1.0":
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        name, version = code.removeprefix("CC-").lower().rsplit("-", 1)
        return f"https://creativecommons.org/licenses/{name}/{version}/"


@cache
def get(scheme: str) -> Vocabulary:
    """The vocabulary of a scheme, read once per process; raises KeyError for an unknown scheme."""
    if scheme not in SCHEMES:
        raise KeyError(f"There is no vocabulary “{scheme}”, only {', '.join(SCHEMES)}.")
    kinds = {
        "country": Countries,
        "region": Regions,
        "narrow_field": NarrowFields,
        "licence": Licences,
        "language": Languages,
    }
    return kinds.get(scheme, Vocabulary)(scheme)


def read_table(name: str) -> dict[str, dict[str, str]]:
    """A tab-separated table as {code: row}, in the order of the file; {} where there is no file."""
    path = DATA / f"{name}.tsv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["code"]: row for row in rows}


def _primary(language):
    """The language without its region, `pt` for `pt-br`; the active one if none is given."""
    return (language or get_language() or FALLBACK).lower().split("-")[0]


def _text(row, language):
    return row.get(_primary(language)) or row.get(FALLBACK, "")


@lru_cache(maxsize=64)
def _territories(language):
    try:
        return Locale.parse(CLDR_LOCALES.get(language, language)).territories
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK).territories


@lru_cache(maxsize=64)
def _language_names(language):
    try:
        return Locale.parse(CLDR_LOCALES.get(language, language)).languages
    except (UnknownLocaleError, ValueError):
        return _language_names(FALLBACK)
