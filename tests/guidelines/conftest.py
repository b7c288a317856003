"""A site with the handbook in three languages."""

import pytest

from tests.conftest import make_site
from tests.factories.guidelines import ChapterPageFactory, HandbookPageFactory


def make_handbook(codes: list[str]) -> dict:
    """The handbook by language."""
    return {
        code: HandbookPageFactory(parent=home, locale=home.locale)
        for code, home in make_site(codes).items()
    }


@pytest.fixture
def handbook(db):
    return make_handbook(["en", "fi", "lt"])


@pytest.fixture
def add(handbook):
    """Publishes a chapter: `add("fi", slug="x", …)`."""

    def make(code: str = "en", **values):
        parent = handbook[code]
        return ChapterPageFactory(parent=parent, locale=parent.locale, **values)

    return make
