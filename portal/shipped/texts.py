"""What the texts that come with the portal share: where they lie, and identities that never change."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml

from core import items


def keys(section: str, names: list[str]) -> list[str]:
    return [str(items.shipped_key(section, name)) for name in names]


def block_id(*parts) -> str:
    """The same in every language, so that translations meet block by block."""
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def facts(folder: Path) -> dict:
    """What is the same in every language of an item; {} where it has no such file."""
    path = folder / "facts.yaml"
    if not path.exists():
        return {}
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
