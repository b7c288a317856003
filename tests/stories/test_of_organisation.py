"""A story that an organisation tells belongs to its owners and editors as well."""

import pytest
from django.test import Client

from organisations import merging
from stories.models import StoryPage
from tests.factories.accounts import UserFactory
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    OrganisationIndexPageFactory,
    OrganisationPageFactory,
)
from tests.factories.pages import publish, take_off
from tests.stories.conftest import FILLED, Writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(member):
    school = OrganisationFactory(name="Ogre Wood School")
    MembershipFactory(organisation=school, user=member, role="editor")
    return school


@pytest.fixture
def told(writer, school):
    """A whole draft that a member tells for their school."""
    writer.begin()
    writer.fill()
    assert writer.save(5, **FILLED[5], organisation=school.pk).status_code == 302
    writer.story.refresh_from_db()
    return writer.story


def colleague(school, role: str) -> Client:
    client = Client()
    client.force_login(MembershipFactory(organisation=school, role=role).user)
    return client


def test_colleagues_write_it_and_others_do_not(told, school, writer):
    assert told.organisation == school
    page, step = f"/en/account/stories/{told.pk}/", writer.address(1)
    stranger = Client()
    stranger.force_login(UserFactory())
    for client, expected in (
        (colleague(school, "owner"), 200),
        (colleague(school, "editor"), 200),
        (colleague(school, "contact"), 404),
        (colleague(OrganisationFactory(), "owner"), 404),
        (stranger, 404),
    ):
        assert client.get(page).status_code == client.get(step).status_code == expected
        listed = client.get("/en/account/stories/").content.decode()
        assert (page in listed) == (expected == 200)


def test_a_colleague_changes_and_sends_it_but_does_not_delete_it(told, school):
    client = colleague(school, "editor")
    theirs = Writer(client)
    theirs.story = told
    answer = client.post(f"/en/account/stories/{told.pk}/delete/", {"sure": "1"}, follow=True)
    assert "Only the person who has begun a story can delete it." in answer.content.decode()
    changed = FILLED[1] | {"title": "Real orders, told by two"}
    assert theirs.save(1, **changed).status_code == 302
    assert theirs.send(organisation=school.pk).status_code == 302
    told.refresh_from_db()
    assert told.workflow_in_progress
    assert told.get_latest_revision_as_object().title == "Real orders, told by two"


def test_only_own_organisations_can_be_chosen(writer, member, school):
    writer.begin()
    foreign = OrganisationFactory(name="Somebody else’s")
    html = writer.client.get(writer.address(5)).content.decode()
    assert school.name in html
    assert foreign.name not in html
    refused = writer.save(5, **FILLED[5], organisation=foreign.pk)
    assert refused.status_code == 422
    assert writer.story.organisation is None


def test_after_a_merge_it_is_the_story_of_the_record_that_was_kept(told, school):
    kept = OrganisationFactory()
    merging.merge(kept, school, UserFactory(is_superuser=True))
    assert colleague(kept, "owner").get(f"/en/account/stories/{told.pk}/").status_code == 200


def test_story_and_profile_link_to_each_other_when_they_are_public(told, school, client, writer):
    home = StoryPage.objects.get(pk=told.pk).get_parent().get_parent()
    index = OrganisationIndexPageFactory(parent=home, locale=home.locale)
    profile = OrganisationPageFactory(parent=index, organisation=school, title="The wood school")
    assert told.title not in client.get(profile.url_path).content.decode()
    publish(writer.draft)
    assert told.title in client.get(profile.url_path).content.decode()
    assert profile.url_path in client.get(told.url_path).content.decode()


def test_when_it_is_public_the_editors_change_it(told, school, writer):
    publish(writer.draft)
    page = colleague(school, "owner").get(f"/en/account/stories/{told.pk}/")
    assert not page.context["can_write"]
    assert not StoryPage.objects.get(pk=told.pk).is_written_by(writer.story.owner)
    take_off(StoryPage.objects.get(pk=told.pk))
    page = colleague(school, "editor").get(f"/en/account/stories/{told.pk}/")
    assert not page.context["can_write"]
