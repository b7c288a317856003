"""A site with recommendations, for the tests of this app."""

from uuid import UUID

from tests.conftest import make_site
from tests.factories.recommendations import (
    RecommendationIndexPageFactory,
    RecommendationPageFactory,
)

KEY = UUID(int=30)


def make_section(codes: list[str]) -> dict:
    """The lists of recommendations by language."""
    homes = make_site(codes)
    return {
        code: RecommendationIndexPageFactory(parent=home, locale=home.locale, translation_key=KEY)
        for code, home in homes.items()
        if not home.get_children().filter(slug="recommendations")
    }


def add(section, **values):
    """Publishes a recommendation in a section."""
    return RecommendationPageFactory(parent=section, locale=section.locale, **values)
