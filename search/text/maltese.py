"""Maltese words, for which there is no word list: endings, and the consonants of a root.

A Maltese word of Semitic origin keeps the consonants of its root while its vowels change (*ktieb*,
*kotba*; *kiteb*, *jiktbu*); one of Romance origin takes endings (*kuntratt*, *kuntratti*). All in
folded letters.
"""

import re

# Plurals, feminines, persons of verbs and whose it is; the longest that leaves enough counts.
ENDINGS = sorted(
    """
    ijiet jiet iet ijin jin in ien at ija iji ja ji a i e u w et na tu kom hom ha ek
    """.split(),
    key=len,
    reverse=True,
)
SHORTEST_STEM = 3
# A vowel that the article or the word before lends: *l-iskola*, *l-imgħallem*.
LENT = re.compile(r"^i(?=[szxmnlr][^aeiou])")
# The person of a verb: *jikteb*, *tikteb*, *nikteb*.
PERSON = re.compile(r"^[jtn][aeiou]")
NO_ROOT = re.compile(r"[aeiouwj]")
TWICE = re.compile(r"(.)\1")
FEWEST, MOST = 3, 4  # consonants of a root
ROOT = "0"  # ends what is a root and no word


def forms(folded: str) -> tuple[str, ...]:
    """What a folded Maltese word may be found by: itself, its stem, its root.

    >>> forms("kuntratti"), forms("kotba"), forms("ktieb")
    (('kuntratti', 'kuntratt'), ('kotba', 'kotb', 'ktb0'), ('ktieb', 'ktb0'))
    >>> "skola" in forms("iskola"), "hdm0" in forms("jahdmu"), "hdm0" in forms("hadem")
    (True, True, True)
    """
    words = [folded]
    if LENT.match(folded):
        words.append(folded[1:])
    words += [stemmed for word in words if (stemmed := stem(word)) != word]
    found = [root for word in words for root in roots(word)]
    return tuple(dict.fromkeys((*words, *found)))


def stem(word: str) -> str:
    """A word without its ending, if enough is left."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def roots(word: str) -> list[str]:
    """The consonants of a word, if they may be a root: with doubled ones, and without."""
    found = []
    for one in (word, PERSON.sub("", word)):
        consonants = NO_ROOT.sub("", one.replace("gh", "9"))
        if FEWEST <= len(consonants) <= MOST:
            once = TWICE.sub(r"\1", consonants)
            found += [consonants, once] if len(once) >= FEWEST else [consonants]
    return [root.replace("9", "gh") + ROOT for root in found]
