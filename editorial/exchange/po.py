"""Translations as PO files."""

import re
from pathlib import Path

import polib
from django.utils.translation import gettext as _

from editorial.exchange.text import decoded, not_ours
from editorial.exchange.units import Format, Sheet, Unit, refuse

LINE = re.compile(r"line (\d+)")
KNOWN = re.compile(r"^known: (\w+)$", re.MULTILINE)


def write(sheet: Sheet) -> bytes:
    """A PO file; what names the translation stands in its head."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": sheet.title.replace("\n", " "),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": sheet.target_language,
        "X-Source-Language": sheet.source_language,
        "X-WagtailLocalize-TranslationID": sheet.translation,
    }
    for unit in sheet.units:
        file.append(
            polib.POEntry(
                msgctxt=unit.path,
                msgid=unit.source,
                msgstr=unit.target,
                comment=f"{unit.label}\nknown: {unit.known}",
            )
        )
    return str(file).encode()


def read(data: bytes) -> Sheet:
    """What a PO file holds; raises `Refused`."""
    text = decoded(data)
    # polib takes a name of a file for the file: so only what is more than a name goes there.
    if "\n" not in text or "msgid" not in text or Path(text.split("\n")[0]).is_absolute():
        raise refuse(_("This is no PO file, or it is damaged."))
    try:
        file = polib.pofile(text, wrapwidth=0)
    except Exception as error:  # whatever a broken file makes the library raise
        found = LINE.search(str(error))
        line = int(found[1]) if found else 0
        raise refuse(_("This is no PO file, or it is damaged."), line) from error
    head = file.metadata
    if "charset=utf-8" not in head.get("Content-Type", "").lower():
        raise refuse(_("This text is not in UTF-8. Save it again with that encoding."))
    if not head.get("X-WagtailLocalize-TranslationID"):
        raise refuse(not_ours())
    return Sheet(
        translation=head["X-WagtailLocalize-TranslationID"],
        source_language=head.get("X-Source-Language", ""),
        target_language=head.get("Language", ""),
        units=[
            Unit(
                path=entry.msgctxt or "",
                source=entry.msgid,
                target=entry.msgstr,
                known="".join(KNOWN.findall(entry.comment)[:1]),
                line=entry.linenum or 0,
                unsure=entry.fuzzy,
            )
            for entry in file
            if not entry.obsolete
        ],
    )


PO = Format("PO", "PO", (".po",), "text/x-gettext-translation", read, write)
