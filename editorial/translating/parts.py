"""The parts of a translation as its editor shows them: each string with its state and its history.

Two queries, and two more for the translation memory, however many strings there are.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import diff_text
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from editorial.differences import marked
from editorial.translating import memory, terms
from editorial.translating.checks import Tags, mistakes, readable
from editorial.translating.places import Place, place_of

# Less alike than this, a string that is gone was another one, not an earlier form of this one.
SAME_STRING = 0.3


class State(TextChoices):
    UNTRANSLATED = "untranslated", _("Not translated")
    CHANGED = "changed", _("The source has changed")
    MACHINE = "machine", _("Machine draft")
    MISTAKE = "mistake", _("To correct")
    TRANSLATED = "translated", _("Translated")
    REVIEW = "review", _("In review")


DONE = {State.TRANSLATED, State.REVIEW}


@dataclass
class Part:
    """One string of the source with its translation; `earlier` was made for an earlier source text."""

    segment: StringSegment
    place: Place
    source_language: str
    language: str
    stored: StringTranslation | None = None
    earlier: StringTranslation | None = None
    in_review: bool = False
    matches: list = field(default_factory=list)
    typed: str | None = None
    refusal: str = ""
    newer: StringTranslation | None = None
    comments: list = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.segment.pk

    @property
    def original(self) -> str:
        return self.segment.string.data

    @cached_property
    def rich(self) -> bool:
        """Whether the source has markup, which its translation keeps; else plain text is typed."""
        return bool(set(Tags(self.original).counted) - {"br"})

    @property
    def source(self) -> str:
        """The source as its translator reads it."""
        return self.shown(self.original)

    @property
    def known(self) -> str:
        """The translation that is stored, or was for the source before it changed."""
        wording = self.stored or self.earlier
        return self.shown(wording.data) if wording else ""

    @property
    def text(self) -> str:
        """What stands in the field: what was typed and not stored, or what is known."""
        return self.known if self.typed is None else self.typed

    @property
    def base(self) -> str:
        """The fingerprint of what was known, by which a newer text of somebody else is noticed."""
        return fingerprint(self.known)

    @property
    def state(self) -> State:
        if self.in_review:
            return State.REVIEW
        if self.stored is None:
            return State.CHANGED if self.earlier else State.UNTRANSLATED
        if self.mistakes:
            return State.MISTAKE
        if self.stored.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
            return State.MACHINE
        return State.TRANSLATED

    @property
    def done(self) -> bool:
        return self.state in DONE

    @cached_property
    def mistakes(self) -> list[str]:
        """What keeps the stored translation from being submitted."""
        if self.stored is None:
            return []
        found = mistakes(self.original, self.stored.data, self.language, self.place.limit)
        return found or ([self.stored.get_error() or ""] if self.stored.has_error else [])

    @cached_property
    def _glossary(self) -> tuple[SafeString, list]:
        return terms.marked(self.source, self.source_language, self.language, self.rich)

    @property
    def source_html(self) -> SafeString:
        return self._glossary[0]

    @property
    def terms(self) -> list[tuple[str, str]]:
        return self._glossary[1]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Where the links of the source lead, by the name that they have in the markup."""
        attrs = json.loads(self.segment.attrs or "null") or {}
        found = ((name, one.get("href", "")) for name, one in attrs.items() if name.startswith("a"))
        return [one for one in found if one[1]]

    @property
    def change(self) -> SafeString | str:
        """What has changed in the source since it was translated, words marked."""
        if self.earlier is None:
            return ""
        before = self.shown(self.earlier.translation_of.data)
        return marked(diff_text(before, self.source).to_html())

    @property
    def before(self) -> str:
        """The translation of the source as it was before it changed."""
        return self.shown(self.earlier.data) if self.earlier else ""

    @property
    def suggestions(self) -> list[tuple[int, str]]:
        """Percentages and texts of the translation memory."""
        found = [(match.percent, self.shown(match.data)) for match in self.matches]
        return list({text: (percent, text) for percent, text in reversed(found)}.values())[::-1]

    @property
    def newer_text(self) -> str:
        """What somebody else has stored meanwhile."""
        return self.shown(self.newer.data) if self.newer else ""

    def forget(self) -> None:
        """Forgets what was found out about the translation, which has just changed."""
        self.__dict__.pop("mistakes", None)

    def shown(self, data: str) -> str:
        return data if self.rich else readable(data)

    def stored_form(self, text: str) -> str:
        """What was typed, as wagtail-localize keeps it."""
        if self.rich:
            return tidy(text)
        return StringValue.from_plaintext(tidy(text, self.place.lines)).data


