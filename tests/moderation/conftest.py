"""A public story, its author, two moderators of its language, and the worker on demand."""

from uuid import uuid4

import pytest
from django.core.cache import caches

from editorial import publishing
from moderation import pages, services
from moderation.links import Party
from moderation.models import Case
from tests.editorial.conftest import speaks
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory
from tests.moderation.sending import decide, notice


@pytest.fixture(autouse=True)
def nothing_counted():
    caches["limits"].clear()


@pytest.fixture
def author(db):
    someone = person(email="author@example.org")
    speaks(someone, "lv")
    return someone


@pytest.fixture
def story(index, author):
    """A public Finnish story, as a Latvian speaker has written it."""
    page = StoryPageFactory(
        parent=index("fi"), locale=index("fi").locale, slug="saha", draft=True, owner=author
    )
    page.save_revision(user=author, clean=False)
    publishing.publish_by_rule(page, "shipped")
    page.refresh_from_db()
    return page


@pytest.fixture
def thing(story):
    return pages.thing(story)


@pytest.fixture
def moderators(site):
    """Two for Finnish: of the first the menus are German."""
    found = [person("moderator", "fi"), person("moderator", "fi")]
    speaks(found[0], "de")
    return found


@pytest.fixture
def case(thing, moderators) -> Case:
    """Reported once, by a reader with Lithuanian menus."""
    return notice(thing).case


@pytest.fixture
def taken_down(case, moderators, story):
    """The first moderator has taken it off."""
    decide(case, moderators[0])
    case.refresh_from_db()
    return case


@pytest.fixture
def appealed(taken_down, author):
    services.appeal(uuid4(), Party(taken_down, user=author), "lv", "Tā nav taisnība.")
    taken_down.refresh_from_db()
    return taken_down
