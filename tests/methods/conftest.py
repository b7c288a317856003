"""A site with the sections of the manual."""

from uuid import UUID

import pytest

from tests.conftest import make_site
from tests.factories import methods as factories

SECTIONS = {
    "methods": factories.MethodIndexPageFactory,
    "obstacles": factories.ObstacleIndexPageFactory,
    "sheets": factories.SheetIndexPageFactory,
}


def make_manual(codes: list[str]) -> dict:
    """The sections by slug and language: `manual["methods", "fi"]`."""
    homes = make_site(codes)
    found = {}
    for code in codes:
        for number, (slug, factory) in enumerate(SECTIONS.items()):
            page = homes[code].get_children().filter(slug=slug).first()
            if page is None:
                page = factory(
                    parent=homes[code],
                    locale=homes[code].locale,
                    translation_key=UUID(int=10 + number),
                )
            found[slug, code] = page.specific
    return found


@pytest.fixture
def manual(db):
    return make_manual(["en", "fi", "it"])


@pytest.fixture
def add(manual):
    """Publishes an item: `add("methods", "fi", slug="x", …)`."""
    makers = {
        "methods": factories.MethodPageFactory,
        "obstacles": factories.ObstaclePageFactory,
        "sheets": factories.SheetPageFactory,
    }

    def make(section: str, code: str = "en", **values):
        parent = manual[section, code]
        return makers[section](parent=parent, locale=parent.locale, **values)

    return make
