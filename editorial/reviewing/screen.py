"""What changed, with what belongs to each place: comments, the form for one, the source text."""

from dataclasses import dataclass

from editorial.reviewing.comments import Remark
from editorial.reviewing.comparison import Block, Field, State
from editorial.reviewing.forms import FieldCommentForm


@dataclass
class Spot:
    """A field without blocks, or a block: where comments stand."""

    key: str
    of: Field | Block
    rows: list[dict]
    comments: list[Remark]
    form: FieldCommentForm


@dataclass
class Row:
    """A field of the text with its one spot, or with those of its blocks."""

    of: Field
    spots: list[Spot]

    @property
    def is_open(self) -> bool:
        """Whether it has to be looked at."""
        return self.of.state != State.SAME or any(spot.comments for spot in self.spots)


class Rows:
    """The fields as rows. Comments are handed out to their spots; `left` are those without one."""

    def __init__(self, fields: list[Field], comments: list[Remark], sources: dict[str, list[str]]):
        self.left, self.sources = list(comments), dict(sources)
        self.all = [Row(one, list(self.spots(one))) for one in fields]

    def spots(self, of: Field):
        if not of.blocks:
            yield self.spot(of.name, of)
        for block in of.blocks:
            yield self.spot(f"{of.name}.{block.id}", block)

    def spot(self, key: str, of: Field | Block) -> Spot:
        mine = [one for one in self.left if one.path == key or one.path.startswith(f"{key}.")]
        self.left = [one for one in self.left if one not in mine]
        rows = [{"part": part, "source": self.sources.pop(part.path, [])} for part in of.parts]
        places = [(part.path, part.label) for part in of.parts]
        form = FieldCommentForm(places, auto_id=f"comment-{key}-%s")
        return Spot(key, of, rows, mine, form)

    def find(self, path: str) -> Spot | None:
        """The spot that a comment about `path` belongs to."""
        for row in self.all:
            for spot in row.spots:
                if any(part.path == path for part in spot.of.parts):
                    return spot
        return None

    @property
    def changed(self) -> bool:
        return any(row.of.state != State.SAME for row in self.all)

    @property
    def same(self) -> int:
        """How many fields need not be looked at."""
        return sum(not row.is_open for row in self.all)
