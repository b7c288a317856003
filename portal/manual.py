"""The manual of methods that comes with the portal: from text files to published pages.

It comes with its sections: when the section of a language is made, and never again, so that what
editors rename, change or take away stays as they left it.
"""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page

from core import items, markdown
from editorial.publishing import publish_by_rule
from methods.models import MethodPage, ObstaclePage, SheetPage
from news.models import ProjectPage
from portal import projects

CONTENT = Path(settings.BASE_DIR) / "methods" / "content"
METHOD_TEXTS = ("idea", "example", "pitfalls", "success", "safety")
METHOD_CODES = (
    "number",
    "phase_4c",
    "experience",
    "place",
    "group_min",
    "group_max",
    "hours_school",
    "hours_company",
    "weeks_before",
    "weeks_during",
    "weeks_after",
    "cost",
    "motives_school",
    "motives_company",
)
OBSTACLE_TEXTS = ("behind", "first_step", "say")
SECTIONS = {
    "methods": MethodPage,
    "obstacles": ObstaclePage,
    "sheets": SheetPage,
    "projects": ProjectPage,
}


def keys(section: str, names: list[str]) -> list[str]:
    return [str(items.shipped_key(section, name)) for name in names]


def block_id(*parts) -> str:
    """The same in every language, so that translations meet block by block."""
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def folder(section: str) -> Path:
    """Where the texts of a section lie: with the app whose pages they are."""
    return projects.CONTENT if section == "projects" else CONTENT / section


def facts(section: str, name: str) -> dict:
    path = folder(section) / name / "facts.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


@transaction.atomic
def ensure(section: str, code: str) -> None:
    """Publishes what is shipped of a section in one language, unless it is there."""
    locale = Locale.objects.get(language_code=code)
    index = Page.objects.get(url_path=f"/{code}/{section}/", locale=locale)
    for path in sorted(folder(section).glob(f"*/{code}.md")):
        name = path.parent.name
        if (
            SECTIONS[section]
            .objects.filter(translation_key=items.shipped_key(section, name), locale=locale)
            .exists()
        ):
            continue
        text, body = markdown.read(path)
        page = SECTIONS[section](
            title=text["title"],
            slug=text["slug"],
            locale=locale,
            translation_key=items.shipped_key(section, name),
            live=False,
            **VALUES[section](name, text, body),
        )
        index.add_child(instance=page)
        page.save_revision(clean=False)
        publish_by_rule(page, "shipped")


def method(name: str, text: dict, body: str) -> dict:
    said, parts = facts("methods", name), dict(markdown.sections(body))
    return {
        "purpose": text["purpose"],
        "cost_note": text.get("cost_note") or "",
        **{code: said[code] for code in METHOD_CODES},
        **{part: markdown.html(parts[part]) for part in METHOD_TEXTS},
        **{part: markdown.html(bullets(text[part])) for part in ("use_when", "leave_when")},
        "tasks": [
            {
                "type": "task",
                "id": block_id(name, phase, role, number),
                "value": {"phase": phase, "role": role, "text": task},
            }
            for phase, roles in text["tasks"].items()
            for role, tasks in roles.items()
            for number, task in enumerate(tasks)
        ],
        "obstacles": keys("obstacles", said["obstacles"]),
        "sheets": keys("sheets", said["sheets"]),
        "terms": said["terms"],
    }


def obstacle(name: str, text: dict, body: str) -> dict:
    said, parts = facts("obstacles", name), dict(markdown.sections(body))
    return {
        "answer": text["summary"],
        "kind": said["kind"],
        "said_by": said["side"],
        **{part: markdown.html(parts[part]) for part in OBSTACLE_TEXTS},
    }


def sheet(name: str, text: dict, body: str) -> dict:
    return {"use": text["summary"], "body": sheet_blocks(name, body)}


def bullets(sentences: list[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def sheet_blocks(name: str, body: str) -> list[dict]:
    """Headings, text, lines (`?? `) and tables (`| `) to fill in, as the stream of a sheet."""
    blocks: list[tuple[str, object]] = []
    waiting: list[str] = []

    def flush() -> None:
        text = "\n".join(waiting).strip()
        waiting.clear()
        if text:
            blocks.append(("text", markdown.html(text)))

    for title, part in markdown.sections(body):
        if title:
            blocks.append(("heading", title))
        for line in [*part.splitlines(), ""]:
            if line.startswith("?? "):
                flush()
                blocks.append(("field", line[3:].strip()))
            elif line.startswith("|"):
                flush()
                cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
                if not set("".join(cells)) <= set("-: "):
                    if blocks and blocks[-1][0] == "grid":
                        blocks[-1][1]["rows"].append(cells[0])
                    else:
                        blocks.append(("grid", {"columns": cells, "rows": []}))
            else:
                waiting.append(line)
        flush()
    return [
        {"type": kind, "id": block_id(name, number), "value": value}
        for number, (kind, value) in enumerate(blocks)
    ]


def project(name: str, text: dict, body: str) -> dict:
    return projects.values(name, facts("projects", name), text, body, block_id)


VALUES = {"methods": method, "obstacles": obstacle, "sheets": sheet, "projects": project}
