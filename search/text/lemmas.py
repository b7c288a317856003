"""Dictionaries of word forms: which lemmas a word of a language may belong to.

They are made once from simplemma's word lists, in folded letters, so that a word typed without
accents finds its lemma too, and lie on disk as tries that all processes map into their memory
together: nothing is loaded, a look-up takes a microsecond. Making one takes up to ten seconds and
400 MB (Finnish, Polish), so it is done by the periodic process or when the image is built
(`manage.py search dictionaries`), never in a request. Until then words are found by their folded
forms, and documents are written anew once the dictionary is there.
"""

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from marisa_trie import BytesTrie
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import frontcode
from simplemma.strategies.dictionaries.dictionary_factory import (
    SUPPORTED_LANGUAGES,
    _read_decompressed,
)

from search.text import compounds, irregular, maltese, spellings
from search.text.analysis import Lemmas, alternatives, fold, fold_text, no_lemmas, no_parts
from search.text.endings import guesses, learned

FORMAT = 3  # grows when folding or the files change
VERSION = f"{FORMAT}-{version('simplemma')}"
FOLDED_WORDS = "words"  # the version of documents written without a dictionary
# Languages that simplemma knows under another code.
CODES = {"hr": "hbs", "bs": "hbs", "sr": "hbs", "me": "hbs", "no": "nb"}
BATCH = 50_000
SAMPLE = 60_000  # at least so many forms of a word list from which its endings are learned

# Lemmas that endings suggest: how many for a word that the list lacks, and how likely one must be
# to stand beside the lemma of a word that the list has (which often tells one reading of several).
MOST_GUESSES, LIKELY = 3, 0.05
# Forms by which the parts of one compound are found: of all, and of each.
MOST_PARTS, MOST_OF_PART = 12, 2

# Endings of nouns, folded, for languages whose word list is short: what is left of a word without
# its ending stands beside its lemmas.
ENDINGS = {"lv": "s a e i u o is us as es os am im um em ai ei ie ais iem".split()}
SHORTEST_STEM = 4

_open: dict[Path, "Dictionary"] = {}


