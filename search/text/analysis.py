"""Words out of text, freed of case and accents, as both sides of a search see them.

Pure Python: values in, values out. What a word's lemma is, a function of the caller says (see
`search.text.lemmas`), so that the same text is read alike when it is written and when it is sought.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# A letter or digit, then more of them; combining accents, soft hyphens and joiners stay inside.
WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")
LONGEST_WORD = 64
MOST_WORDS = 20_000  # of one text; the rest of a longer one is shown, but not found

HYPHENS = ("-", "\u2010", "\u2011")  # between words that may also be written as one

NOTHING = "_"  # keeps the place of a word of which folding leaves nothing; never sought

# Letters that Unicode does not take apart.
LETTERS = {
    **{"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"},
    **{"œ": "oe", "æ": "ae", "ß": "ss", "ĸ": "k", "ς": "σ"},
}
# Letters of their own in Cyrillic, though Unicode writes them as a letter and a mark.
WHOLE = set("йїў")

Lemmas = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Analysis:
    """A text as the index keeps it.

    `lemmas` has one entry for each word of the text, in order; `words` has what else the text may
    be found by: the folded words that differ from their lemma, further lemmas of words with more than
    one, and the lemmas of a compound's parts.
    """

    lemmas: tuple[str, ...]
    words: tuple[str, ...]


def words(text: str) -> Iterator[re.Match]:
    """The words of a text with their places.

    >>> [match.group() for match in words("Work-based learning: 64 % in l’azienda")]
    ['Work', 'based', 'learning', '64', 'in', 'l', 'azienda']
    """
    return WORD.finditer(text)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case and accents, letters and digits only, at most 64 characters long.

    >>> fold("Įmonėms"), fold("Straße"), fold("ŁÓDŹ"), fold("søger"), fold("Œuvre")
    ('imonems', 'strasse', 'lodz', 'soger', 'oeuvre')
    """
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    return fold_text(word)[:LONGEST_WORD] or NOTHING


def fold_text(text: str) -> str:
    """`fold` for any length of text without white space.

    >>> fold_text("ko\\u00admisja"), fold_text("Київ")
    ('komisja', 'київ')
    """
    return "".join(map(fold_letter, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=8_192)
def fold_letter(letter: str) -> str:
    """What is left of one character: letters and digits without accents, or nothing."""
    small = letter.casefold()
    if small in WHOLE:
        return small
    taken_apart = unicodedata.normalize("NFKD", LETTERS.get(small, small)).casefold()
    return "".join(LETTERS.get(part, part) for part in taken_apart if part.isalnum())


def no_lemmas(word: str) -> tuple[str, ...]:
    """For a language without a dictionary: a word stands for itself."""
    return (fold(word),)


def no_parts(word: str) -> tuple[str, ...]:
    """For a language without compounds: a word has no parts."""
    return ()


def analyse(text: str, lemmas: Lemmas = no_lemmas, parts: Lemmas = no_parts) -> Analysis:
    """A text as the index keeps it; `parts` tells what a compound consists of.

    >>> analyse("Mokėmės įmonėje", lambda word: {"įmonėje": ("imone",)}.get(word, no_lemmas(word)))
    Analysis(lemmas=('mokemes', 'imone'), words=('imoneje',))
    >>> analyse("e-mail").words
    ('email',)
    """
    first, further, before = [], [], None
    for number, match in enumerate(words(text)):
        if number >= MOST_WORDS:
            break
        if before and text[before.end() : match.start()] in HYPHENS:
            further.append(fold(before.group() + match.group()))
        before = match
        forms = alternatives(match.group(), lemmas)
        first.append(forms[0])
        further.extend(forms[1:])
        further.extend(parts(match.group().lower()))
    return Analysis(tuple(first), tuple(further))


def alternatives(word: str, lemmas: Lemmas = no_lemmas) -> tuple[str, ...]:
    """All that a word may be found by: its lemmas, the likeliest first, and its folded form."""
    found = lemmas(word.lower())
    return tuple(dict.fromkeys((*found, fold(word))))
