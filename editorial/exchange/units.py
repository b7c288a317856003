"""What a file for translators holds, whichever its format, and why one is refused."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Unit:
    """A string of an item: where it stands (`path`), its source and its translation as HTML.

    `line` is where it stands in the file; `unsure` whether the file marks it as not finished.
    """

    path: str
    source: str
    target: str
    line: int = 0
    label: str = ""
    unsure: bool = False


@dataclass(frozen=True)
class Sheet:
    """One translation as a file: of which record, from and into which language, and as of when."""

    translation: str
    source_language: str
    target_language: str
    exported: datetime.datetime
    title: str = ""
    units: list[Unit] = field(default_factory=list)


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
