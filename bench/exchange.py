"""Files that come back from translators, as large as they are taken: `python -m bench.exchange`.

Needs the PostgreSQL of DATABASE_URL; works in a scratch database. A story has one rich text of 2,000
paragraphs; its Finnish translation comes back new in every part, then again as it is. Then files that
nobody should send, for a rich text of 60 paragraphs: 5 MB of units, and nine of them in a ZIP file.
Printed are seconds, seconds of this process, and how long the row of the text was held.
"""

import io
import time
import zipfile
from unittest import mock

from bench import scratch

PARAGRAPHS, FEW = 2_000, 60
# For a sheet as it is written: what ends it, and the unit that fills the file up before that.
FILLED = {
    "po": ("", 'msgctxt "problem"\nmsgid "a"\nmsgstr ""\n\n'),
    "xliff": (
        "</file></xliff>",
        '<unit name="problem"><segment><source>a</source></segment></unit>',
    ),
}


def begun(paragraphs: int, translator):
    """The Finnish translation of a story whose problem has so many paragraphs with bold words."""
    from wagtail_localize.models import Translation

    from editorial import services

    one = "<p>Paragraph {0} of <b>some words</b> that say what was wrong before, and for whom.</p>"
    problem = "".join(one.format(number) for number in range(paragraphs))
    story = scratch.story(problem=problem)
    services.send_for_translation(story, ["fi"], translator)
    return Translation.objects.get(source__object_id=story.translation_key)


def translated(translation, kind: str) -> bytes:
    """Its file with every part translated."""
    from dataclasses import replace

    from editorial.exchange import services
    from editorial.exchange.formats import FORMATS

    sheet = services.sheet_of(translation)
    units = [replace(one, target=f"{kind}: {one.source}") for one in sheet.units]
    return FORMATS[kind].write(replace(sheet, units=units))


def full(translation, kind: str) -> bytes:
    """Its file with the same unit again and again, as large as it is read."""
    from editorial.exchange import services

    end, unit = FILLED[kind]
    start = services.exported(translation, kind)[1].decode().removesuffix(end) + "\n"
    return (
        start + unit * ((services.LARGEST_FILE - len(start) - 9_000) // len(unit)) + end
    ).encode()


def packed(content: bytes, ending: str) -> bytes:
    """Nine of a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"{number}{ending}", content)
    return file.getvalue()


def measure(what: str, name: str, content: bytes, user) -> None:
    from editorial.exchange import services
    from editorial.translating import saving

    held, reports = [], []
    hold = saving.hold

    def holding(*args):
        held.append(time.perf_counter())
        return hold(*args)

    with mock.patch.object(saving, "hold", holding):
        clock, processor = scratch.taken(lambda: reports.extend(services.take(name, content, user)))
        since = time.perf_counter() - held[0] if held else 0
    print(
        f"{what:<28} {len(content) / 1e6:5.2f} MB {clock:6.2f} s, {processor:6.2f} s of this process, "
        f"held {since:5.2f} s, {sum(one.taken for one in reports)} parts taken, "
        f"{sum(bool(one.refused) for one in reports)} of {len(reports)} files refused"
    )


def main() -> None:
    with scratch.portal():
        from editorial.exchange.formats import FORMATS
        from tests.factories.accounts import person

        user = person("translator", "fi")
        large, small = begun(PARAGRAPHS, user), begun(FEW, user)
        for kind, form in FORMATS.items():
            ending = form.endings[0]
            content = translated(large, kind)
            # What stands there is what the file knows, so the second format replaces it.
            measure(f"{form.name}, every part new", f"a{ending}", content, user)
            measure(f"{form.name}, once more", f"a{ending}", content, user)
            content = full(small, kind)
            measure(f"{form.name}, full of units", f"a{ending}", content, user)
            measure(f"{form.name}, nine in a ZIP file", "a.zip", packed(content, ending), user)


if __name__ == "__main__":
    main()
