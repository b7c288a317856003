"""Words put together from others, taken apart: `ammattikoulutussopimus` holds `koulutus`.

Only for languages that write compounds as one word, and only for texts: a question for a part finds
the compound, a question for the compound does not find its parts. All in folded letters.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache

SHORTEST_WORD = 7  # shorter words are left whole
SHORTEST_PART, SURE_PART = 3, 4
MOST_PARTS, LETTERS_OF_PART = 4, 4.5  # at most; at least on average, of more than two

DEPTH = 2  # parts of parts of parts

# Words that stand before others only, and in no word list.
BEFORE = {
    "de": "elektro auto bio foto video tele mikro multi euro info agrar haupt",
    "fi": "lahi sahko auto bio foto video mikro kesto pika",
    "nl": "elektro auto bio foto video tele micro multi euro info hoofd",
    "sv": "elektro auto bio foto video tele mikro multi euro info huvud",
    "da": "elektro auto bio foto video tele mikro multi euro info hoved",
    "nb": "elektro auto bio foto video tele mikro multi euro info hoved",
}

# Letters that may stand between two parts, by language; in the others parts follow each other.
LINKS = {
    "da": ("s", "e"),
    "de": ("s", "es", "n", "en", "er", "e"),
    "et": ("s",),
    "fi": (),
    "hu": (),
    "is": ("s", "a", "ar", "u"),
    "nb": ("s", "e"),
    "nl": ("s", "en", "e", "n"),
    "sv": ("s", "e", "o", "u"),
}
# Vowels that a word may lose before the next: Schul-abschluss, skol-byggnad.
LOST = {"de": "e", "sv": "ae"}
# Endings and beginnings that word lists have as words too, but that make no compound: what finds
# *Teilung* is not to find *Abteilung*.
NO_PARTS = {
    "da": "hed heden heder skab skaber ning dom else ende "
    "bort efter for frem fra gennem imod ind inde med mellem mod ned over sam til under ved",
    "de": "heit heiten keit keiten schaft schaften ling linge lings lingen ung ungen lich isch ische ischen ischer isches "
    "bar sam samt los haft nis tum nehmen gen ten ter ern end enden ender este esten ester "
    "aus auf bei dar durch ein ent fort gegen her hin mit nach uber unter ver vor wider wieder zer zuruck zusammen",
    "et": "mine mise mist line lise list",
    "fi": "joille joita joiden jalle minen mista mainen lainen ista issa illa ksia ksen sella",
    "hu": "beli nak nek ban ben val vel hoz hez rol tol ala elo fel fol fele meg ossze szet tul vissza",
    "is": "heit leiki skapur",
    "nb": "het heten skap skaper ning dom else ende "
    "bort etter for frem fra gjennom imot inn inne med mellom mot ned over sam til under ved",
    "nl": "heid heden schap schappen chap ing ingen lijk baar neming ster sters "
    "aan achter bij door her mede mee mis naar onder ont over tegen terug toe tussen uit van ver voor voort",
    "sv": "het heten heter heterna skap skaper skapet ning ningen ande ende dom tagens tagen "
    "bort efter for fore fram fran genom inne med mellan mot ned ner over sam till under upp uppe utan vid ater",
}
# Of two ways with as many parts the one with fewer links, short parts, and parts that are no lemma of
# their own is the likelier.
PART, LINK, SHORT, INFLECTED = 10, 1, 4, 2

# Short words stand in many others by chance. One of so many letters is taken for the first (last)
# part if at least so many lemmas of the word list begin (end) with it and are a lemma otherwise;
# for the last part these must also be a good share of all lemmas that end so (*student*, *cement*
# and others are no compounds of *ent*).
FIRST, LAST = "\n>", "\n<"  # before such a word as a key among words
IN_LEMMAS = {(FIRST, 3): 12, (LAST, 3): 12, (LAST, 4): 2}
SHORT_PART = 4
GOOD_SHARE = 0.15

# The places of a part's beginning and end in a word.
Span = tuple[int, int]
Prefixes = Callable[[str], list[str]]
# Whether a part is fit for its place, `FIRST` or `LAST`, and what it costs there; None if it is not.
Cost = Callable[[str, str], int | None]


def learned(lemmas: Collection[str], language: str) -> Iterator[tuple[str, bytes]]:
    """The short words that begin or end many lemmas, as keys of the trie that holds the forms too.

    >>> nouns = [f"{first}haus" for first in "back brau gast kauf wohn rat schul".split()]
    >>> found = learned({*nouns, "haus", *(noun[:-4] for noun in nouns)}, "de")
    >>> [key for key, _nothing in found if key.startswith(LAST)] == [LAST + "haus"]
    True
    """
    if language not in LINKS:
        return
    yield from ((word, b"") for word in BEFORE.get(language, "").split() if word not in lemmas)
    first, last, ending = Counter(), Counter(), Counter()
    for lemma in lemmas:
        for place in range(SHORTEST_PART, len(lemma) - SHORTEST_PART + 1):
            end = lemma[place:]
            if (place > SHORT_PART and len(end) > SHORT_PART) or end not in lemmas:
                continue
            ending[end] += 1
            begin = lemma[:place]
            if begin not in lemmas:
                links = [link for link in LINKS[language] if begin.endswith(link)]
                begin = next((x for link in links if (x := begin.removesuffix(link)) in lemmas), "")
            if begin:
                first[begin] += 1
                last[end] += 1
    usual = {end: times for end, times in last.items() if times >= GOOD_SHARE * ending[end]}
    for mark, counts in ((FIRST, first), (LAST, usual)):
        for word, times in counts.items():
            if times >= IN_LEMMAS.get((mark, len(word)), times + 1):
                yield mark + word, b""


def split(word: str, language: str, prefixes: Prefixes, cost: Cost) -> list[Span]:
    """The fewest known words that a folded word consists of; none if it cannot be taken apart.

    `prefixes` tells which words a text begins with.

    >>> known = ["beruf", "berufs", "schule", "schulen"]
    >>> begins = lambda text: [one for one in known if text.startswith(one)]
    >>> split("berufsschulen", "de", begins, lambda part, place: PART)
    [(0, 6), (6, 13)]
    """
    if language not in LINKS or len(word) < SHORTEST_WORD:
        return []
    size, never = len(word), no_parts(language)
    # For each place: the cost of the best way that leads there, its last part's beginning and end.
    best: dict[int, tuple[int, int, int]] = {0: (0, 0, 0)}
    for start in range(size - SHORTEST_PART + 1):
        if start not in best:
            continue
        for part in prefixes(word[start:]):
            end = start + len(part)
            if not SHORTEST_PART <= len(part) < size or part in never or not part.isalpha():
                continue
            own = cost(part, LAST if end == size else FIRST)
            if own is None:
                continue
            total = best[start][0] + own
            offer(best, end, (total, start, end))
            for link in LINKS[language]:
                if end + len(link) < size and word.startswith(link, end):
                    offer(best, end + len(link), (total + LINK, start, end))
    return way(best, size)


@cache
def no_parts(language: str) -> frozenset[str]:
    return frozenset(NO_PARTS[language].split())


def offer(best: dict[int, tuple[int, int, int]], place: int, found: tuple[int, int, int]) -> None:
    """Keeps the cheaper way to a place."""
    if place not in best or found[0] < best[place][0]:
        best[place] = found


def way(best: dict[int, tuple[int, int, int]], place: int) -> list[Span]:
    """The parts on the best way to a place, from left to right."""
    spans: list[Span] = []
    size = place
    while place:
        if place not in best:
            return []
        _cost, start, end = best[place]
        spans.append((start, end))
        place = start
    many = len(spans) > 2 and size < LETTERS_OF_PART * len(spans)
    return [] if many or len(spans) > MOST_PARTS else spans[::-1]


def before_another(part: str, language: str) -> Iterator[str]:
    """What a part may be that is not the last one: without its link, or with the vowel it has lost.

    >>> list(before_another("beroeps", "nl")), list(before_another("skol", "sv"))
    (['beroep'], ['skola', 'skole'])
    """
    links = (link for link in LINKS.get(language, ()) if part.endswith(link))
    yield from (part.removesuffix(link) for link in links)
    yield from (part + vowel for vowel in LOST.get(language, ""))


def parts(
    word: str, language: str, prefixes: Prefixes, costs: Callable[[str], Cost]
) -> Iterator[Span]:
    """Every part of a word, parts of parts too, then those that stand side by side as one.

    `costs` tells for a word what its parts cost.

    Whoever seeks *oppisopimus*, *sopimus* or *koulutussopimus* is to find
    *ammattioppisopimuskoulutus*.
    """
    fine = whole = split(word, language, prefixes, costs(word))
    for _deeper in range(DEPTH):
        fine = [
            (start + one, start + other)
            for start, end in fine
            for one, other in split(word[start:end], language, prefixes, costs(word[start:end]))
            or [(0, end - start)]
        ]
    joined = (
        (fine[first][0], fine[last][1])
        for first in range(len(fine))
        for last in range(first + 1, len(fine))
    )
    spans = dict.fromkeys((*whole, *fine, *joined))
    yield from (span for span in spans if span != (0, len(word)))
