"""How a story takes a text that an editor has as a file."""

from textwrap import shorten
from uuid import uuid4

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.importing import Importer, Pictures, Section
from core.text import list_items, plain
from stories.models import StoryPage

RICH = ("problem", "innovation", "resources", "failed", "transfer")
PLAIN = ("result", "gap_learnt", "gap_applied", "gap_needed", "cost", "results_note", "funding")
ORDER = (
    "result problem gap_learnt gap_applied gap_needed steps innovation resources cost "
    "results_note failed transfer funding"
).split()
LONGEST_TITLE = 120


def fill(page: StoryPage, chosen: list[tuple[str, Section]], pictures: Pictures) -> list[str]:
    """Writes sections into a story; see `core.importing.Importer`."""
    left: list[str] = []
    steps: list[dict] = []
    for name, section in chosen:
        for table in section.tables:
            left.append("\n".join(" | ".join(row) for row in table.rows))
        if name in RICH:
            setattr(page, name, getattr(page, name) + section.html)
        elif name == "steps":
            steps += steps_of(section)
        else:
            left += add_plain(page, name, section)
    page.steps = [{"type": "step", "id": str(uuid4()), "value": value} for value in steps]
    for number, (_place, picture) in enumerate(sorted(pictures.items())):
        if number:
            left.append(_("A further picture is among the images: a story shows one."))
        else:
            page.picture = [{"type": "picture", "id": str(uuid4()), "value": picture}]
    return left


def add_plain(page: StoryPage, name: str, section: Section) -> list[str]:
    """Adds to a field without markup; text that is too long for it is left and said."""
    words = " ".join(part for part in (getattr(page, name), plain(section.html)) if part)
    limit = StoryPage._meta.get_field(name).max_length
    if limit and len(words) > limit:
        return [words]
    setattr(page, name, words)
    return []


def steps_of(section: Section) -> list[dict]:
    """Each item of a list as a step, or the whole section as one."""
    texts = list_items(section.html)
    if not texts:
        text = plain(section.html)
        return [{"title": (section.title or text)[:LONGEST_TITLE], "text": text}]
    return [{"title": first_words(text), "text": text} for text in texts]


def first_words(text: str) -> str:
    return shorten(text, LONGEST_TITLE // 2, placeholder=" …")


importer = Importer(
    targets=[(name, capfirst(StoryPage._meta.get_field(name).verbose_name)) for name in ORDER],
    fill=fill,
)
