"""Demonstration stories: from text files to reviewed pages, on the way that people's stories go.

An editor writes and submits, a reviewer approves or returns; a translator fills in the same segments
that wagtail-localize's editor shows, an approver who speaks the language approves.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from accounts.models import User
from core import items, markdown
from editorial import services
from stories.models import StoryIndexPage, StoryPage

CONTENT = Path(settings.BASE_DIR) / "demo" / "content" / "stories"
RICH = ("problem", "innovation", "resources", "failed", "transfer")
PLAIN = ("gap_learnt", "gap_applied", "gap_needed", "cost")
CODES = (
    "country",
    "region",
    "sector",
    "field",
    "eqf_level",
    "organisation_size",
    "work_based_learning",
    "level_of_practice",
    "macro_needs",
    "licence",
    "confirmed_on",
    "contact_email",
    "contact_url",
)


@dataclass(frozen=True)
class Story:
    """One item of the demonstration content: its facts and its texts by language."""

    name: str

    @property
    def facts(self) -> dict:
        return yaml.safe_load((CONTENT / self.name / "facts.yaml").read_text(encoding="utf-8"))

    @property
    def languages(self) -> list[str]:
        """The languages it is written in, the source first, limited to those of this portal."""
        found = sorted(path.stem for path in (CONTENT / self.name).glob("*.md"))
        found = [code for code in found if code in settings.CONTENT_LANGUAGES]
        return sorted(found, key=lambda code: code != self.facts["source"])

    @property
    def translation_key(self):
        return uuid5(NAMESPACE_URL, f"demonstration/{self.name}")

    def values(self, code: str) -> dict:
        """The fields of a version, as the page model takes them."""
        text, body = markdown.read(CONTENT / self.name / f"{code}.md")
        parts = dict(markdown.sections(body))
        facts = self.facts
        return {
            **{name: facts[name] for name in CODES},
            **{
                section: [str(items.shipped_key(section, name)) for name in facts.get(section, [])]
                for section in ("methods", "obstacles")
            },
            **{name: markdown.html(parts[name]) for name in RICH},
            **{name: " ".join(parts[name].split()) for name in PLAIN},
            **{
                name: text.get(name) or ""
                for name in (
                    "title",
                    "slug",
                    "result",
                    "results_note",
                    "contact_organisation",
                    "funding",
                )
            },
            "demonstration": True,
            "terms": facts.get("terms", []),
            "partners": self.stream(
                "partner",
                [
                    {**fact, **words}
                    for fact, words in zip(facts["partners"], text["partners"], strict=True)
                ],
            ),
            "results": self.stream(
                "result",
                [
                    {**fact, **words}
                    for fact, words in zip(facts["results"], text["results"], strict=True)
                ],
            ),
            "steps": self.stream(
                "step",
                [
                    {"title": title, "text": " ".join(step.split())}
                    for title, step in markdown.sections(parts["steps"], level=3)
                ],
            ),
            "voices": self.stream(
                "voice", [{"who": who, **said} for who, said in text["voices"].items()]
            ),
        }

    def stream(self, kind: str, values: list[dict]) -> list[dict]:
        """Raw stream data whose block ids are the same in every language, so that segments meet."""
        return [
            {
                "type": kind,
                "id": str(uuid5(NAMESPACE_URL, f"{self.name}/{kind}/{number}")),
                "value": value,
            }
            for number, value in enumerate(values)
        ]


@dataclass(frozen=True)
class People:
    """Who does what in the demonstration."""

    editor: User
    reviewer: User
    translator: User
    approver: User


def names() -> list[str]:
    """The stories written in a language of this portal, the one that is loaded first first."""
    found = sorted(path.parent.name for path in CONTENT.glob("*/facts.yaml"))
    found = [name for name in found if Story(name).facts["source"] in settings.CONTENT_LANGUAGES]
    return sorted(found, key=lambda name: name != "three-real-orders")


def is_loaded(name: str) -> bool:
    """Whether the story is there, in whatever state people have brought it since."""
    return StoryPage.objects.filter(translation_key=Story(name).translation_key).exists()


@transaction.atomic
def load(name: str, people: People) -> StoryPage | None:
    """Loads one story with its translations; does nothing if it is there already."""
    story = Story(name)
    if is_loaded(name):
        return None
    page = draft(story, people.editor)
    state = story.facts["state"]
    services.submit(page, people.editor)
    if state == "returned":
        services.return_(page, people.reviewer, story.facts["return_comment"])
    if state != "published":
        return page
    services.approve(page, people.reviewer)
    stale = story.facts.get("stale", [])
    for code in stale:
        translate(story, page, code, people)
    if stale:
        renew(story, page, people)
    for code in story.languages:
        if code not in [story.facts["source"], *stale]:
            translate(story, page, code, people)
    return page


def draft(story: Story, editor: User) -> StoryPage:
    """The source version as a draft; the same validation as in the admin's form when submitted."""
    facts = story.facts
    index = StoryIndexPage.objects.get(locale__language_code=facts["source"])
    values = story.values(facts["source"])
    if "stale_change" in facts:
        values[facts["stale_change"]["field"]] = markdown.html(facts["stale_change"]["old"])
    page = StoryPage(
        **values,
        locale=index.locale,
        translation_key=story.translation_key,
        owner=editor,
        live=False,
    )
    if "published" in facts:
        page.first_published_at = timezone.make_aware(
            datetime.datetime.combine(facts["published"], datetime.time(9))
        )
    index.add_child(instance=page)
    page.save_revision(user=editor)
    return page


def renew(story: Story, page: StoryPage, people: People) -> None:
    """The source changes after it was translated."""
    field = story.facts["stale_change"]["field"]
    fresh = StoryPage.objects.get(pk=page.pk)
    setattr(fresh, field, story.values(story.facts["source"])[field])
    fresh.save_revision(user=people.editor)
    services.submit(fresh, people.editor)
    services.approve(fresh, people.reviewer)


def translate(story: Story, page: StoryPage, code: str, people: People) -> None:
    """A version in another language, filled in segment by segment, submitted and approved."""
    page = StoryPage.objects.get(pk=page.pk)
    (target,) = services.send_for_translation(page, [code], people.translator)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    version = StoryPage(**story.values(code), locale=target.locale)
    fill_in(story.name, version, source, people.translator)
    services.submit(target, people.translator)
    services.approve(target, people.approver)
    StoryPage.objects.filter(pk=target.pk).update(first_published_at=page.first_published_at)


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
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": translator,
            },
        )
