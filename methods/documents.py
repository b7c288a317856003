"""A sheet as a file for a word processor, made from the text of its page."""

from io import BytesIO

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARGIN = Cm(2)
LISTS = {"ul": "List Bullet", "ol": "List Number"}


def response(page, request) -> HttpResponse | None:
    """The sheet as the file that the address asks for; None if it asks for none."""
    if request.GET.get("as") != "docx":
        return None
    return HttpResponse(
        docx(page),
        content_type=DOCX,
        headers={"Content-Disposition": content_disposition_header(True, f"{page.slug}.docx")},
    )


def docx(sheet) -> bytes:
    """The sheet as DOCX, with its language and title set for screen readers."""
    file = Document()
    language = sheet.locale.language_code
    for section in file.sections:
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
    normal = file.styles["Normal"]
    normal.font.size = Pt(11)
    speak(normal, language)
    file.core_properties.title = sheet.title
    file.core_properties.language = language
    file.core_properties.author = ""
    file.add_heading(sheet.title, level=1)
    for child in sheet.body:
        WRITERS[child.block_type](file, child.value)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def speak(style, language: str) -> None:
    """Marks the language of a style's text."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(mark)


def heading(file, value: str) -> None:
    file.add_heading(value, level=2)


def text(file, value) -> None:
    """Rich text: paragraphs and lists; what is bold stays bold."""
    soup = BeautifulSoup(str(getattr(value, "source", value)), "html.parser")
    for element in soup.find_all(["p", "li"]):
        if element.find_parent("li"):
            continue
        style = LISTS.get(element.parent.name) if element.name == "li" else None
        paragraph = file.add_paragraph(style=style)
        for piece in element.descendants:
            if isinstance(piece, str) and piece.strip():
                paragraph.add_run(piece).bold = bool(piece.find_parent(["b", "strong"]))


def field(file, value: str) -> None:
    """A question with room for the answer beside it."""
    table = file.add_table(rows=1, cols=2, style="Table Grid")
    table.cell(0, 0).text = value


def grid(file, value) -> None:
    columns = list(value["columns"])
    table = file.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(name).bold = True
    repeat_head(table.rows[0])
    for first in value["rows"]:
        table.add_row().cells[0].text = first
    file.add_paragraph()


def repeat_head(row) -> None:
    """Marks a row as the head of its table, read out and repeated on the next page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


WRITERS = {"heading": heading, "text": text, "field": field, "grid": grid}
