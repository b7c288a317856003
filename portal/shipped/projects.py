"""Projects: the fields of their pages, from text files."""

from core import markdown
from portal.shipped.texts import block_id

RICH = ("about", "results", "carried_on")
FACTS = ("programme", "number", "start_date", "end_date", "link")


def project(name: str, said: dict, text: dict, body: str) -> dict:
    """The fields of a version: facts of the project, words of its language."""
    parts = dict(markdown.sections(body))
    empty = {"start_date": None, "end_date": None}
    streams = {
        "partners": ("partner", said.get("partners", []), text.get("partners", [])),
        "figures": ("figure", said.get("figures", []), text.get("figures", [])),
    }
    return {
        "in_short": text["summary"],
        **{fact: said.get(fact) or empty.get(fact, "") for fact in FACTS},
        **{part: markdown.html(parts[part]) if part in parts else "" for part in RICH},
        **{
            field: [
                {"type": kind, "id": block_id(name, kind, number), "value": {**fact, **words}}
                for number, (fact, words) in enumerate(zip(facts, texts, strict=True))
            ]
            for field, (kind, facts, texts) in streams.items()
        },
    }
