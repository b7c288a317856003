"""What a text brought from elsewhere is made of, and how a kind of page takes it.

`imports` reads files into a `Reading` and asks where each section goes; the app of the page says by an
`Importer`, registered with its kind, which places it has and fills them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """Paragraphs and lists, as clean HTML: p, ul, ol, li, b, a."""

    html: str


@dataclass(frozen=True)
class Table:
    """A table's cells as plain text, row by row."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture in the file, by its place among the pictures that were read."""

    number: int


@dataclass(frozen=True)
class Section:
    """What stands under one heading; the title of what stands before the first is ""."""

    title: str
    pieces: tuple[Text | Table | Picture, ...]

    @property
    def html(self) -> str:
        return "".join(piece.html for piece in self.pieces if isinstance(piece, Text))

    @property
    def tables(self) -> list[Table]:
        return [piece for piece in self.pieces if isinstance(piece, Table)]

    @property
    def pictures(self) -> list[int]:
        return [piece.number for piece in self.pieces if isinstance(piece, Picture)]


@dataclass(frozen=True)
class PictureData:
    """A picture of the file. `name` has its ending, `alt` is what the file says of it."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True)
class Reading:
    """A file as it was read. `left_out` says, a sentence or a text each, what could not be taken."""

    title: str
    sections: tuple[Section, ...]
    pictures: tuple[PictureData, ...] = ()
    left_out: tuple[str, ...] = ()


# What a picture became: the raw value of `core.blocks.PictureBlock`, by the picture's number.
Pictures = dict[int, dict]


@dataclass(frozen=True)
class Importer:
    """How a kind of page takes an imported text.

    `targets` are the places a section may go to, as (name, label). `fill(page, chosen, pictures)`
    writes `chosen`, pairs of a target's name and a section, into a new page and returns, a sentence
    or a text each, what the page has no place for. `fallback` is the place for an unknown heading;
    "" leaves it to the editor.
    """

    targets: Sequence[tuple[str, str]]
    fill: Callable[[object, list[tuple[str, Section]], Pictures], list[str]]
    fallback: str = field(default="")
