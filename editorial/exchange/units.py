"""What a file for translators holds, whichever its format, and why one is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Unit:
    """A string of an item: where it stands (`path`), its source and its translation as HTML.

    `known` is the fingerprint of the translation that stood here when the file was made, empty where
    the file does not say it; `line` is where it stands in the file; `unsure` whether the file marks it
    as not finished.
    """

    path: str
    source: str
    target: str
    line: int = 0
    label: str = ""
    known: str = ""
    unsure: bool = False


@dataclass(frozen=True)
class Sheet:
    """One translation as a file: of which record, from and into which language."""

    translation: str
    source_language: str
    target_language: str
    title: str = ""
    units: list[Unit] = field(default_factory=list)


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is called, by which endings it is known, how it is read and written.

    `label` is its name with the version that people look for. `coded` gives a source as `read` finds it in a file, `restored` a translation from a file as HTML
    with the tags of its source.
    """

    name: str
    label: str
    endings: tuple[str, ...]
    type: str
    read: Callable[[bytes], Sheet]
    write: Callable[[Sheet], bytes]
    coded: Callable[[str], str] = lambda source: source
    restored: Callable[[str, str], str] = lambda text, source: text

    @property
    def key(self) -> str:
        """As it stands in addresses."""
        return self.name.lower()


@dataclass(frozen=True)
class Reason:
    """Why something of a file was not taken; `line` is 0 where it is about the whole."""

    line: int
    text: str


class Refused(Exception):
    """A file is not taken; nothing has changed."""

    def __init__(self, *reasons: Reason):
        super().__init__("; ".join(reason.text for reason in reasons))
        self.reasons = list(reasons)


def refuse(text, line: int = 0) -> Refused:
    return Refused(Reason(line, str(text)))
