"""Which files people may send to each other: told by their content, never by their name alone.

Values in, values out. What a browser could run (HTML, SVG, scripts) and what a program could run
(macros, archives of anything) is not taken; pictures are stored anew, without place and camera.
"""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from core import pictures
from core.text import without_controls

MOST_BYTES = 10 * 1024 * 1024  # of one file
MOST_FILES = 5  # of one message
MOST_OF_A_DEAL = 200 * 1024 * 1024
LONGEST_NAME = 150
MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "odt": f"{OPEN_DOCUMENT}text",
    "ods": f"{OPEN_DOCUMENT}spreadsheet",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "txt": "text/plain",
    "csv": "text/csv",
}
ACCEPTED = ",".join(f".{ending}" for ending in TYPES)
PICTURES = {"jpg", "jpeg", "png", "webp"}
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MARKUP = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<?php",
    b"#!",
)


class WrongFile(Exception):
    """A file that is not taken; `str()` says why and what to do."""


@dataclass(frozen=True)
class Checked:
    """A file as it is stored: the name that people see, its type, its bytes and their hash."""

    name: str
    type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


def checked(name: str, content: bytes) -> Checked:
    """The file that may be stored. Raises `WrongFile`.

    >>> checked("../plan.txt", b"Two benches.").name
    'plan.txt'
    """
    name = tidy(name)
    ending = PurePath(name).suffix.lower().lstrip(".")
    if not content:
        raise WrongFile(_("“%(name)s” is empty.") % {"name": name})
    if len(content) > MOST_BYTES:
        raise WrongFile(_("“%(name)s” is larger than 10 MB.") % {"name": name})
    if ending not in TYPES:
        raise WrongFile(
            _(
                "“%(name)s” is of a kind that is not taken. Send a PDF, a picture (JPEG, PNG, WebP), "
                "an ODT, ODS, DOCX or XLSX file, or plain text."
            )
            % {"name": name}
        )
    if ending in PICTURES:
        name, content = picture(name, content)
        ending = PurePath(name).suffix.lstrip(".")
    elif not fits(ending, content):
        raise WrongFile(
            _(
                "The content of “%(name)s” does not fit its name. Save it again in its own format, "
                "without macros, and choose it again."
            )
            % {"name": name}
        )
    return Checked(name, TYPES[ending], content, hashlib.sha256(content).hexdigest())


def tidy(name: str) -> str:
    """The last part of a name, without what a header or a file system could trip over.

    >>> tidy('C:\\\\temp\\\\a"b\\n.pdf')
    'ab.pdf'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    last = "".join(
        one for one in without_controls(last) if one.isprintable() and one not in '"<>|:*?'
    )
    path = PurePath(" ".join(last.split()).strip(". ") or "file")
    ending = path.suffix[:10]
    return path.name.removesuffix(path.suffix)[: LONGEST_NAME - len(ending)] + ending


def picture(name: str, content: bytes) -> tuple[str, bytes]:
    """A picture stored anew, with the ending that fits its content."""
    try:
        made = pictures.prepared(content)
    except (pictures.WrongFormat, pictures.TooManyPixels) as error:
        raise WrongFile(f"“{name}”: {error}") from error
    if made.ending not in PICTURES:
        raise WrongFile(f"“{name}”: {pictures.WrongFormat()}")
    return f"{PurePath(name).stem}.{made.ending}", made.content


def fits(ending: str, content: bytes) -> bool:
    """Whether the bytes are what the ending says."""
    if ending == "pdf":
        return content[:5] == b"%PDF-"
    if ending in ("txt", "csv"):
        return is_text(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return False
            if any("vbaproject" in one.lower() or one.startswith("Basic/") for one in names):
                return False
            if ending in MAIN_PART:
                return "[Content_Types].xml" in names and MAIN_PART[ending] in names
            if "mimetype" not in names or archive.getinfo("mimetype").file_size > 200:
                return False
            return archive.read("mimetype").decode("ascii", "replace").strip() == TYPES[ending]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False


def is_text(content: bytes) -> bool:
    """Text of people: in UTF-8 or an older code of letters, no markup that a browser would run.

    >>> is_text("Ąžuolas; 12".encode()), is_text(b"  <SVG onload=x>"), is_text(b"a\\0b")
    (True, False, False)
    """
    if b"\0" in content:
        return False
    begins = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower()
    return not begins.startswith(MARKUP)
