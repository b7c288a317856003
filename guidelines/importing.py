"""How a chapter of the handbook takes a text that an editor has as a file."""

from uuid import uuid4

from bs4 import BeautifulSoup
from django.db.models import Max
from django.utils.text import capfirst

from core.importing import Importer, Picture, Pictures, Section, Table, Text
from core.text import list_items, plain
from guidelines.blocks.handbook import ChecklistItemBlock, TableBlock
from guidelines.models import ChapterPage

LONGEST_ITEM = ChecklistItemBlock.base_blocks["text"].field.max_length
COLUMNS = TableBlock.base_blocks["columns"]
LONGEST_HEAD = COLUMNS.child_block.field.max_length
LONGEST_CELL = TableBlock.base_blocks["rows"].child_block.child_block.field.max_length


def fill(page: ChapterPage, chosen: list[tuple[str, Section]], pictures: Pictures) -> list[str]:
    """Writes sections into a chapter, the last of its handbook; see `core.importing.Importer`."""
    left: list[str] = []
    body: list[dict] = []
    checklist: list[dict] = []
    for name, section in chosen:
        if name == "checklist":
            # A picture has no place in a list of things to do; it stands in the text.
            body += pictures_of(section, pictures)
            checklist += items_of(section, left)
        else:
            body += blocks_of(section, pictures, left)
    page.body, page.checklist = body, checklist
    last = ChapterPage.objects.filter(locale=page.locale).aggregate(last=Max("number"))["last"]
    page.number = min((last or 0) + 1, 1000)
    return left


def block(kind: str, value) -> dict:
    return {"type": kind, "id": str(uuid4()), "value": value}


def blocks_of(section: Section, pictures: Pictures, left: list[str]) -> list[dict]:
    """A section as blocks of the text, in its order; tables that do not fit go to `left`."""
    made = [block("heading", section.title)] if section.title else []
    for piece in section.pieces:
        match piece:
            case Text(html):
                made.append(block("text", html))
            case Table(rows) if fits(rows):
                made.append(block("table", table(rows)))
            case Table():
                left.append(text_of(piece))
            case Picture(number) if number in pictures:
                made.append(block("picture", pictures[number]))
    return made


def pictures_of(section: Section, pictures: Pictures) -> list[dict]:
    return [block("picture", pictures[number]) for number in section.pictures if number in pictures]


def fits(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the block takes a table: a head of two to six columns, and a row below it."""
    return (
        len(rows) > 1
        and COLUMNS.meta.min_num <= len(rows[0]) <= COLUMNS.meta.max_num
        and all(head and len(head) <= LONGEST_HEAD for head in rows[0])
        and all(len(row) <= len(rows[0]) for row in rows)
        and all(len(cell) <= LONGEST_CELL for row in rows for cell in row)
    )


def table(rows: tuple[tuple[str, ...], ...]) -> dict:
    """The value of the table block; rows that are shorter than the head get empty cells."""
    head, *others = rows
    return {
        "columns": list(head),
        "rows": [[*row, *[""] * (len(head) - len(row))] for row in others],
    }


def text_of(piece: Table) -> str:
    return "\n".join(" | ".join(row) for row in piece.rows)


def items_of(section: Section, left: list[str]) -> list[dict]:
    """Things to do from the lists of a section, for the school on the first day until edited.

    What stands beside the lists, or is too long for one thing to do, goes to `left`.
    """
    left += [text_of(piece) for piece in section.tables]
    beside = BeautifulSoup(section.html, "html.parser")
    for found in beside.find_all(["ul", "ol"]):
        found.decompose()
    texts = list_items(section.html)
    left += [text for text in texts if len(text) > LONGEST_ITEM]
    if words := plain(str(beside)):
        left.append(words)
    return [
        block("item", {"text": text, "who": "school", "weeks": 0})
        for text in texts
        if len(text) <= LONGEST_ITEM
    ]


importer = Importer(
    targets=[
        (name, capfirst(ChapterPage._meta.get_field(name).verbose_name))
        for name in ("body", "checklist")
    ],
    fill=fill,
    fallback="body",
)
