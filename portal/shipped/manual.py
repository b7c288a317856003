"""Methods, obstacles and sheets: the fields of their pages, from text files."""

from core import markdown
from portal.shipped.texts import block_id, keys

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


def method(name: str, said: dict, text: dict, body: str) -> dict:
    parts = dict(markdown.sections(body))
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


def obstacle(name: str, said: dict, text: dict, body: str) -> dict:
    parts = dict(markdown.sections(body))
    return {
        "answer": text["summary"],
        "kind": said["kind"],
        "said_by": said["side"],
        **{part: markdown.html(parts[part]) for part in OBSTACLE_TEXTS},
    }


def sheet(name: str, said: dict, text: dict, body: str) -> dict:
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
