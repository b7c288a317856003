"""Translations out of the portal and back into it. An import writes strings; it publishes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import PurePosixPath
from time import monotonic
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User
from core import archives
from editorial import permissions
from editorial.exchange.formats import ENDINGS, FORMATS, READERS
from editorial.exchange.units import Format, Reason, Refused, Sheet, Unit, refuse
from editorial.refusals import ReviewRefused
from editorial.translating import saving
from editorial.translating.checks import mistakes
from editorial.translating.parts import Part, find_translations, fingerprint, sources_of

MEGABYTE = 1024 * 1024
LARGEST_FILE = 5 * MEGABYTE
LARGEST_ARCHIVE = 20 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
MOST_FILES = 500
MOST_REASONS = 50
LONGEST = 2  # seconds for a ZIP file; the file that is begun then is read to its end


@dataclass(frozen=True)
class Report:
    """What became of one file: refused as a whole, or taken but for what was skipped."""

    name: str
    page: Page | None = None
    taken: int = 0
    skipped: list[Reason] = field(default_factory=list)
    refused: list[Reason] = field(default_factory=list)


# ---- Out ------------------------------------------------------------------------------------


def can_exchange(user: User, translation: Translation) -> bool:
    """Whether `user` may take a translation away and bring it back: a translator who may change it."""
    if not permissions.can_translate_into(user, translation.target_locale.language_code):
        return False
    try:
        return permissions.can_edit(user, translation.get_target_instance())
    except ObjectDoesNotExist:
        return False


def sheet_of(translation: Translation) -> Sheet:
    """A translation as it stands: every string of the source with what is written for it."""
    parts = sources_of(translation)
    find_translations(translation, parts)
    units = {}
    for part in parts:
        path, target = part.segment.context.path, part.stored.data if part.stored else ""
        known, label = fingerprint(target), part.place.label
        units[path, part.original] = Unit(path, part.original, target, label=label, known=known)
    return Sheet(
        translation=str(translation.uuid),
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        title=translation.source.object_repr,
        units=list(units.values()),
    )


def exported(translation: Translation, kind: str) -> tuple[str, bytes]:
    """The name and the content of a file; `kind` is one of `FORMATS`."""
    made = FORMATS[kind]
    sheet = sheet_of(translation)
    start = slugify(sheet.title)[:60] or "text"
    name = f"{start}-{str(translation.uuid)[:8]}-{sheet.target_language}{made.endings[0]}"
    return name, made.write(sheet)


def archive_of(items: Iterable[UUID], language: str, kind: str, user: User) -> bytes | None:
    """A ZIP of what is begun of items in a language; None where nothing of it is.

    What is left out stands in a file of its own, with the reason.
    """
    found = Translation.objects.filter(
        source__object_id__in=list(items), target_locale__language_code=language, enabled=True
    ).select_related("source__locale", "target_locale", "source__specific_content_type")
    made = [one for one in found.order_by("pk") if can_exchange(user, one)]
    if not made:
        return None
    left = len(set(items)) - len(made)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for translation in made:
            archive.writestr(*exported(translation, kind))
        if left:
            note = _("Left out, because nobody has begun them in this language: %(count)s")
            archive.writestr("left-out.txt", note % {"count": left})
    return content.getvalue()


# ---- In -------------------------------------------------------------------------------------


def take(name: str, content: bytes, user: User) -> list[Report]:
    """Takes a file, or each file of a ZIP on its own; what was taken, what not, and why."""
    ending = PurePosixPath(name).suffix.lower()
    if ending != ".zip":
        return [take_file(name, content, user)]
    try:
        archive = archives.opened(content, MOST_FILES, LARGEST_UNPACKED)
    except archives.TooLarge:
        message = _("This file becomes far too large when it is unpacked.")
        return [Report(name, refused=[Reason(0, message)])]
    except archives.BadArchive:
        return [Report(name, refused=[Reason(0, _("This is no ZIP file, or it is damaged."))])]
    names = [part for part in archive.namelist() if suffix(part) in READERS]
    if not names:
        message = _("No file in this ZIP file has a name that ends in one of these: %(endings)s")
        return [Report(name, refused=[Reason(0, message % {"endings": ENDINGS})])]
    end = monotonic() + LONGEST
    return [take_part(archive, part, user, end) for part in dict.fromkeys(names)]


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def take_part(archive, name: str, user: User, end: float) -> Report:
    """Takes a file of a ZIP, unless the others have taken too long: a process serves others too."""
    if monotonic() > end:
        message = _(
            "The two seconds for a ZIP file were over. Bring this file back, by itself or in another ZIP file."
        )
        return Report(name, refused=[Reason(0, message)])
    try:
        if archive.getinfo(name).file_size > LARGEST_FILE:
            return Report(name, refused=[Reason(0, too_large())])
        return take_file(name, archives.part_of(archive, name), user)
    except archives.BadArchive:
        return Report(name, refused=[Reason(0, _("This is no ZIP file, or it is damaged."))])


def too_large() -> str:
    return _("The file is larger than 5 MB.")


def take_file(name: str, content: bytes, user: User, only: Translation | None = None) -> Report:
    """Takes one PO or XLIFF file, or nothing of it; `only` is the translation that it must be of."""
    try:
        if len(content) > LARGEST_FILE:
            raise refuse(too_large())
        kind = READERS.get(suffix(name))
        if kind is None:
            message = _("Choose a file whose name ends in one of these: %(endings)s")
            raise refuse(message % {"endings": f"{ENDINGS}, .zip"})
        sheet = kind.read(content)
        translation = translation_of(sheet, user, only)
        fitting = matched(sheet, translation, kind)
        return Report(name, **put(fitting, translation, kind.name, user))
    except Refused as refusal:
        return Report(name, refused=refusal.reasons[:MOST_REASONS])
    except ReviewRefused as refusal:
        return Report(name, refused=[Reason(0, str(refusal))])


def translation_of(sheet: Sheet, user: User, only: Translation | None) -> Translation:
    """The translation that a file is of, among those that `user` may change."""
    other = _("This file belongs to a text that you do not translate, or that is not here.")
    try:
        number = UUID(sheet.translation)
    except ValueError as error:
        raise refuse(other) from error
    found = (
        Translation.objects.filter(uuid=number, enabled=True)
        .select_related("source__locale", "target_locale", "source__specific_content_type")
        .first()
    )
    if found is None or not can_exchange(user, found):
        raise refuse(other)
    if only is not None and only.pk != found.pk:
        raise refuse(
            _("This file belongs to another text: %(title)s")
            % {"title": sheet.title or found.source.object_repr}
        )
    wanted = (found.source.locale.language_code, found.target_locale.language_code)
    if (sheet.source_language, sheet.target_language) != wanted:
        message = _(
            "The languages of this file are %(file)s, those of the translation are %(wanted)s."
        )
        languages = f"{sheet.source_language or '?'} → {sheet.target_language or '?'}"
        raise refuse(message % {"file": languages, "wanted": " → ".join(wanted)})
    return found


@transaction.atomic
def put(fitting: list[tuple[Unit, Part]], translation: Translation, tool: str, user: User) -> dict:
    """Writes what is new in a file, as a report says it; raises a `ReviewRefused` where it is locked."""
    page = saving.hold(translation, user)
    find_translations(translation, [part for _unit, part in fitting])
    taken, skipped = 0, []
    for unit, part in fitting:
        if reason := why_skipped(unit, part.stored):
            skipped.append(Reason(unit.line, f"{part.place.label}: {reason}"))
        elif unit.target and (part.stored is None or part.stored.data != unit.target):
            saving.store(translation, part, unit.target, user, tool)
            taken += 1
    return {"page": page, "taken": taken, "skipped": skipped}


def why_skipped(unit: Unit, held: StringTranslation | None) -> str:
    """Why a string is left as it is, although the file is in order; empty if it can be taken."""
    if not unit.target:
        return _("It is not translated in the file.") if held is None else ""
    if held is not None and held.data == unit.target:
        return ""
    if unit.unsure:
        return _("The file marks it as not finished.")
    if held is None or unit.known == fingerprint(held.data):
        return ""
    if unit.known:
        return _("It was changed here after the export. What is here stays.")
    return _("The file does not say what stood here when it was exported. What is here stays.")


def matched(sheet: Sheet, translation: Translation, kind: Format) -> list[tuple[Unit, Part]]:
    """Each unit of a file with its part of the source; raises `Refused` with every mistake.

    It may take seconds for a large file, so nothing is held meanwhile.
    """
    places: dict[tuple[str, str], dict] = {}
    for part in sources_of(translation):
        # Two texts with other tags may look the same in a file: they stand in it in their order.
        same = places.setdefault((part.segment.context.path, kind.coded(part.original)), {})
        same.setdefault(part.segment.string_id, part)
    most = sum(map(len, places.values()))
    if len(sheet.units) > most:
        message = _("There are more texts in this file than in the source. Export it again.")
        raise refuse(message, sheet.units[most].line)
    fitting, reasons, seen = [], [], {}
    for unit in sheet.units:
        same = places.get((unit.path, unit.source))
        if same is None:
            reasons.append(
                Reason(
                    unit.line,
                    _(
                        "The source of this text has changed since the export, or was changed in the file. Export it again."
                    ),
                )
            )
            continue
        part = same.pop(next(iter(same))) if len(same) > 1 else next(iter(same.values()))
        unit = replace(unit, target=kind.restored(unit.target, part.original))
        if seen.setdefault(part.id, unit.target) != unit.target:
            reasons.append(
                Reason(unit.line, _("It is in the file twice, with different translations."))
            )
        elif unit.target:
            wrong = mistakes(part.original, unit.target, part.language, part.place.limit)
            reasons += [Reason(unit.line, one) for one in wrong]
        fitting.append((unit, part))
    if reasons:
        raise Refused(*reasons)
    if not fitting:
        raise refuse(_("There is no text in this file."))
    return fitting
