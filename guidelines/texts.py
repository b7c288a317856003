"""Reads the text of a chapter, written in Markdown, as the blocks of its stream."""

import re
from collections.abc import Iterator
from itertools import count, groupby
from uuid import NAMESPACE_URL, uuid5

from core import markdown
from core.text import plain

# The word before the colon that makes a section the example, in every interface language.
EXAMPLE = "Example|Esimerkki|Esempio|Pavyzdys|Piemērs|Przykład|Exemplo|Beispiel"
RULE = re.compile(r"[-: ]+")


def blocks(body: str, name: str) -> list[dict]:
    """The parts of a text as raw blocks of a `ChapterStream`.

    `## Heading` divides; a section `## Example: …` becomes an example, lines that begin with `|` a
    table, lines that begin with `>` words to use, all else text. Ids are made from `name` and the
    position, so that translations with the same parts meet block by block.

    >>> [(one["type"], one["value"]) for one in blocks("## A\\n\\nb\\n\\n> c", "x")]
    [('heading', 'A'), ('text', '<p>b</p>'), ('wording', '<p>c</p>')]
    """
    ids = (str(uuid5(NAMESPACE_URL, f"{name}/{number}")) for number in count())
    return [
        {"type": kind, "id": next(ids), "value": with_ids(value, ids)}
        for kind, value in parts(body)
    ]


def parts(body: str) -> Iterator[tuple[str, object]]:
    """Kind and value of each part, in their order."""
    for title, section in markdown.sections(body):
        example = re.match(rf"(?:{EXAMPLE})\s*:\s*(.+)", title)
        found = list(kinds(section))
        if example:
            first = found.pop(0) if found and found[0][0] == "text" else ("text", "")
            yield "example", {"title": plain_markdown(example[1]), "text": first[1]}
        elif title:
            yield "heading", plain_markdown(title)
        yield from found


def kinds(section: str) -> Iterator[tuple[str, object]]:
    """Tables, words to use and text of a section."""
    for mark, group in groupby(section.splitlines(), key=mark_of):
        lines = list(group)
        if mark == "|":
            yield "table", table(lines)
            continue
        if mark == ">":
            lines = [line.removeprefix(">").removeprefix(" ") for line in lines]
        if text := "\n".join(lines).strip():
            yield ("wording" if mark else "text"), markdown.html(text)


def mark_of(line: str) -> str:
    """What makes a line a part of a table or of words to use; nothing in a line of text."""
    return line[:1] if line.startswith(("|", ">")) else ""


def table(lines: list[str]) -> dict:
    """A Markdown table; every row has as many cells as the head."""
    rows = [cells(line) for line in lines]
    head, rest = rows[0], [row for row in rows[1:] if not all(RULE.fullmatch(c) for c in row)]
    return {"columns": head, "rows": [(row + [""] * len(head))[: len(head)] for row in rest]}


def cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [
        plain_markdown(cell.replace("\\|", "|").strip()) for cell in re.split(r"(?<!\\)\|", inner)
    ]


def plain_markdown(text: str) -> str:
    """A line of Markdown without its marks."""
    return plain(markdown.html(text)) if text and not RULE.fullmatch(text) else text


def with_ids(value: object, ids: Iterator[str]) -> object:
    """Lists inside a block as the editor keeps them: each item with an id."""
    if isinstance(value, dict):
        return {name: with_ids(one, ids) for name, one in value.items()}
    if isinstance(value, list):
        return [{"type": "item", "id": next(ids), "value": with_ids(one, ids)} for one in value]
    return value