def tidy(text: str, lines: bool = True) -> str:
    """Text as typed, with plain ends of lines, without the blanks around it and what is no text."""
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    return text if lines else " ".join(text.split("\n"))


def fingerprint(text: str) -> str:
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:16]


def parts_of(
    translation: Translation, in_review: bool = False, suggest: bool = False
) -> list[Part]:
    """Every part of a translation in the order of its source; `suggest` asks the memory too."""
    parts = sources_of(translation, in_review)
    find_earlier(parts, find_translations(translation, parts))
    if suggest:
        wanted = {
            part.segment.string_id: part.original
            for part in parts
            if part.stored is None or part.state == State.MACHINE
        }
        found = memory.matches(translation, wanted)
        for part in parts:
            part.matches = found.get(part.segment.string_id, []) if not part.done else []
    return parts


def sources_of(translation: Translation, in_review: bool = False) -> list[Part]:
    """The same without what is written for them. One query."""
    kind = ContentType.objects.get_for_id(translation.source.specific_content_type_id)
    model = kind.model_class()
    source, target = translation.source.locale, translation.target_locale
    return [
        Part(
            segment=segment,
            place=place_of(model, segment.context),
            source_language=source.language_code,
            language=target.language_code,
            in_review=in_review,
        )
        for segment in translation.source.stringsegment_set.select_related(
            "context", "string"
        ).order_by("order", "pk")
    ]


def find_translations(translation: Translation, parts: list[Part]) -> list[StringTranslation]:
    """Gives each part its translation; returns those of other texts, the newest first."""
    stored = (
        StringTranslation.objects.filter(
            locale=translation.target_locale, context__object_id=translation.source.object_id
        )
        .select_related("translation_of", "last_translated_by")
        .order_by("-updated_at", "-pk")
    )
    found = {(one.translation_of_id, one.context_id): one for one in stored}
    keys = [(part.segment.string_id, part.segment.context_id) for part in parts]
    for part, key in zip(parts, keys, strict=True):
        part.stored = found.get(key)
    there = set(keys)
    return [one for key, one in found.items() if key not in there]


def find_earlier(parts: list[Part], others: list[StringTranslation]) -> None:
    """Gives what is not translated the translation of the text that its source had before."""
    left, alone = defaultdict(list), singles(parts)
    for part in parts:
        if part.stored is None:
            left[part.segment.context_id].append(part)
    for one in others:
        if waiting := left.get(one.context_id):
            closest = max(waiting, key=lambda part: alike(part, one))
            if one.context_id in alone or alike(closest, one) >= SAME_STRING:
                closest.earlier = one
                waiting.remove(closest)


def alike(part: Part, one: StringTranslation) -> float:
    """How much of the words of two source texts is the same, from 0 to 1."""
    texts = (memory.words(text) for text in (part.original, one.translation_of.data))
    return SequenceMatcher(None, *texts, autojunk=False).ratio()


def singles(parts: list[Part]) -> set[int]:
    """The contexts of one string only: whatever stood there before was its earlier form."""
    counted = defaultdict(int)
    for part in parts:
        counted[part.segment.context_id] += 1
    return {context for context, number in counted.items() if number == 1}


def mistakes_of(translation: Translation) -> list[str]:
    """What keeps a translation from being submitted, each with the name of its part."""
    found = []
    for part in parts_of(translation):
        if part.state == State.MACHINE:
            found.append(f"{part.place.label}: {MACHINE_UNREAD}")
        found += [f"{part.place.label}: {mistake}" for mistake in part.mistakes]
    return list(dict.fromkeys(found))


MACHINE_UNREAD = _("A machine wrote this, and nobody has confirmed it yet.")
