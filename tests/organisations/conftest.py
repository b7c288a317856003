"""A site with the section of organisations, and people around one of them."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core.cache import cache

from organisations.services import ensure_desk
from tests.conftest import make_site
from tests.factories import organisations as factories
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def no_limit():
    """Every test begins without forms counted against the limit."""
    cache.clear()


@pytest.fixture
def sections(db):
    """The lists of organisations by language."""
    homes = make_site(["en", "fi"])
    return {
        code: factories.OrganisationIndexPageFactory(
            parent=home, locale=home.locale, translation_key=UUID(int=30)
        )
        for code, home in homes.items()
    }


@pytest.fixture
def add(sections):
    """Publishes a profile: `add("fi", title="X", organisation=…)`."""

    def make(code: str = "en", **values):
        parent = sections[code]
        return factories.OrganisationPageFactory(parent=parent, locale=parent.locale, **values)

    return make


@pytest.fixture
def school(db):
    """A school with owner, editor, contact; a stranger and somebody of the desk."""
    record = factories.OrganisationFactory(
        name="Ogre Wood School", internal_note="Pays late.", contact_email="office@example.org"
    )
    people = {
        role: factories.MembershipFactory(organisation=record, role=role).user
        for role in ("owner", "editor", "contact")
    }
    desk = UserFactory()
    desk.groups.add(ensure_desk())
    return SimpleNamespace(record=record, stranger=UserFactory(), desk=desk, **people)
