"""Compiles the catalogues in Python, because a bare machine has no gettext.

Our own strings are compiled beside their source. What Wagtail leaves untranslated goes to
`build/locale/`, where settings look after `locale/` and before Wagtail's own catalogues. Those that
Wagtail names by region (`pt_PT`, `hr_HR`) are found without help: Python's gettext expands `pt`.
"""

from pathlib import Path

import polib
from django.conf import settings

from portal.catalogues import folder, languages, ours, supplements


def compile_one(source: Path, target: Path) -> list[Path]:
    """Compiles a catalogue in one step, unless that is done already or there is none."""
    if not source.exists():
        return []
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return []
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    polib.pofile(str(source)).save_as_mofile(str(part))
    part.replace(target)
    return [target]


def build_all() -> list[Path]:
    """Compiles whatever is stale; returns what was written."""
    written = []
    for code in languages():
        written += compile_one(ours(code), ours(code).with_suffix(".mo"))
        for domain, source in supplements(code).items():
            target = folder(settings.LOCALE_PATHS[1], code) / f"{domain}.mo"
            written += compile_one(source, target)
    return written
