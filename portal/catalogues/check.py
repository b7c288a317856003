"""Says what is wrong with the translations: one line for each mistake, with its place."""

import re
from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings

from core.checks import our_apps
from portal.catalogues import extract, folder, languages, ours, supplements, visible

BRACES = re.compile(r"\{[\w.]*(?:![rsa])?(?::[^{}]*)?\}")
TAGS = re.compile(r"</?[a-z][^<>]*>")
REFRESH = "run `make messages`"


def mistakes() -> list[str]:
    """Everything that is wrong, in a stable order."""
    found = extract.messages()
    wrong = template_mistakes()
    for code in languages():
        wrong += catalogue_mistakes(ours(code), code, found)
        for domain, path in supplements(code).items():
            wrong += supplement_mistakes(path, code, domain)
    return wrong


def place(path: Path) -> str:
    inside = path.is_relative_to(settings.BASE_DIR)
    return str(path.relative_to(settings.BASE_DIR) if inside else path)


def template_mistakes(paths: list[Path] | None = None) -> list[str]:
    """Text in templates that no translation reaches."""
    return [
        f"{place(path)}:{line}: “{text}” is outside translation"
        for path in (extract.templates() if paths is None else paths)
        for line, text in visible.untranslated(path.read_text(), path.suffix == ".html")
    ]


def catalogue_mistakes(path: Path, code: str, found: dict) -> list[str]:
    """What a catalogue lacks of the strings that were found, and what is wrong in it."""
    if not path.exists():
        return [f"{place(path)}: the catalogue is missing; {REFRESH}"]
    catalogue = polib.pofile(str(path))
    entries = {(e.msgctxt or "", e.msgid): e for e in catalogue if not e.obsolete}
    wrong = [
        f"{place(path)}: “{text}” is not in the catalogue; {REFRESH}"
        for context, text in found
        if (context, text) not in entries
    ]
    wrong += [
        f"{place(path)}: “{text}” is no longer used; {REFRESH}"
        for context, text in entries
        if (context, text) not in found
    ]
    wrong += [
        f"{place(path)}: “{text}” has another plural in the code; {REFRESH}"
        for (context, text), entry in entries.items()
        if (context, text) in found and found[context, text].plural != entry.msgid_plural
    ]
    return wrong + entry_mistakes(path, code, list(entries.values()), catalogue)


def supplement_mistakes(path: Path, code: str, domain: str = "django") -> list[str]:
    """What is wrong in our translations of other people's strings."""
    catalogue = polib.pofile(str(path))
    entries = [entry for entry in catalogue if not entry.obsolete]
    theirs = their_strings(domain)
    wrong = [
        f"{place(path)}: nobody uses “{entry.msgid}”"
        for entry in entries
        if (entry.msgctxt or "", entry.msgid) not in theirs
    ]
    return wrong + entry_mistakes(path, code, entries, catalogue)


def their_strings(domain: str) -> set[tuple[str, str]]:
    """Every string in the English catalogues of Django and of other people's apps."""
    names = {app.name for app in our_apps()}
    roots = [Path(app.path) for app in apps.get_app_configs() if app.name not in names]
    paths = [
        folder(root / "locale", "en") / f"{domain}.po"
        for root in [Path(django.__file__).parent / "conf", *roots]
    ]
    return {
        (entry.msgctxt or "", entry.msgid)
        for path in paths
        if path.exists()
        for entry in polib.pofile(str(path))
    }


def entry_mistakes(path: Path, code: str, entries: list, catalogue) -> list[str]:
    """Missing and doubtful translations, wrong plural forms, broken placeholders."""
    plurals = extract.plural_count(code)
    said = re.search(r"nplurals\s*=\s*(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    wrong = []
    if not said or int(said[1]) != plurals:
        wrong.append(f"{place(path)}: Plural-Forms must count {plurals} forms")
    for entry in entries:
        reason = entry_mistake(entry, plurals)
        if reason:
            wrong.append(f"{place(path)}: “{entry.msgid}” {reason}")
    return wrong


def entry_mistake(entry: polib.POEntry, plurals: int) -> str:
    """What is wrong with one entry; empty if nothing is."""
    if "fuzzy" in entry.flags:
        return "is marked as doubtful (fuzzy)"
    if entry.msgid_plural and set(entry.msgstr_plural) != set(range(plurals)):
        return f"needs {plurals} plural forms"
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(text.strip() for text in texts):
        return "is not translated"
    sources = [text for text in (entry.msgid, entry.msgid_plural) if text]
    wanted = [marks(text) for text in sources]
    for text in texts:
        # A form for exactly one may leave out the number, as English often does.
        if not (marks(text) in wanted or (entry.msgid_plural and number_left_out(text, wanted))):
            return f"has other placeholders or tags in “{text}”"
    return ""


def marks(text: str) -> tuple[list[str], list[str], list[str]]:
    """Placeholders and tags of a text, in any order.

    >>> marks("%(count)s of {total} <b>done</b>, 100 %%")
    (['%%', '%(count)s'], ['{total}'], ['</b>', '<b>'])
    """
    percents = [match[0] for match in re.finditer(r"%%|%\(\w+\)[a-z]|%[sd]", text)]
    return sorted(percents), sorted(BRACES.findall(text)), sorted(TAGS.findall(text))


def number_left_out(text: str, wanted: list) -> bool:
    """Whether a plural form differs from the source only by fewer placeholders."""
    return any(
        all(set(have) <= set(want) for have, want in zip(marks(text), one, strict=True))
        for one in wanted
    )
