"""What every item says at its end: how it is cited, its history, and its place in the loop."""

import pytest

from editorial.publishing import publish_by_rule
from tests.factories.home import StandardPageFactory
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(index):
    return StoryPageFactory(
        parent=index(), slug="boxes", title="Boxes\r\nER  - ", licence="CC-BY-SA-4.0"
    )


def test_an_item_is_cited_with_its_licence_and_as_a_reference_file(client, story):
    html = client.get("/fi/stories/boxes/").content.decode()
    assert "http://testserver/en/stories/boxes/. CC BY-SA 4.0." in html
    response = client.get("/fi/stories/boxes/?as=ris&read=en")
    assert response["Content-Type"].startswith("application/x-research-info-systems")
    assert 'filename="boxes.ris"' in response["Content-Disposition"]
    lines = response.content.decode().split("\r\n")
    assert "TI  - Boxes ER -" in lines
    assert lines.count("ER  -") == 1
    assert "UR  - http://testserver/en/stories/boxes/" in lines


def test_the_history_tells_what_was_published_without_names(client, story, django_user_model):
    someone = django_user_model.objects.create_user("who@example.org", first_name="Somebody")
    publish_by_rule(story, "synchronised fields", user=someone)
    html = client.get("/en/stories/boxes/?as=history").content.decode()
    assert "Published with the numbers, codes and dates of the source" in html
    assert "Somebody" not in html
    assert 'name="robots" content="noindex"' in html


def test_plain_pages_have_it_too_and_sections_show_the_loop_instead(client, site):
    StandardPageFactory(parent=site["en"], slug="about", locale=site["en"].locale)
    assert "?as=ris" in client.get("/en/about/").content.decode()
    html = client.get("/en/stories/").content.decode()
    assert "?as=ris" not in html
    assert 'aria-current="step"' in html
    assert 'href="/en/methods/"' in html


def test_a_mistake_is_reported_from_a_section_too(client, site, index):
    html = client.get("/en/stories/").content.decode()
    assert f'<a href="/en/report/?about={index().pk}" rel="nofollow">Report a mistake</a>' in html
