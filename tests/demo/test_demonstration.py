"""The demonstration: complete in every language, loaded on the way that people's stories go."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from accounts.models import User
from demo import members, people
from demo.stories import Story
from portal import shipped
from stories.models import StoryPage

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def prepared(empty):
    with override_settings(CONTENT_LANGUAGES=["en", "fi", "it", "de"]):
        shipped.ensure_site()
        people.ensure("secret")
        yield


def test_every_language_has_three_stories_and_one_exists_in_two_languages_only(settings):
    published = [
        story for story in map(Story, Story.names()) if story.facts["state"] == "published"
    ]
    counts = {
        code: sum(code in story.languages for story in published)
        for code in settings.INTERFACE_LANGUAGES
    }
    whole = [story for story in published if "en" in story.languages and len(story.languages) > 2]
    assert len(whole) == 16
    assert len(published) == 17
    assert min(counts.values()) >= 6
    assert len({story.facts["source"] for story in published}) >= 4
    assert ["en", "it"] in [sorted(story.languages) for story in published]


@pytest.mark.parametrize("name", Story.names())
def test_versions_say_the_same_things_in_300_to_600_words(name):
    story = Story(name)
    source = story.values(story.facts["source"])
    for code in story.languages:
        values = story.values(code)
        assert [len(values[part]) for part in ("partners", "results", "steps", "voices")] == [
            len(source[part]) for part in ("partners", "results", "steps", "voices")
        ]
        assert len(values["result"]) <= 200
        assert 280 <= len(str(values).split()) <= 1200


def test_a_story_is_loaded_once_with_its_stale_translation(prepared, client):
    cast = people.cast()
    assert Story("harbour-canteen").load(cast)
    assert Story("harbour-canteen").load(cast) is None
    versions = StoryPage.objects.live().values_list("locale__language_code", flat=True)
    assert sorted(versions) == ["de", "en", "fi"]
    assert client.get("/fi/stories/").context["total"] == 1


def test_a_returned_story_is_not_public_and_keeps_its_comment(prepared, client):
    page = Story("orto-in-cantiere").load(people.cast())
    assert not StoryPage.objects.get(pk=page.pk).live
    assert page.current_workflow_state.status == "needs_changes"
    assert client.get("/it/stories/").context["total"] == 0


def test_accounts_keep_their_password_when_the_command_runs_again(prepared):
    User.objects.get(email="editor@example.org").set_password("changed")
    before = User.objects.get(email="editor@example.org").password
    call_command("demonstration", password="other")
    assert User.objects.get(email="editor@example.org").password == before
    assert User.objects.count() == len(people.ACCOUNTS) + 1 + len(members.MEMBERS)
