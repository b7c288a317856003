"""A model of meaning small enough to foresee: it knows a few words of three languages."""

import numpy as np

from search.meaning.language_free import Freedom

LANGUAGES = ("en", "fi", "lv")
MEANINGS = (
    ("maintenance", "huolto", "apkope"),
    ("hat", "hattu", "cepure"),
    ("bread", "leipä", "maize"),
    ("glass", "lasi", "stikls"),
)
WORDS = {
    word: (place, language)
    for place, row in enumerate(MEANINGS)
    for language, word in enumerate(row)
}
WIDTH = len(MEANINGS) + len(LANGUAGES)


class Toy:
    """Words of one meaning differ by their language alone, and by that much."""

    model = "toy"
    asked = 0

    def embed(self, texts, role):
        type(self).asked += len(texts)
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for word in text.lower().replace(".", " ").split():
                if word in WORDS:
                    meaning, language = WORDS[word]
                    vector[meaning] += 1
                    vector[len(MEANINGS) + language] += 3
        return vectors


FREEDOM = Freedom(
    mean=np.zeros(WIDTH, dtype=np.float32),
    directions=np.eye(WIDTH, dtype=np.float32)[len(MEANINGS) :],
    threshold=0.2,
)
