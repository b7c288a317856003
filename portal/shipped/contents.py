"""The items that come with the portal: from text files to published pages.

They come with their sections: when the section of a language is made, and never again, so that what
editors rename, change or take away stays as they left it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page

from core import items, markdown
from editorial.publishing import publish_by_rule
from guidelines.models import ChapterPage
from methods.models import MethodPage, ObstaclePage, SheetPage
from news.models import ProjectPage
from portal.shipped import handbook, manual, projects, texts


@dataclass(frozen=True)
class Section:
    """A section that has items from the beginning.

    `folder` holds one folder for each item, with `facts.yaml` and `<language>.md`. `values(name,
    facts, front matter, body)` gives the fields of a version beside title, slug and language.
    """

    model: type[Page]
    folder: str
    values: Callable[[str, dict, dict, str], dict]

    @property
    def path(self) -> Path:
        return Path(settings.BASE_DIR) / self.folder


SECTIONS = {
    "methods": Section(MethodPage, "methods/content/methods", manual.method),
    "obstacles": Section(ObstaclePage, "methods/content/obstacles", manual.obstacle),
    "sheets": Section(SheetPage, "methods/content/sheets", manual.sheet),
    "guidelines": Section(ChapterPage, "guidelines/content/handbook", handbook.chapter),
    "projects": Section(ProjectPage, "news/content/projects", projects.project),
}


@transaction.atomic
def ensure(slug: str, code: str) -> None:
    """Publishes what is shipped of a section in one language, unless it is there."""
    section = SECTIONS[slug]
    locale = Locale.objects.get(language_code=code)
    index = Page.objects.get(url_path=f"/{code}/{slug}/", locale=locale)
    for path in sorted(section.path.glob(f"*/{code}.md")):
        key = items.shipped_key(slug, path.parent.name)
        if section.model.objects.filter(translation_key=key, locale=locale).exists():
            continue
        text, body = markdown.read(path)
        said = texts.facts(path.parent)
        page = section.model(
            title=text["title"],
            slug=text["slug"],
            locale=locale,
            translation_key=key,
            live=False,
            **section.values(path.parent.name, said, text, body),
        )
        index.add_child(instance=page)
        page.save_revision(clean=False)
        publish_by_rule(page, "shipped")
