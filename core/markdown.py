"""Reads text files with front matter, as the shipped and the demonstration texts are kept."""

import re
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})


def read(path: Path) -> tuple[dict, str]:
    """Front matter and body of a file; raises `ValueError` naming a file without front matter."""
    found = re.match(r"---\n(.*?)\n---\n?(.*)\Z", path.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{path}: the file must begin with front matter between lines of ---")
    return yaml.load(found[1], yaml.CSafeLoader) or {}, found[2]


def html(text: str) -> str:
    """Markdown as HTML; raw HTML in it is escaped."""
    return _markdown.render(text.strip()).strip()


def sections(body: str, level: int = 2) -> list[tuple[str, str]]:
    """The parts of a body under headings of a level; what stands before them has the title "".

    >>> sections("before\\n\\n## One\\n\\ntext")
    [('', 'before'), ('One', 'text')]
    """
    parts = re.split(rf"^{'#' * level} +(.+)$", body, flags=re.MULTILINE)
    found = [("", parts[0].strip())] + [
        (title.strip(), text.strip()) for title, text in zip(parts[1::2], parts[2::2], strict=True)
    ]
    return [(title, text) for title, text in found if title or text]
