"""Translations out of the portal and back into it. An import writes strings; it publishes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User
from core import archives
from editorial import permissions, services
from editorial.exchange import po, xliff
from editorial.exchange.units import Reason, Refused, Sheet, Unit, refuse
from editorial.locks import lock_for
from editorial.translating.checks import mistakes
from editorial.translations import field_label

MEGABYTE = 1024 * 1024
LARGEST_FILE = 5 * MEGABYTE
LARGEST_ARCHIVE = 20 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
MOST_FILES = 500
MOST_REASONS = 50
FORMATS = {"po": (po, ".po", "PO"), "xliff": (xliff, ".xlf", "XLIFF")}
READERS = {".po": "po", ".xlf": "xliff", ".xliff": "xliff"}


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
    model = translation.source.specific_content_type.model_class()
    units = {
        (segment.context.path, segment.string.data): Unit(
            path=segment.context.path,
            source=segment.string.data,
            target=segment.translation or "",
            label=field_label(model, segment.context),
        )
        for segment in segments_of(translation)
    }
    return Sheet(
        translation=str(translation.uuid),
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        exported=timezone.now(),
        title=translation.source.object_repr,
        units=list(units.values()),
    )


def segments_of(translation: Translation):
    return (
        translation.source.stringsegment_set.annotate_translation(
            translation.target_locale, include_errors=True
        )
        .select_related("context", "string")
        .order_by("order", "pk")
    )


def exported(translation: Translation, kind: str) -> tuple[str, bytes]:
    """The name and the content of a file; `kind` is one of `FORMATS`."""
    module, ending, _name = FORMATS[kind]
    sheet = sheet_of(translation)
    start = slugify(sheet.title)[:60] or "text"
    name = f"{start}-{str(translation.uuid)[:8]}-{sheet.target_language}{ending}"
    return name, module.write(sheet)


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
        message = _("There is no PO or XLIFF file in this ZIP file.")
        return [Report(name, refused=[Reason(0, message)])]
    return [take_part(archive, part, user) for part in dict.fromkeys(names)]


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def take_part(archive, name: str, user: User) -> Report:
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
            raise refuse(_("Choose a file whose name ends in .po, .xlf, .xliff or .zip."))
        sheet = FORMATS[kind][0].read(content)
        translation = translation_of(sheet, user, only)
        return put(name, sheet, translation, kind, user)
    except Refused as refusal:
        return Report(name, refused=refusal.reasons[:MOST_REASONS])


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
def put(name: str, sheet: Sheet, translation: Translation, kind: str, user: User) -> Report:
    """Writes what is new in a file; raises `Refused`, and changes nothing, where it does not fit."""
    page = services.held(translation.get_target_instance())
    if lock_for(user, page):
        raise refuse(_("This text is in review or locked, so it was not changed."))
    fitting = matched(sheet, translation, kind)
    stored = {
        (one.context_id, one.translation_of_id): one
        for one in translation.source.stringsegment_set.get_translations(
            translation.target_locale
        ).select_for_update(of=("self",))
    }
    taken, skipped = 0, []
    for unit, segment in fitting:
        held = stored.get((segment.context_id, segment.string_id))
        if reason := why_skipped(unit, held, sheet):
            skipped.append(Reason(unit.line, f"{label_of(translation, segment)}: {reason}"))
        elif unit.target and (held is None or held.data != unit.target):
            write_string(translation, segment, held, unit.target, kind, user)
            taken += 1
    return Report(name, page, taken, skipped)


def why_skipped(unit: Unit, held: StringTranslation | None, sheet: Sheet) -> str:
    """Why a string is left as it is, although the file is in order; empty if it can be taken."""
    if not unit.target:
        return _("It is not translated in the file.") if held is None else ""
    if held is not None and held.data == unit.target:
        return ""
    if unit.unsure:
        return _("The file marks it as not finished.")
    if held is not None and held.updated_at > sheet.exported:
        return _("It was changed here after the export. What is here stays.")
    return ""


def matched(sheet: Sheet, translation: Translation, kind: str) -> list[tuple[Unit, object]]:
    """Each unit of a file with its place in the source; raises `Refused` with every mistake."""
    places: dict[str, list] = {}
    for segment in segments_of(translation):
        places.setdefault(segment.context.path, []).append(segment)
    limits = limits_of(translation)
    language = translation.target_locale.language_code
    fitting, reasons, seen = [], [], {}
    for unit in sheet.units:
        segment, unit = at(unit, places.get(unit.path, []), kind)
        if segment is None:
            reasons.append(
                Reason(
                    unit.line,
                    _(
                        "The source of this text has changed since the export, or was changed in the file. Export it again."
                    ),
                )
            )
            continue
        if seen.setdefault((segment.context_id, segment.string_id), unit.target) != unit.target:
            reasons.append(
                Reason(unit.line, _("It is in the file twice, with different translations."))
            )
        elif unit.target:
            wrong = mistakes(segment.string.data, unit.target, language, limits.get(unit.path))
            reasons += [Reason(unit.line, one) for one in wrong]
        fitting.append((unit, segment))
    if reasons:
        raise Refused(*reasons)
    if not fitting:
        raise refuse(_("There is no text in this file."))
    return fitting


def at(unit: Unit, segments: list, kind: str):
    """The segment among those of its place whose source a unit has, and the unit with HTML of ours."""
    for segment in segments:
        source = segment.string.data
        if kind != "xliff":
            if unit.source == source:
                return segment, unit
            continue
        if xliff.restored(unit.source, source) == source:
            target = xliff.restored(unit.target, source)
            # An unknown code stays in, so that it is told as a tag that does not belong there.
            target = unit.target if target is None else target
            return segment, Unit(unit.path, source, target, unit.line, unit.label, unit.unsure)
    return None, unit


def limits_of(translation: Translation) -> dict[str, int]:
    """How many characters the plain fields of the item hold."""
    model = translation.source.specific_content_type.model_class()
    return {
        one.name: one.max_length
        for one in model._meta.get_fields()
        if getattr(one, "max_length", None)
    }


def label_of(translation: Translation, segment) -> str:
    return field_label(translation.source.specific_content_type.model_class(), segment.context)


def write_string(translation, segment, held, text: str, kind: str, user: User) -> None:
    """Writes one string as its translator's work."""
    held = held or StringTranslation(
        translation_of=segment.string, locale=translation.target_locale, context=segment.context
    )
    held.data = text
    held.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    held.tool_name = FORMATS[kind][2]
    held.last_translated_by = user
    held.has_error, held.field_error = False, ""
    held.save()
