"""What the documentation names exists."""

import re
from pathlib import Path

import pytest
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
