"""Finds text in templates that a reader would see untranslated."""

import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

ATTRIBUTES = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "data-label",
    "label",
    "placeholder",
    "summary",
    "title",
}
SILENT = {"script", "style"}
VOID = set("area base br col embed hr img input link meta source track wbr".split())
LETTER = re.compile(r"[^\W\d_]")
STAND_IN = "\ue000"
HIDDEN_BLOCKS = {
    "blocktranslate": "endblocktranslate",
    "blocktrans": "endblocktrans",
    "comment": "endcomment",
}
COUNTING_FILTER = re.compile(r"""\|(?:yesno|pluralize):(["'])(.*?)\1""")
FALLBACK_FILTER = re.compile(r"""\|(?:default|default_if_none|add):(["'])(.*?)\1""")
WORDY_ARGUMENT = re.compile(r"""\b(?:label|title|text|placeholder|legend)=(["'])(.*?)\1""")


class VisibleText(HTMLParser):
    """Collects visible text and attributes; an element with translate="no" is left alone."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def silent(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def note(self, text: str) -> None:
        if text and LETTER.search(text.replace(STAND_IN, "")) and not self.silent:
            self.found.append((self.getpos()[0], " ".join(text.replace(STAND_IN, "…").split())))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        silent = self.silent or tag in SILENT or attributes.get("translate") == "no"
        if tag not in VOID:
            self.open.append((tag, silent))
        for name in ATTRIBUTES & attributes.keys():
            self.note(attributes[name])
        if tag == "meta" and attributes.get("name") == "description":
            self.note(attributes.get("content"))
        if tag == "input" and attributes.get("type") in ("submit", "button", "reset"):
            self.note(attributes.get("value"))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        for position in range(len(self.open) - 1, -1, -1):
            if self.open[position][0] == tag:
                del self.open[position:]
                return

    def handle_data(self, data):
        self.note(data)


def untranslated(source: str, is_html: bool = True) -> list[tuple[int, str]]:
    """Text outside translation, as (line, text).

    >>> untranslated('<p title="{{ name }}">{% translate "Menu" %} <b>Home</b></p>')
    [(1, 'Home')]
    """
    pieces, found, until = [], [], ""
    for token in Lexer(source).tokenize():
        if until:
            text = STAND_IN if token.contents == until else ""
            until = "" if text else until
            pieces.append(text + "\n" * token.contents.count("\n"))
        elif token.token_type == TokenType.TEXT:
            pieces.append(token.contents)
        elif token.token_type == TokenType.COMMENT:
            pieces.append("\n" * token.contents.count("\n"))
        else:
            found += [(token.lineno, text) for text in in_tag(token.contents)]
            until = HIDDEN_BLOCKS.get(token.contents.split()[0], "")
            pieces.append("" if until else STAND_IN)
    text = "".join(pieces)
    if is_html:
        parser = VisibleText()
        parser.feed(re.sub(f"(</?){STAND_IN}", r"\1x", text))  # the name of a tag may be a variable
        parser.close()
        return sorted(found + parser.found)
    lines = enumerate(text.splitlines(), 1)
    return sorted(
        found
        + [(n, line.strip()) for n, line in lines if LETTER.search(line.replace(STAND_IN, ""))]
    )


def in_tag(contents: str) -> list[str]:
    """Words that stand as they are in a tag or a variable: fallbacks, and texts of components."""
    words = [text for _quote, text in COUNTING_FILTER.findall(contents)]
    fallbacks = [text for _quote, text in FALLBACK_FILTER.findall(contents)]
    words += [text for text in fallbacks if " " in text or text != text.lower()]
    if contents.startswith(("include ", "with ")):
        words += [text for _quote, text in WORDY_ARGUMENT.findall(contents)]
    return [text for text in words if LETTER.search(text)]
