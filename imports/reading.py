"""Reads a Word or Markdown file into sections, pictures and what could not be taken over.

Pure: bytes in, a `Reading` out. Nothing of the file is executed, nothing is fetched from elsewhere.
"""

import io
import re
from pathlib import PurePath
from xml.etree import ElementTree

import mammoth
import nh3
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from core import archives
from core.importing import Picture, PictureData, Reading, Section, Table, Text
from core.pictures import TooManyPixels, WrongFormat
from core.pictures import ending as ending_of
from core.text import plain, without_controls

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 80 * MEGABYTE
MOST_PARTS = 2000
MOST_PICTURES = 30
TAGS = {"p", "ul", "ol", "li", "b", "strong", "a", "br"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORIES = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml")
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


class Unreadable(Exception):
    """The file cannot be read; its message says why, for the person who sent it."""


def read(name: str, content: bytes) -> Reading:
    """A file as a reading; raises `Unreadable`.

    `name` decides by its ending: `.docx`, `.md` or `.markdown`. At most 10 MB, unpacked 80 MB.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("The file is larger than 10 MB."))
    ending = PurePath(name).suffix.lower()
    if ending == ".docx":
        return read_docx(name, content)
    if ending in (".md", ".markdown"):
        return read_markdown(name, content)
    raise Unreadable(_("Choose a file whose name ends in .docx or .md."))


# ---- Word ----------------------------------------------------------------------------------


def read_docx(name: str, content: bytes) -> Reading:
    """A Word file. Refused are packed bombs, macros and what is no Word file at all."""
    texts = word_texts(content)
    pictures: list[PictureData] = []
    left_out: list[str] = []

    def keep(image) -> dict:
        with image.open() as file:
            data = file.read()
        found = picture(data, image.alt_text or "", len(pictures))
        if isinstance(found, str):
            left_out.append(found)
            return {"src": ""}
        pictures.append(found)
        return {"src": f"picture:{len(pictures) - 1}"}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(content), convert_image=mammoth.images.img_element(keep)
        )
    except Exception as error:  # whatever a broken file makes the library raise
        raise Unreadable(not_word()) from error
    title, sections = divide(result.value)
    taken = squeeze(title + " " + plain(result.value))
    left_out += [text for text in texts if squeeze(text) not in taken]
    return Reading(
        title or PurePath(name).stem, tuple(sections), tuple(pictures), tuple(unique(left_out))
    )


def word_texts(content: bytes) -> list[str]:
    """Every paragraph of a Word file, also those in boxes, notes, headers and remarks."""
    try:
        archive = archives.opened(content, MOST_PARTS, LARGEST_UNPACKED)
    except archives.TooLarge as error:
        raise Unreadable(_("This file becomes far too large when it is unpacked.")) from error
    except archives.BadArchive as error:
        raise Unreadable(not_word()) from error
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(_("This file holds macros. Save it as a document without macros (.docx)."))
    if "word/document.xml" not in names:
        raise Unreadable(not_word())
    found = []
    for name in sorted(names):
        if STORIES.fullmatch(name):
            found += paragraphs(part_of(archive, name))
    return found


def part_of(archive, name: str) -> bytes:
    """A part of the file, without entities of its own."""
    try:
        data = archives.part_of(archive, name)
    except archives.BadArchive as error:
        raise Unreadable(not_word()) from error
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise Unreadable(not_word())
    return data


def paragraphs(data: bytes) -> list[str]:
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  (entities are refused above)
    except ElementTree.ParseError as error:
        raise Unreadable(not_word()) from error
    found = []
    for paragraph in root.iter(f"{WORD}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{WORD}t"))
        if text.strip():
            found.append(text.strip())
    return found


def picture(data: bytes, alt: str, number: int) -> PictureData | str:
    """A picture that can be shown, or the sentence that says why it cannot."""
    said = alt or _("without a description")
    if number >= MOST_PICTURES:
        return _("Picture (%(alt)s): only the first 30 pictures are taken.") % {"alt": said}
    try:
        ending = ending_of(data)
    except WrongFormat:
        return _("Picture (%(alt)s): its format cannot be shown on the web.") % {"alt": said}
    except TooManyPixels:
        return _("Picture (%(alt)s): it has more than 40 million pixels.") % {"alt": said}
    return PictureData(f"picture-{number + 1}.{ending}", data, alt)


def not_word() -> str:
    return _("This is not a Word file, or it is damaged. Open it in Word and save it as .docx.")


# ---- Markdown ------------------------------------------------------------------------------


def read_markdown(name: str, content: bytes) -> Reading:
    """A Markdown file in UTF-8. Raw HTML in it is text; pictures are elsewhere and are listed."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("This text is not in UTF-8. Save it again with that encoding.")
        ) from error
    text = without_controls(text.replace("\r\n", "\n"))
    left_out = []
    if front := re.match(r"---\n(.*?)\n---\n", text, re.DOTALL):
        left_out.append(front[1])
        text = text[front.end() :]
    html = BeautifulSoup(_markdown.render(text), "html.parser")
    for image in html.find_all("img"):
        said = {"alt": image.get("alt") or _("without a description"), "address": image["src"]}
        left_out.append(_("Picture (%(alt)s): it is not in the file but at %(address)s.") % said)
        image.decompose()
    title, sections = divide(str(html))
    return Reading(title or PurePath(name).stem, tuple(sections), (), tuple(unique(left_out)))


# ---- Both ----------------------------------------------------------------------------------


def divide(html: str) -> tuple[str, list[Section]]:
    """The title, which is a first heading of the first level, and the sections of a text."""
    title, heading = "", ""
    pieces: list = []
    sections: list[Section] = []
    for node in BeautifulSoup(html, "html.parser").children:
        if not isinstance(node, Tag):
            node = BeautifulSoup(f"<p>{node}</p>", "html.parser").p
        if node.name in HEADINGS:
            words = plain(str(node))
            if node.name == "h1" and not (title or sections or pieces or heading):
                title = words
                continue
            if heading or pieces:
                sections.append(Section(heading, merged(pieces)))
            heading, pieces = words, []
        else:
            pieces += pieces_of(node)
    if heading or pieces:
        sections.append(Section(heading, merged(pieces)))
    return title[:255], sections


def pieces_of(node: Tag) -> list:
    if node.name == "table":
        rows = [
            tuple(plain(str(cell)) for cell in row.find_all(["td", "th"]))
            for row in node.find_all("tr")
        ]
        return [Table(tuple(row for row in rows if any(row)))]
    pictures = []
    for image in node.find_all("img"):
        if (source := image.get("src", "")).startswith("picture:"):
            pictures.append(Picture(int(source.removeprefix("picture:"))))
        image.decompose()
    html = clean(str(node))
    return ([Text(html)] if plain(html) else []) + pictures


def clean(html: str) -> str:
    """Only what the editor knows: paragraphs, lists, bold, and links to the web or to an address."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def merged(pieces: list) -> tuple:
    """Neighbouring texts as one."""
    found: list = []
    for piece in pieces:
        if isinstance(piece, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(found[-1].html + piece.html)
        else:
            found.append(piece)
    return tuple(found)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def unique(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))
