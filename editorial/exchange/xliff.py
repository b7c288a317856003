"""Translations as XLIFF 2 files. Markup is inline codes, so that no tool breaks it.

Codes have the numbers of their tags in the source: `<pc>` is a pair of tags, `<ph>` a tag alone.
"""

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import escape
from django.utils.translation import gettext as _
from lxml import etree

from core.text import without_controls
from editorial.exchange.text import decoded, not_ours
from editorial.exchange.units import Format, Sheet, Unit, refuse

SPACE = "urn:oasis:names:tc:xliff:document:2."
NAMESPACES = (f"{SPACE}0", f"{SPACE}1", f"{SPACE}2")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ALONE = {"br"}
PATH, KNOWN = "place", "known"


def write(sheet: Sheet) -> bytes:
    """An XLIFF 2.0 file with one unit for each string."""
    root = etree.Element(
        name("xliff"),
        nsmap={None: NAMESPACES[0]},
        version="2.0",
        srcLang=sheet.source_language,
        trgLang=sheet.target_language,
    )
    file = etree.SubElement(root, name("file"), id="f1", original=sheet.translation)
    notes = etree.SubElement(file, name("notes"))
    etree.SubElement(notes, name("note"), category="title").text = sheet.title
    for number, unit in enumerate(sheet.units, 1):
        written = etree.SubElement(file, name("unit"), id=f"u{number}", name=unit.path)
        notes = etree.SubElement(written, name("notes"))
        for category, said in ((PATH, unit.label), (KNOWN, unit.known)):
            etree.SubElement(notes, name("note"), category=category).text = said
        state = "translated" if unit.target else "initial"
        segment = etree.SubElement(written, name("segment"), state=state)
        codes = tags_of(unit.source)
        encode(etree.SubElement(segment, name("source")), unit.source, codes)
        if unit.target:
            encode(etree.SubElement(segment, name("target")), unit.target, codes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)


def name(tag: str) -> str:
    return f"{{{NAMESPACES[0]}}}{tag}"


def tags_of(html: str) -> list[str]:
    """The tags of a string in their order, each with the id of its link: `["b", "a#a1", "br"]`.

    >>> tags_of('<b>Oak</b><br/>or <a id="a1">ash</a>')
    ['b', 'br', 'a#a1']
    """
    return [signature(tag) for tag in BeautifulSoup(html, "html.parser").find_all(True)]


def signature(tag: Tag) -> str:
    return f"{tag.name}#{tag['id']}" if tag.get("id") else tag.name


def encode(element, html: str, codes: list[str]) -> None:
    """Writes a string into an element; its tags become the codes of the same tags of the source."""
    element.set(XML_SPACE, "preserve")
    left = list(enumerate(codes, 1))

    def number(tag: Tag) -> str:
        for one in left:
            if one[1] == signature(tag):
                left.remove(one)
                return str(one[0])
        return f"x{id(tag)}"  # a tag that the source does not have: told when it comes back

    def walk(parent, children) -> None:
        last = None
        for child in children:
            if isinstance(child, NavigableString):
                if last is None:
                    parent.text = (parent.text or "") + str(child)
                else:
                    last.tail = (last.tail or "") + str(child)
                continue
            alone = child.name in ALONE
            last = etree.SubElement(parent, name("ph" if alone else "pc"), id=number(child))
            if alone:
                last.set("equiv", "\n")
            else:
                walk(last, child.children)

    walk(element, BeautifulSoup(without_controls(html), "html.parser").children)


def read(data: bytes) -> Sheet:
    """What an XLIFF 2 file holds; raises `Refused`. Nothing outside the file is read."""
    text = decoded(data)
    for forbidden in ("<!DOCTYPE", "<!ENTITY"):
        if forbidden in text:
            line = text.count("\n", 0, text.index(forbidden)) + 1
            raise refuse(
                _("A file with a document type or entities of its own is not taken."), line
            )
    root = parsed(text)
    space, _separator, tag = root.tag.removeprefix("{").rpartition("}")
    files = root.findall(f"{{{space}}}file")
    if tag != "xliff" or space not in NAMESPACES or len(files) != 1:
        raise refuse(_("This is no XLIFF 2 file with one text."), root.sourceline)
    if not files[0].get("original"):
        raise refuse(not_ours(), files[0].sourceline)
    return Sheet(
        translation=files[0].get("original"),
        source_language=root.get("srcLang", ""),
        target_language=root.get("trgLang", ""),
        units=[unit(one, space) for one in files[0].iter(f"{{{space}}}unit")],
    )


def parsed(text: str):
    """The root of a document; entities are not resolved, nothing is fetched, no depth without end."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise refuse(_("This is no XLIFF file, or it is damaged."), line) from error


def unit(element, space: str) -> Unit:
    """One unit; tools may have cut it into several segments."""
    parts = [one for one in element if one.tag in (f"{{{space}}}segment", f"{{{space}}}ignorable")]
    sources = [part.find(f"{{{space}}}source") for part in parts]
    if not parts or any(source is None for source in sources):
        raise refuse(_("This is no XLIFF file, or it is damaged."), element.sourceline)
    targets = [
        source if target is None and part.tag.endswith("ignorable") else target
        for part, source in zip(parts, sources, strict=True)
        for target in [part.find(f"{{{space}}}target")]
    ]
    complete = all(target is not None for target in targets)
    known = element.find(f"{{{space}}}notes/{{{space}}}note[@category='{KNOWN}']")
    return Unit(
        path=element.get("name", ""),
        source="".join(codes_in(source) for source in sources),
        target="".join(codes_in(target) for target in targets) if complete else "",
        known=known.text or "" if known is not None else "",
        line=element.sourceline or 0,
    )


def codes_in(element) -> str:
    """The content of a source or target as HTML whose tags are still codes: `<pc id="1">`."""
    found = [escape(element.text or "")]
    for child in element:
        tag, number = etree.QName(child).localname, escape(child.get("id", ""))
        if tag == "pc":
            found.append(f'<pc id="{number}">{codes_in(child)}</pc>')
        elif tag == "ph":
            found.append(f'<ph id="{number}"></ph>')
        elif tag == "mrk":
            found.append(codes_in(child))
        else:
            raise refuse(
                _("The code <%(tag)s> cannot be used here.") % {"tag": tag}, child.sourceline
            )
        found.append(escape(child.tail or ""))
    return "".join(found)


def coded(source: str) -> str:
    """A source as `codes_in` gives it when nobody has changed it.

    >>> coded("<b>Oak</b><br/>")
    '<pc id="1">Oak</pc><ph id="2"></ph>'
    """
    element = etree.Element("source")
    encode(element, source, tags_of(source))
    return codes_in(element)


def restored(text: str, source: str) -> str:
    """What `codes_in` gave, with the tags of `source` in the place of its codes.

    Where one is unknown the codes stay in, so that they are told as tags that do not belong there.

    >>> restored('<pc id="1">Tammi</pc>', "<b>Oak</b>")
    '<b>Tammi</b>'
    """
    codes = {str(number): one for number, one in enumerate(tags_of(source), 1)}
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup.find_all(["pc", "ph"]):
        known = codes.get(tag.get("id", ""))
        if known is None or (known in ALONE) != (tag.name == "ph"):
            return text
        tag.name, _separator, link = known.partition("#")
        tag.attrs = {"id": link} if link else {}
        tag.can_be_empty_element = tag.name in ALONE
    return str(soup)


XLIFF = Format(
    "XLIFF", "XLIFF 2", (".xlf", ".xliff"), "application/xliff+xml", read, write, coded, restored
)
