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
    """A field of the text with its own spot and those of its blocks.

    `is_open` says whether it has to be looked at.
    """

    of: Field
    own: Spot
    blocks: list[Spot]
    is_open: bool


class Rows:
    """The fields as rows. Comments are handed out to their spots; `left` are those without one.

    `marked` says whether they are compared with another version; if not, all that is not empty is open.
    """

    def __init__(
        self,
        fields: list[Field],
        comments: list[Remark],
        sources: dict[str, list[str]],
        marked: bool = True,
    ):
        self.left, self.sources, self.marked = list(comments), dict(sources), marked
        self.all = [self.row(one) for one in fields]

    def row(self, of: Field) -> Row:
        blocks = [self.spot(f"{of.name}.{block.id}", block) for block in of.blocks]
        own = self.spot(of.name, of)
        looked_at = of.state != State.SAME if self.marked else not of.is_empty
        return Row(of, own, blocks, looked_at or any(spot.comments for spot in [own, *blocks]))

    def spot(self, key: str, of: Field | Block) -> Spot:
        inside = () if isinstance(of, Field) else f"{key}."
        mine = [one for one in self.left if one.path == key or one.path.startswith(inside)]
        self.left = [one for one in self.left if one not in mine]
        rows = [{"part": part, "source": self.sources.pop(part.path, [])} for part in of.parts]
        places = [(part.path, part.label) for part in of.parts]
        form = FieldCommentForm(places, auto_id=f"comment-{key}-%s")
        return Spot(key, of, rows, mine, form)

    def find(self, path: str) -> Spot | None:
        """The spot that a comment about `path` belongs to."""
        for row in self.all:
            for spot in [row.own, *row.blocks]:
                if any(part.path == path for part in spot.of.parts):
                    return spot
        return None

    @property
    def changed(self) -> bool:
        return any(row.of.state != State.SAME for row in self.all)

    @property
    def same(self) -> int:
        """How many fields need not be looked at: they did not change, or are empty."""
        return sum(not row.is_open for row in self.all)
