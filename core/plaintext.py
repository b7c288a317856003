"""Rich text as members type it: plain paragraphs, and lines with a dash for a list."""

import re
from html import unescape

import nh3
from django.utils.html import escape

from core.text import without_controls

BULLET = re.compile(r"[-*•]\s+")


def to_html(text: str) -> str:
    """Typed text as HTML: paragraphs, and lists of lines that begin with a dash. Tags stay text.

    >>> to_html("Two dates.\\n\\n- theirs\\n- <b>ours</b>")
    '<p>Two dates.</p><ul><li>theirs</li><li>&lt;b&gt;ours&lt;/b&gt;</li></ul>'
    """
    parts: list[str] = []
    for block in re.split(r"\n\s*\n", lines_of(text)):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines and all(BULLET.match(line) for line in lines):
            items = "".join(f"<li>{escape(BULLET.sub('', line, count=1))}</li>" for line in lines)
            parts.append(f"<ul>{items}</ul>")
        elif lines:
            parts.append(f"<p>{'<br/>'.join(escape(line) for line in lines)}</p>")
    return "".join(parts)


def to_text(html: str) -> str:
    """Rich text as it is shown in a text area; what `to_html` made comes back as it was.

    >>> to_text("<p>Two dates.</p><ul><li>theirs</li><li>&lt;ours&gt;</li></ul>")
    'Two dates.\\n\\n- theirs\\n- <ours>'
    """
    text = re.sub(r"\s*<br ?/?>\s*", "\n", html)
    text = re.sub(r"<li[^>]*>", "\n- ", text)
    text = re.sub(r"</(p|ul|ol|h[1-6])>", "\n\n", text)
    text = unescape(nh3.clean(text, tags=set()))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", text)).strip()


def lines_of(text: str) -> str:
    """Text as it is kept: lines end in one way, and no control characters."""
    return without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
