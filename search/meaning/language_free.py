"""Vectors freed of their language, so that what means the same lies together in all languages.

Multilingual models put texts of one language beside each other, whatever they say: most of what is
nearest to a Latvian question is Latvian. The directions in which the languages differ are learned once
from terms that stand in every language: the mean vector of each language, less the mean of all, and of
these means the strongest directions by singular values. Every vector loses the mean and its part in
these directions.

Pure: arrays in, arrays out. One model's vectors are never compared with another's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

VERSION = 1  # grows when what is learned changes; vectors are then made again
DIRECTIONS = 24
# Of the terms of different meaning in different languages, so many are less alike than the threshold.
UNLIKE = 0.98


@dataclass(frozen=True)
class Freedom:
    """What is taken out of a model's vectors, and how alike two must be to have to do with each other.

    `meanings` has a row for each of the `terms` that it was learned from: the mean of its vectors in all
    languages, freed, of length 1.
    """

    mean: np.ndarray
    directions: np.ndarray
    threshold: float
    terms: tuple[str, ...] = ()
    meanings: np.ndarray | None = None

    def free(self, vectors: np.ndarray) -> np.ndarray:
        """Vectors (one a row) without their language, of length 1.

        >>> Freedom(np.zeros(2), np.array([[0.0, 1.0]]), 0.2).free(np.array([[3.0, 4.0]])).tolist()
        [[1.0, 0.0]]
        """
        centred = np.asarray(vectors, dtype=np.float32) - self.mean
        return unit(centred - (centred @ self.directions.T) @ self.directions)

    def save(self, file: Path | BinaryIO) -> None:
        np.savez_compressed(
            file,
            version=VERSION,
            mean=self.mean.astype(np.float16),
            directions=self.directions.astype(np.float16),
            threshold=self.threshold,
            **({} if self.meanings is None else self.learned_from()),
        )

    def learned_from(self) -> dict[str, np.ndarray]:
        return {"terms": np.array(self.terms), "meanings": self.meanings.astype(np.float16)}

    @classmethod
    def load(cls, file: Path | BinaryIO) -> "Freedom | None":
        """None if what was saved is of another version."""
        with np.load(file, allow_pickle=False) as saved:
            if saved["version"] != VERSION:
                return None
            return cls(
                saved["mean"].astype(np.float32),
                saved["directions"].astype(np.float32),
                float(saved["threshold"]),
                tuple(map(str, saved.get("terms", ()))),
                saved["meanings"].astype(np.float32) if "meanings" in saved else None,
            )


def learn(
    groups: Sequence[np.ndarray], directions: int = DIRECTIONS, terms: Sequence[str] = ()
) -> Freedom:
    """Learns from the vectors of terms: for each role an array of languages × terms × numbers.

    Roles are those of the provider, first questions, last passages; every array has the same languages
    and terms in the same order, which `terms` names.
    """
    mean = np.concatenate([group.reshape(-1, group.shape[-1]) for group in groups]).mean(axis=0)
    means = np.concatenate([group.mean(axis=1) for group in groups]) - mean
    found = np.linalg.svd(means, full_matrices=False)[2][:directions]
    learned = Freedom(mean, found, 0.0)
    questions, passages = learned.free(groups[0]), learned.free(groups[-1])
    meanings = unit(passages.mean(axis=0)) if terms else None
    return Freedom(mean, found, threshold(questions, passages), tuple(terms), meanings)


def threshold(questions: np.ndarray, passages: np.ndarray) -> float:
    """How alike terms of different meaning in different languages are, but for the last 2 %."""
    alike = np.einsum("lti,msi->lmts", questions, passages)
    languages, terms = questions.shape[:2]
    unlike = alike[~np.eye(languages, dtype=bool)][:, ~np.eye(terms, dtype=bool)]
    return round(float(np.quantile(unlike, UNLIKE)), 3)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length 1; what has no length stays nothing."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)
