"""Finds the strings of our code and templates, and brings the catalogues up to date with them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import django
import polib
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from django.conf import settings
from django.utils.translation.template import templatize

from core.checks import our_apps
from portal.catalogues import folder, ours

COMMENT = "Translators:"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"#\s*({COMMENT}[^\n]*)|\b(n?p?gettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")
PERCENT = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*[diouxXeEfFgGcrs]")
WIDTH = 100


@dataclass
class Message:
    """A string to translate, and where it stands."""

    text: str
    plural: str = ""
    context: str = ""
    places: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def templates() -> list[Path]:
    """Our templates, pages and mails alike."""
    return [
        path
        for app in our_apps()
        for path in sorted(Path(app.path, "templates").rglob("*.*"))
        if path.suffix in (".html", ".txt", ".xml")
    ]


def modules() -> list[Path]:
    return [
        path
        for app in our_apps()
        for path in sorted(Path(app.path).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def in_template(source: str) -> Iterator[Message]:
    """The strings of a template.

    >>> [m.text for m in in_template('{% load i18n %}<p>{% translate "Menu" %}</p>')]
    ['Menu']
    """
    comment, comment_line = "", -9
    code = templatize(source)
    for found in CALL.finditer(code):
        line = code.count("\n", 0, found.start())
        if found[1]:
            comment, comment_line = found[1].strip(), line
            continue
        texts = [ast.literal_eval(text) for text in re.findall(LITERAL, found[3])]
        name = found[2]
        context = texts.pop(0) if "pg" in name else ""
        plural = texts[1] if name.startswith("n") else ""
        near = line - comment_line <= 1
        yield Message(texts[0], plural, context, comments=[comment] if near else [])


def in_module(path: Path) -> Iterator[Message]:
    """The strings of a Python file."""
    for _line, text, comments, context in extract_from_file(
        "python", path, keywords=KEYWORDS, comment_tags=[COMMENT], strip_comment_tags=False
    ):
        texts = text if isinstance(text, tuple) else (text, "")
        yield Message(texts[0], texts[1], context or "", comments=comments)


def messages() -> dict[tuple[str, str], Message]:
    """Every string of ours by context and text."""
    found: dict[tuple[str, str], Message] = {}
    for path in [*modules(), *templates()]:
        place = str(path.relative_to(settings.BASE_DIR))
        is_module = path.suffix == ".py"
        for message in in_module(path) if is_module else in_template(path.read_text()):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.places += [place] if place not in known.places else []
            known.comments += [one for one in message.comments if one not in known.comments]
    return found


@cache
def plural_forms(code: str) -> str:
    """How a language counts plural forms: as in Django's own catalogue, else as CLDR says."""
    theirs = folder(Path(django.__file__).parent / "conf" / "locale", code) / "django.po"
    if theirs.exists():
        return polib.pofile(str(theirs)).metadata["Plural-Forms"]
    return Catalog(locale=code.replace("-", "_")).plural_forms


def plural_count(code: str) -> int:
    """How many plural forms a language has in a catalogue."""
    return int(re.search(r"nplurals\s*=\s*(\d+)", plural_forms(code))[1])


def header(code: str) -> dict[str, str]:
    """What stands first in a catalogue."""
    return {
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(code),
    }


def update(code: str, found: dict[tuple[str, str], Message]) -> tuple[int, int]:
    """Brings a catalogue up to date; returns how many strings came and how many went."""
    path = ours(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = header(code)
    for key, message in found.items():
        new.append(entry_for(message, known.get(key), plural_count(code)))
    new.save(str(path))
    return len(found.keys() - known.keys()), len(known.keys() - found.keys())


def entry_for(message: Message, known: polib.POEntry | None, plurals: int) -> polib.POEntry:
    """The catalogue's entry for a string, with the translation that it has already."""
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context or None,
        occurrences=[(place, "") for place in message.places],
        comment="\n".join(message.comments),
        flags=["python-format"] if PERCENT.search(message.text + message.plural) else [],
    )
    if known and "fuzzy" in known.flags:
        entry.flags.append("fuzzy")
    if message.plural:
        entry.msgid_plural = message.plural
        translated = known.msgstr_plural if known else {}
        entry.msgstr_plural = {form: translated.get(form, "") for form in range(plurals)}
    elif known:
        entry.msgstr = known.msgstr
    return entry
