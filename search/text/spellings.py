"""Other spellings of the same word: typed without the letters of a language, British and American,
changed at the beginning as in Irish. All in folded letters.
"""

import re
from collections.abc import Iterator
from itertools import islice

# Two letters for one that a keyboard lacks; not after a vowel, where they are two (`neue`).
TWO_FOR_ONE = {
    "da": (("aa", "a"), ("oe", "o")),
    "de": (("ae", "a"), ("oe", "o"), ("ue", "u")),
    "nb": (("aa", "a"), ("oe", "o")),
    "sv": (("aa", "a"), ("ae", "a"), ("oe", "o")),
}
BEFORE_TWO = r"(?<![aeiouqy])"

# American endings with the British ones, which stand for both if the word list has them.
BRITISH = [
    (re.compile(american + "$"), british)
    for american, british in (
        (r"iz(e[drs]?|ers?|ing|ations?|ational)", r"is\1"),
        (r"yz(e[drs]?|ers?|ing)", r"ys\1"),
        (r"or(s|ed|ing|er|ers|able|ful|ite|ites)?", r"our\1"),
        (r"ter(s|ed)?", r"tre\1"),
        (r"log(s|ed)?", r"logue\1"),
        (r"gram(s)?", r"gramme\1"),
        (r"ll(ments?|ful|fully)", r"l\1"),
        (r"^(enro|fulfi|insti|disti)ll(s)?", r"\1l\2"),
        (r"ense(s)?", r"ence\1"),
        (r"mold(s|ed|ing)?", r"mould\1"),
        (r"^gray(s|er)?", r"grey\1"),
    )
]

# Irish beginnings after certain words, with the letter that was there.
MUTATED = [
    (re.compile(changed), plain)
    for changed, plain in (
        ("^bhf", "f"),
        ("^([bcdfgmpst])h", r"\1"),
        ("^mb", "b"),
        ("^gc", "c"),
        ("^nd", "d"),
        ("^ng", "g"),
        ("^bp", "p"),
        ("^dt", "t"),
        ("^ts", "s"),
        ("^[hnt](?=[aeiou])", ""),
    )
]


def of_any(folded: str, code: str) -> Iterator[str]:
    """How else a word may be spelled; whoever asks keeps what the word list has.

    >>> list(of_any("organization", "en")), list(of_any("pruefung", "de"))
    (['organisation'], ['prufung'])
    >>> list(of_any("haandvaerk", "da")), list(of_any("dauernd", "de"))
    (['handvaerk'], [])
    """
    other = folded
    for two, one in TWO_FOR_ONE.get(code, ()):
        other = re.sub(BEFORE_TWO + two, one, other)
    if other != folded:
        yield other
    if code == "en":
        for american, british in BRITISH:
            if american.search(folded):
                yield american.sub(british, folded)


def of_unknown(folded: str, code: str) -> list[str]:
    """How a word that the word list lacks may be written in a text.

    >>> of_unknown("bhfostoir", "ga"), of_unknown("pruefservice", "de")
    (['fostoir'], ['prufservice'])
    """
    changed = (plain.sub(to, folded) for plain, to in MUTATED if plain.match(folded))
    return list(islice(changed, 1)) if code == "ga" else list(islice(of_any(folded, code), 1))