class Dictionary(Mapping):
    """The forms of one language: a mapping for simplemma's strategies, and `lemmas()` for search."""

    def __init__(self, code: str, trie: BytesTrie):
        self.code = code
        self.trie = trie
        self.strategy = DefaultStrategy(dictionary_factory=self)
        self.lemmas = lru_cache(maxsize=32_768)(self.find)
        self.parts = lru_cache(maxsize=32_768)(self.find_parts)

    def get_dictionary(self, lang: str) -> "Dictionary":
        """Answers as simplemma's `DictionaryFactory`."""
        return self

    def find(self, word: str) -> tuple[str, ...]:
        """The folded lemmas of a word, the shortest first; of an unknown word by simplemma's rules."""
        folded = fold(word)
        if known := self.trie.get(folded):
            listed = {one for value in known for one in (value.decode() or folded).split("|")}
            found = sorted(filter(str.isalnum, listed), key=length) or [folded]
            found += self.readings(folded)
        else:
            found = self.of_unknown(word, folded)
        for other in spellings.of_any(folded, self.code):
            found += self.find(other) if other in self.trie else ()
        others = {one for form in (folded, *found) for one in irregular.lemmas(form, self.code)}
        found += sorted(other for other in others if b"" in self.trie.get(other, ()))
        return tuple(dict.fromkeys((*found, *stem(folded, self.code))))

    def readings(self, folded: str) -> list[str]:
        """Further lemmas of the list that a known form may belong to by its ending.

        A word that is its own lemma has none: `contrasto` is no form of a verb there.
        """
        if b"" in self.trie[folded]:
            return []
        likely = (lemma for lemma, share in guesses(folded, self.trie) if share >= LIKELY)
        return [lemma for lemma in likely if b"" in self.trie.get(lemma, ())]

    def of_unknown(self, word: str, folded: str) -> list[str]:
        """Likely lemmas of a word that is not in the list."""
        others = spellings.of_unknown(folded, self.code)
        for other in others:
            if other in self.trie:
                return [*self.find(other), folded]
        guess = self.strategy.get_lemma(word, self.code)
        found = [fold_text(guess or "") or folded]
        for one in (folded, *others):
            found += [*self.by_last_part(one), *self.guessed(one)]
        return found + others

    def guessed(self, folded: str) -> list[str]:
        """Lemmas by the ending alone."""
        return [lemma for lemma, _share in guesses(folded, self.trie)][:MOST_GUESSES]

    def by_last_part(self, folded: str) -> list[str]:
        """The lemmas of a compound that is not in the list: those of its last part decide."""
        spans = compounds.split(folded, self.code, self.trie.prefixes, self.costs(folded))
        start = spans[-1][0] if spans else 0
        return [folded[:start] + lemma for lemma in self.find(folded[start:])[:2]] if start else []

    def knows(self, word: str) -> bool:
        """Whether a word is in the list, spelled so or otherwise, or is made of what is.

        By its ending alone a word is known only if what is left is long: two letters with an ending are
        found in any row of keys.
        """
        folded = fold(word)
        others = (*spellings.of_any(folded, self.code), *spellings.of_unknown(folded, self.code))
        if any(one in self.trie for one in (folded, *others)) or self.parts(word.lower()):
            return True
        return any(len(lemma) >= SHORTEST_STEM for lemma in self.known_lemmas(folded))

    def find_parts(self, word: str) -> tuple[str, ...]:
        """The folded lemmas of the words that a compound consists of."""
        folded, found = fold(word), []
        for start, end in compounds.parts(folded, self.code, self.trie.prefixes, self.costs):
            part = folded[start:end]
            if part in self.trie:
                found += (*self.lemmas(part)[:MOST_OF_PART], part)
            else:
                found += (part, *self.by_last_part(part)[:1])
            if end < len(folded):
                words = compounds.before_another(part, self.code)
                found += [word for word in words if b"" in self.trie.get(word, ())]
        return tuple(one for one in dict.fromkeys(found) if one != folded)[:MOST_PARTS]

    def costs(self, folded: str) -> compounds.Cost:
        """How well known words fit as parts of one word; its last part has to give it its lemma."""
        return partial(self.cost, folded, self.known_lemmas(folded))

    def known_lemmas(self, folded: str) -> list[str]:
        """Lemmas of the list that a word may have: those that it tells, else what the ending says."""
        if listed := self.trie.get(folded):
            return [one for value in listed for one in (value.decode() or folded).split("|")]
        guessed = (lemma for lemma, _share in guesses(folded, self.trie))
        return [lemma for lemma in guessed if b"" in self.trie.get(lemma, ())]

    def cost(self, word: str, lemmas: list[str], part: str, place: str) -> int | None:
        """How well a known word fits as a part of another; a short one must be usual there."""
        size, told = len(part), None
        if place == compounds.LAST and lemmas:
            told = self.heads(word, lemmas, part)
            if not told:
                return None
            size = min(map(len, told))
        total = compounds.PART
        if (place, size) in compounds.IN_LEMMAS:
            if not any(place + one in self.trie for one in told or (part, *self.lemmas(part))):
                return None
            total += compounds.SHORT * (len(part) < compounds.SURE_PART)
        if b"" not in self.trie[part] and (part in told if told else place == compounds.FIRST):
            total += compounds.INFLECTED
        return total

    def heads(self, word: str, lemmas: list[str], part: str) -> list[str]:
        """The lemmas of a last part that make a lemma of the whole.

        *koulutuksen* belongs to *koulutus* and so does not end with a form of *uksi*.
        """
        start, never = len(word) - len(part), compounds.no_parts(self.code)
        ends = (one[start:] for one in lemmas if one.startswith(word[:start]))
        long = (end for end in ends if len(end) >= compounds.SHORTEST_PART)
        return [end for end in long if end not in never and self.may_be(part, end)]

    def may_be(self, part: str, lemma: str) -> bool:
        """Whether a form may have a lemma; the list often lacks that it is its own (`prov`: `prova`)."""
        if part == lemma and len(part) > compounds.SHORT_PART:
            return True
        return lemma in self.lemmas(part) or (part == lemma and compounds.LAST + part in self.trie)

    def get(self, word, default=None):
        known = self.trie.get(fold(word))
        return (known[0].decode() or fold(word)) if known else default

    def __getitem__(self, word):
        if (lemma := self.get(word)) is None:
            raise KeyError(word)
        return lemma

    def __iter__(self):
        return self.trie.iterkeys()

    def __len__(self):
        return len(self.trie)


def stem(folded: str, code: str) -> tuple[str, ...]:
    """A folded word without its ending, in languages that need it; as a tuple of one or none.

    >>> stem("macekliem", "lv"), stem("maceklis", "lv"), stem("galds", "lv"), stem("mezs", "lv")
    (('macekl',), ('macekl',), ('gald',), ())
    """
    endings = [ending for ending in ENDINGS.get(code, ()) if folded.endswith(ending)]
    left = folded.removesuffix(max(endings, key=len)) if endings else ""
    return (left,) if len(left) >= SHORTEST_STEM else ()


