"""Demonstration events and news, on the way that people's texts go: written, reviewed, translated.

Days count from the day of loading, so that some events stay ahead.
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
from wagtail_localize.models import TranslationSource

from core import markdown
from demo.stories import People, fill_in
from editorial import services
from events.models import EventIndexPage, EventPage
from news.models import NewsIndexPage, NewsPage

CONTENT = Path(settings.BASE_DIR) / "demo" / "content"
SECTIONS = {"events": (EventIndexPage, EventPage), "news": (NewsIndexPage, NewsPage)}
KNOWN = ("country", "online", "remote_link", "capacity", "attendance")


@dataclass(frozen=True)
class Item:
    """One item of the demonstration content: its facts and its texts by language."""

    section: str
    name: str

    @property
    def folder(self) -> Path:
        return CONTENT / self.section / self.name

    @property
    def facts(self) -> dict:
        return yaml.safe_load((self.folder / "facts.yaml").read_text(encoding="utf-8"))

    @property
    def languages(self) -> list[str]:
        """The languages it is written in, the source first, limited to those of this portal."""
        found = sorted(path.stem for path in self.folder.glob("*.md"))
        found = [code for code in found if code in settings.CONTENT_LANGUAGES]
        return sorted(found, key=lambda code: code != self.facts["source"])

    @property
    def translation_key(self):
        return uuid5(NAMESPACE_URL, f"demonstration/{self.section}/{self.name}")

    def values(self, code: str, today: datetime.date) -> dict:
        """The fields of a version, as the page model takes them."""
        text, body = markdown.read(self.folder / f"{code}.md")
        common = {
            "title": text["title"],
            "slug": text["slug"],
            "in_short": text["summary"],
            "demonstration": True,
        }
        if self.section == "news":
            block = str(uuid5(NAMESPACE_URL, f"{self.name}/text"))
            return common | {"body": [{"type": "text", "id": block, "value": markdown.html(body)}]}
        parts = dict(markdown.sections(body))
        return common | {
            **{name: text.get(name) or "" for name in ("series", "place", "organiser")},
            "body": markdown.html(parts["programme"]),
            "report": markdown.html(parts["report"]) if "report" in parts else "",
            **event_facts(self.facts, today),
        }


def event_facts(said: dict, today: datetime.date) -> dict:
    """Times and numbers of an event; moved on to its `weekday` (1 is Monday), or off a weekend."""
    start_date = today + datetime.timedelta(days=said["days_from_now"])
    if "weekday" in said:
        start_date += datetime.timedelta(days=(said["weekday"] - start_date.isoweekday()) % 7)
    elif start_date.isoweekday() > 5:
        start_date += datetime.timedelta(days=8 - start_date.isoweekday())
    start = datetime.datetime.combine(start_date, datetime.time.fromisoformat(said["at"]))
    end = start + datetime.timedelta(minutes=said["minutes"])
    closes = said.get("closes_days_before")
    return {
        "audience": said["audience"],
        "start_date": start.date(),
        "start_time": start.time(),
        "end_date": end.date(),
        "end_time": end.time(),
        "time_zone": said["time_zone"],
        "registration_until": closes and start.date() - datetime.timedelta(days=closes),
        **{name: said[name] for name in KNOWN if name in said},
    }


def names() -> list[str]:
    """The items that are written in a language of this portal, as `section/name`."""
    found = sorted(
        path.parent for section in SECTIONS for path in (CONTENT / section).glob("*/facts.yaml")
    )
    found = [f"{path.parent.name}/{path.name}" for path in found]
    return [n for n in found if Item(*n.split("/")).facts["source"] in settings.CONTENT_LANGUAGES]


def is_loaded(name: str) -> bool:
    """Whether an item, named `section/name`, is there, in whatever state."""
    section, _slash, folder = name.partition("/")
    key = Item(section, folder).translation_key
    return SECTIONS[section][1].objects.filter(translation_key=key).exists()


@transaction.atomic
def load(name: str, people: People) -> Page | None:
    """Loads one item with its translations; does nothing if it is there already."""
    if is_loaded(name):
        return None
    section, name = name.split("/")
    item, today = Item(section, name), timezone.localdate()
    index_model, model = SECTIONS[section]
    source = item.facts["source"]
    index = index_model.objects.get(locale__language_code=source)
    page = model(
        **item.values(source, today),
        locale=index.locale,
        translation_key=item.translation_key,
        owner=people.editor,
        live=False,
    )
    if "days_ago" in item.facts:
        page.first_published_at = timezone.now() - datetime.timedelta(days=item.facts["days_ago"])
    index.add_child(instance=page)
    page.save_revision(user=people.editor)
    services.submit(page, people.editor)
    services.approve(page, people.reviewer)
    for code in item.languages[1:]:
        translate(item, model.objects.get(pk=page.pk), code, today, people)
    return page


def translate(item: Item, page: Page, code: str, today: datetime.date, people: People) -> None:
    """A version in another language, filled in segment by segment, submitted and approved."""
    (target,) = services.send_for_translation(page, [code], people.translator)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    version = type(page)(**item.values(code, today), locale=target.locale)
    fill_in(item.name, version, source, people.translator)
    services.submit(target, people.translator)
    services.approve(target, people.approver)
    type(page).objects.filter(pk=target.pk).update(first_published_at=page.first_published_at)
