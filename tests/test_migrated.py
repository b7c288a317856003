"""The migrated database that tests begin with: another one for whatever decides what it holds."""

import pytest

from tests import migrated

FILES = {
    "stories/migrations/0001_initial.py": "import core.fields\nfrom vocabularies import codes",
    "core/fields.py": "LENGTH = 10",
    "vocabularies/codes.py": "",
    "portal/settings/base.py": "",
    "stories/models.py": "",
}


@pytest.mark.parametrize("changed", FILES)
def test_its_version_follows_migrations_what_they_import_and_settings(
    changed, tmp_path, monkeypatch
):
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    before = migrated.version()
    assert migrated.version() == before
    (tmp_path / changed).write_text("LENGTH = 20")
    assert (migrated.version() == before) is (changed == "stories/models.py")


def test_its_version_follows_packages(monkeypatch):
    before = migrated.version()
    monkeypatch.setattr(migrated, "distributions", list)
    assert migrated.version() != before
