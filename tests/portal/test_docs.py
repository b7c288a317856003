"""What the documentation names exists."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}
MADE = ("build/", "var/", "deploy/.env")  # by commands and operators, not in the repository


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_pages_that_a_document_names_exist(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`([a-z]+/[\w./-]+)`", text)
    named = [name for name in named if name.split("/")[0] in FOLDERS and not name.startswith(MADE)]
    missing = [name for name in named if not (ROOT / name).exists()]
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    missing += [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_every_variable_of_the_settings_is_documented_and_reaches_the_containers():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`[A-Z].*?) \|", readme, re.MULTILINE)
    documented = {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}
    code = "".join(path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py"))
    read = set(re.findall(r"""\b(?:env|required)(?:\.\w+)?\(\s*["']([A-Z_]+)""", code))
    assert read - documented == set()
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]
    for name in ("web", "worker", "periodic", "migrate"):
        assert services[name]["env_file"] == ".env"
        given = services[name]["environment"]
        fixed = {key for key in documented & given.keys() if "${" + key not in given[key]}
        assert fixed == {"BASE_URL", "DATABASE_URL"}  # made from the address and the password
