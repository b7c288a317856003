"""The texts of the handbook that come with the portal."""

import pytest

from core import markdown
from guidelines.models import ChapterPage
from portal.shipped import contents, handbook, texts

pytestmark = pytest.mark.django_db
FOLDER = contents.SECTIONS["guidelines"].path
NAMES = sorted(path.name for path in FOLDER.iterdir())


def test_every_phase_has_three_chapters_for_each_side():
    facts = [texts.facts(FOLDER / name) for name in NAMES]
    assert sorted(one["number"] for one in facts) == list(range(1, 25))
    for phase in ("planning", "implementation", "assessment", "certification"):
        for side in ("provider", "company"):
            found = [one for one in facts if one["phase"] == phase and one["audiences"][0] == side]
            assert len(found) == 3


@pytest.mark.parametrize("name", NAMES)
def test_chapter_is_valid_and_its_translation_has_the_same_parts(name):
    parts = {}
    for path in sorted((FOLDER / name).glob("*.md")):
        text, body = markdown.read(path)
        page = ChapterPage(
            title=text["title"], **handbook.chapter(name, texts.facts(FOLDER / name), text, body)
        )
        own = {field.name for field in ChapterPage._meta.local_fields} - {"page_ptr"}
        page.clean_fields(
            exclude=[field.name for field in page._meta.fields if field.name not in own]
        )
        parts[path.stem] = [(child.block_type, child.id) for child in page.body]
        assert [kind for kind, _id in parts[path.stem]].count("example") == 1
        weeks = [child.value["weeks"] for child in page.checklist]
        assert weeks == sorted(weeks)
    assert parts["de"] == parts["en"]
    for linked in texts.facts(FOLDER / name)["methods"]:
        assert (contents.SECTIONS["methods"].path / linked).is_dir(), linked
