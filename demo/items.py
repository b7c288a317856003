"""What all kinds of demonstration items share: their files, and the way on which they are loaded.

They go the way of people's texts. An editor writes and submits, a reviewer approves; a translator
fills in the same segments that wagtail-localize's editor shows, an approver who speaks the language
approves. A kind says which pages it makes, and how their fields are read from its files.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from accounts.models import User
from core import markdown
from demo.people import People
from editorial import services

CONTENT = Path(settings.BASE_DIR) / "demo" / "content"


@dataclass(frozen=True)
class Item:
    """An item of the demonstration: `facts.yaml` and `<language>.md` in a folder of its section."""

    name: str

    section: ClassVar[str]
    index: ClassVar[type[Page]]
    model: ClassVar[type[Page]]

    @classmethod
    def names(cls) -> list[str]:
        """The items that are written in a language of this portal, in the order of loading."""
        found = sorted(path.parent.name for path in (CONTENT / cls.section).glob("*/facts.yaml"))
        return [name for name in found if cls(name).source in settings.CONTENT_LANGUAGES]

    @property
    def folder(self) -> Path:
        return CONTENT / self.section / self.name

    @property
    def facts(self) -> dict:
        text = (self.folder / "facts.yaml").read_text(encoding="utf-8")
        return yaml.load(text, yaml.CSafeLoader)

    @property
    def source(self) -> str:
        """The language in which it was written first."""
        return self.facts["source"]

    @property
    def languages(self) -> list[str]:
        """The languages it is written in, the source first, limited to those of this portal."""
        found = sorted(path.stem for path in self.folder.glob("*.md"))
        found = [code for code in found if code in settings.CONTENT_LANGUAGES]
        return sorted(found, key=lambda code: code != self.source)

    @property
    def key(self) -> UUID:
        """The translation key of its pages."""
        return uuid5(NAMESPACE_URL, f"demonstration/{self.section}/{self.name}")

    @property
    def published(self) -> datetime.datetime | None:
        """When it became public, if its facts say so."""
        facts = self.facts
        if "published" in facts:
            morning = datetime.datetime.combine(facts["published"], datetime.time(9))
            return timezone.make_aware(morning)
        if "days_ago" in facts:
            return timezone.now() - datetime.timedelta(days=facts["days_ago"])
        return None

    def text(self, code: str) -> tuple[dict, dict[str, str]]:
        """The front matter and the sections of a version."""
        text, body = markdown.read(self.folder / f"{code}.md")
        return text, dict(markdown.sections(body))

    def values(self, code: str) -> dict:
        """The fields of a version, as the page model takes them."""
        raise NotImplementedError

    def block_id(self, kind: str, number: int) -> str:
        """The id of a block of a stream: the same in every language, so that segments meet."""
        return str(uuid5(NAMESPACE_URL, f"{self.name}/{kind}/{number}"))

    def is_loaded(self) -> bool:
        """Whether it is there, in whatever state people have brought it since."""
        return self.model.objects.filter(translation_key=self.key).exists()

    @transaction.atomic
    def load(self, people: People) -> Page | None:
        """Loads it with its translations; does nothing if it is there already."""
        if self.is_loaded():
            return None
        page = self.draft(people)
        self.review(page, people)
        return self.model.objects.get(pk=page.pk)

    def draft(self, people: People, **changed) -> Page:
        """The source version as a draft; the same validation as in the admin when submitted."""
        index = self.index.objects.get(locale__language_code=self.source)
        page = self.model(
            **(self.values(self.source) | changed),
            locale=index.locale,
            translation_key=self.key,
            owner=people.editor,
            first_published_at=self.published,
            live=False,
        )
        index.add_child(instance=page)
        page.save_revision(user=people.editor)
        return page

    def review(self, page: Page, people: People) -> None:
        """What others do with the draft."""
        services.submit(page, people.editor)
        services.approve(page, people.reviewer)
        for code in self.languages[1:]:
            self.translate(page, code, people)

    def translate(self, page: Page, code: str, people: People) -> None:
        """A version in another language, filled in segment by segment, submitted and approved."""
        page = self.model.objects.get(pk=page.pk)
        (target,) = services.send_for_translation(page, [code], people.translator)
        source, _created = TranslationSource.get_or_create_from_instance(page)
        version = self.model(**self.values(code), locale=target.locale)
        fill_in(self.name, version, source, people.translator)
        services.submit(target, people.translator)
        services.approve(target, people.approver)
        self.model.objects.filter(pk=target.pk).update(first_published_at=page.first_published_at)


def fill_in(name: str, version: Page, source: TranslationSource, translator: User) -> None:
    """Writes the words of a version that is not stored into the segments of the source.

    Raises `ValueError` where it has another number of paragraphs or entries than the source.
    """
    locale = version.locale
    words: dict[str, list[str]] = {}
    for segment in extract_segments(version):
        if isinstance(segment, StringSegmentValue):
            words.setdefault(segment.path, []).append(segment.string.data)
    positions: dict[str, int] = {}
    known = {
        (one.translation_of_id, one.context_id): one
        for one in StringTranslation.objects.filter(
            locale=locale, context__object_id=source.object_id
        )
    }
    for segment in (
        StringSegment.objects.filter(source=source)
        .select_related("context", "string")
        .order_by("context__path", "order")
    ):
        path = segment.context.path
        position = positions[path] = positions.get(path, -1) + 1
        try:
            data = words[path][position]
        except (KeyError, IndexError):
            raise ValueError(f"{name}: {locale.language_code}.md says nothing for {path}") from None
        place = (segment.string_id, segment.context_id)
        one = known.setdefault(
            place,
            StringTranslation(
                translation_of=segment.string, locale=locale, context=segment.context
            ),
        )
        one.data = data
        one.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        one.last_translated_by = translator
    for one in known.values():
        if one.pk:
            one.save()
    StringTranslation.objects.bulk_create(one for one in known.values() if not one.pk)
