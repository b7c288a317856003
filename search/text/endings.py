"""What an ending says of a word's lemma, learned from the word list of the language.

A word list tells for each of its forms what has to be cut off and put in place to come to the lemma
(`schools`: cut 1; `ucenici`: cut 2, add `k`). Counted over all forms that end alike, this tells the
likely lemmas of words that are in no list: of new words, names of trades, compounds. All in folded
letters, so that a word typed without accents is read alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

MARK = "\t"  # before an ending as a key among words, which never begin with it
LONGEST, LEAST_LEFT = 7, 2  # letters of an ending; letters before it
MOST_CUT = 6
SEEN = 5  # how often an ending must stand in the sample to be trusted
KEPT = 5  # changes kept for an ending, the most frequent
UNLIKELY = 0.05

# What is cut off at the end, and what is put in its place.
Change = tuple[int, str]


def change(form: str, lemma: str) -> Change:
    """How to come from a form to its lemma.

    >>> change("skolas", "skola"), change("ucenici", "ucenik"), change("school", "school")
    ((1, ''), (2, 'k'), (0, ''))
    """
    same = 0
    for one, other in zip(form, lemma, strict=False):
        if one != other:
            break
        same += 1
    return len(form) - same, lemma[same:]


def learned(sample: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Endings with their changes, as keys and values of the trie that holds the forms too."""
    counts: defaultdict[str, Counter[Change]] = defaultdict(Counter)
    for form, lemma in sample:
        if not form.isalpha() or not lemma.isalpha():
            continue
        made = change(form, lemma)
        if max(made[0], len(made[1])) <= MOST_CUT:
            for size in range(max(1, made[0]), min(LONGEST, len(form) - LEAST_LEFT) + 1):
                counts[form[-size:]][made] += 1
    for ending, changes in counts.items():
        total = changes.total()
        if total >= SEEN:
            kept = [
                f"{cut},{added},{100 * times // total}"
                for (cut, added), times in changes.most_common(KEPT)
                if times / total >= UNLIKELY
            ]
            yield MARK + ending, ";".join(kept).encode()


def guesses(folded: str, known: Mapping[str, list[bytes]]) -> list[tuple[str, float]]:
    """Likely lemmas of a folded word other than itself, the likeliest first, with their shares.

    The longest ending that is known decides.

    >>> guesses("vedlejsich", {MARK + "sich": [b"3,i,90;0,,10"]})
    [('vedlejsi', 0.9)]
    """
    for size in range(min(LONGEST, len(folded) - LEAST_LEFT), 0, -1):
        if found := known.get(MARK + folded[-size:]):
            changes = (one.split(",") for one in found[0].decode().split(";") if one)
            return [
                (folded[: len(folded) - int(cut)] + added, int(share) / 100)
                for cut, added, share in changes
                if int(cut) or added
            ]
    return []
