"""Words of skills, made comparable: one word in two forms is the same word."""

import re
from functools import lru_cache
from typing import Final

SHORTEST: Final = 5  # letters; shorter words say little, but for those in capitals
STEM: Final = 6  # letters by which words of one family are the same
WORDS: Final = re.compile(r"[^\W\d_]{3,}")


@lru_cache(maxsize=4_096)
def stems(text: str) -> dict[str, str]:
    """The words of a text by their stems, each as it is written first; not to be changed.

    >>> stems("CNC milling, reading drawings; the drawing of parts by CNC")
    {'cnc': 'CNC', 'millin': 'milling', 'readin': 'reading', 'drawin': 'drawings', 'parts': 'parts'}
    """
    found: dict[str, str] = {}
    for word in WORDS.findall(text):
        if len(word) >= SHORTEST or word.isupper():
            found.setdefault(word.casefold()[:STEM], word)
    return found
