"""Machine drafts of what nobody has translated, and what they would cost.

A draft never replaces what a person wrote, and keeps its label until a person has changed or confirmed
it (`editorial.translating.parts`); until then the translation cannot be submitted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.models import User
from core.languages import Language, language
from editorial import permissions
from editorial.gate.localize import title_the_draft
from editorial.machine.engines import Engine, engine, price
from editorial.refusals import NotYours, ReviewRefused
from editorial.translating import saving


class NoMachine(ReviewRefused):
    """The operator has not chosen a machine."""

    message = gettext_lazy("No machine translation is set up here.")
    code = "no-machine"


@dataclass(frozen=True)
class Estimate:
    """What would be sent for a language: its untranslated texts, each once."""

    of: Language
    characters: int
    price: Decimal | None


def estimates(page: Page, codes: Iterable[str]) -> list[Estimate]:
    """What machine drafts of a source version would cost for each language; three queries.

    Left out are languages without a draft, without anything untranslated, and those that the machine
    does not know.
    """
    chosen = engine()
    if chosen is None:
        return []
    records = Translation.objects.filter(
        source__object_id=page.translation_key,
        source__locale_id=page.locale_id,
        target_locale__language_code__in=list(codes),
        enabled=True,
    ).select_related("source__locale", "target_locale")
    found = []
    missing = untranslated(records)
    for record in records:
        texts = {segment.string.data for segment in missing[record.pk]}
        if texts and chosen.can_translate(record.source.locale, record.target_locale):
            size = sum(map(len, texts))
            found.append(Estimate(language(record.target_locale.language_code), size, price(size)))
    return sorted(found, key=lambda one: one.of.code)


def untranslated(records: Iterable[Translation]) -> dict[int, list[StringSegment]]:
    """The strings that have no translation, by the id of the record; two queries for one source."""
    records = list(records)
    sources = {record.source_id for record in records}
    segments = StringSegment.objects.filter(source__in=sources).select_related("string", "context")
    segments = list(segments.order_by("order", "pk"))
    there = set(
        StringTranslation.objects.filter(
            context__in={segment.context_id for segment in segments},
            locale__in=[record.target_locale_id for record in records],
        ).values_list("translation_of_id", "context_id", "locale_id")
    )
    return {
        record.pk: [
            one
            for one in segments
            if one.source_id == record.source_id
            and (one.string_id, one.context_id, record.target_locale_id) not in there
        ]
        for record in records
    }


def write(page: Page, languages: Iterable[str], by: User) -> int:
    """Stores machine drafts of what is untranslated in some languages; returns of how many texts.

    Call it outside a transaction: what a request brought is stored before the next is sent, so that
    nothing is paid for twice. Raises a `ReviewRefused` where there is no machine, no draft, or `by` may not change it.
    """
    chosen = engine()
    if chosen is None:
        raise NoMachine
    return sum(write_one(chosen, page, code, by) for code in languages)


def write_one(chosen: Engine, page: Page, code: str, by: User) -> int:
    record = (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale__language_code=code, enabled=True
        )
        .exclude(source__locale__language_code=code)
        .select_related("source__locale", "target_locale")
        .first()
    )
    if record is None:
        raise ReviewRefused(_("This text was not sent for translation into this language."))
    if not permissions.can_translate_into(by, code):
        raise NotYours(
            _("You are no translator for this language: %(language)s")
            % {"language": language(code).name}
        )
    if not chosen.can_translate(record.source.locale, record.target_locale):
        raise ReviewRefused(_("The machine does not translate into this language."))
    segments = untranslated([record])[record.pk]
    saving.hold(record, by)  # refused before anything is paid for
    answers = chosen.translate(
        record.source.locale, record.target_locale, [one.string.data for one in segments]
    )
    return sum(store(record, segments, texts, chosen.name, by) for texts in answers)


@transaction.atomic
def store(record: Translation, segments: list[StringSegment], texts, tool: str, by: User) -> int:
    """Writes the drafts that one request brought; what a person has written meanwhile stays."""
    saving.hold(record, by)
    made = [
        StringTranslation(
            translation_of_id=one.string_id,
            context=one.context,
            locale=record.target_locale,
            data=texts[one.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name=tool,
            last_translated_by=by,
        )
        for one in segments
        if one.string.data in texts
    ]
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)
    for one in StringTranslation.objects.filter(
        context__in=[draft.context_id for draft in made if draft.context.path == "title"],
        locale=record.target_locale,
        translation_of__in=[draft.translation_of_id for draft in made],
    ).select_related("context"):
        title_the_draft(one)  # rows written at once send no signals
    return len(made)
