"""The machine for plain texts that are no pages, such as messages (`core.machine`)."""

from collections.abc import Sequence
from html import escape

from wagtail.models import Locale

from core import machine
from core.text import plain
from editorial.machine.engines import engine


def available(source: str, target: str) -> bool:
    chosen = engine()
    return chosen is not None and chosen.can_translate(*locales(source, target))


def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
    """Translations in the order of the texts; "" where the machine gave none."""
    chosen = engine()
    found: dict[str, str] = {}
    for answer in chosen.translate(*locales(source, target), map(escape, texts)) if chosen else ():
        found |= answer
    return [plain(found.get(escape(text), "")) for text in texts]


def locales(*codes: str) -> list[Locale]:
    """Locales as the machines want them: they look at the code alone, so no query is made."""
    return [Locale(language_code=code) for code in codes]


def install() -> None:
    machine.register(machine.Machine(available, translate))