def length(word: str) -> tuple[int, str]:
    return len(word), word


def lemmas(language: str) -> Lemmas:
    """The lemmas of a language's words; the folded words themselves while there is no dictionary."""
    if simplemma_code(language) == "mt":
        return maltese_lemmas
    found = dictionary(language)
    return found.lemmas if found else no_lemmas


@lru_cache(maxsize=32_768)
def maltese_lemmas(word: str) -> tuple[str, ...]:
    """What a Maltese word may be found by, made by rules."""
    return maltese.forms(fold(word))


def parts(language: str) -> Lemmas:
    """What the compounds of a language consist of; nothing while there is no dictionary."""
    found = dictionary(language)
    return found.parts if found else no_parts


def every_form(language: str) -> Lemmas:
    """All that a word of a text is found by."""
    known, inside = lemmas(language), parts(language)
    return lambda word: (*alternatives(word, known), *inside(word.lower()))


def dictionary(language: str) -> Dictionary | None:
    """The dictionary of a language, if simplemma has one and it has been built."""
    path = file(language)
    if path is None:
        return None
    if path not in _open:
        if not path.exists():
            return None
        trie = BytesTrie()
        trie.mmap(str(path))
        _open[path] = Dictionary(simplemma_code(language), trie)
    return _open[path]


def listed(word: str, language: str) -> bool:
    """Whether the word list of a language is there and has a word."""
    found = dictionary(language)
    return found is not None and fold(word) in found


def written_with(language: str) -> str:
    """What a document of this language is analysed with at present; kept with the document."""
    by_rules = simplemma_code(language) == "mt"
    return VERSION if by_rules or dictionary(language) else FOLDED_WORDS


def simplemma_code(language: str) -> str:
    primary = language.lower().split("-")[0]
    return CODES.get(primary, primary)


def file(language: str) -> Path | None:
    """Where the dictionary of a language lies; None for a language that simplemma does not know."""
    code = simplemma_code(language)
    return directory() / VERSION / f"{code}.trie" if code in SUPPORTED_LANGUAGES else None


def directory() -> Path:
    return Path(getattr(settings, "SEARCH_DICTIONARIES", Path(settings.VAR_DIR) / "lemmas"))


def missing(languages: list[str]) -> list[str]:
    """Those of the languages whose dictionary has still to be built."""
    return [code for code in languages if (path := file(code)) and not path.exists()]


def build(language: str) -> Path | None:
    """Makes the dictionary of a language, whether or not there is one; safe beside running readers."""
    path = file(language)
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    try:
        BytesTrie(entries(simplemma_code(language))).save(str(part))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _open.pop(path, None)
    return path


def entries(code: str) -> Iterator[tuple[str, bytes]]:
    """All that the file of a language holds: its forms, and what their endings say."""
    sample, every, own = [], 1, set()
    for number, (form, lemma) in enumerate(pairs(code)):
        if 2 < len(lemma or form) < 40:
            own.add(lemma.decode() or form)
        if number % every == 0:
            sample.append((form, lemma.decode() or form))
            if len(sample) > 2 * SAMPLE:
                sample, every = sample[::2], 2 * every
        yield form, lemma
    yield from learned(sample)
    yield from compounds.learned(own, code)


def pairs(code: str) -> Iterator[tuple[str, bytes]]:
    """Folded forms with their folded lemmas; an empty lemma says that the form is its own.

    simplemma's public interface gives a whole word list as a dictionary of up to 1 GB, so its list
    is read record by record here; a test holds that this still works.
    """
    data = _read_decompressed(code)
    backwards, _count, start = frontcode._read_header(data)
    step = -1 if backwards else 1
    batch: list[str] = []
    for _place, form, lemma in frontcode._iter_records(data, start):
        batch += (form[::step].decode(), lemma[::step].decode())
        if len(batch) >= BATCH:
            yield from folded_pairs(batch)
            batch.clear()
    yield from folded_pairs(batch)


def folded_pairs(batch: list[str]) -> Iterator[tuple[str, bytes]]:
    """Forms and lemmas in turn, folded together: a letter costs one replacement in a whole batch."""
    text = "\n".join(batch).lower()
    for letter in set(text):
        if not letter.isascii() and (folded := fold_text(letter)) != letter:
            text = text.replace(letter, folded)
    found = iter(text.split("\n"))
    for form, lemma in zip(found, found, strict=True):
        yield form, b"" if form == lemma else lemma.encode()
