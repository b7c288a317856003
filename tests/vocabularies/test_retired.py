"""A retired term is not offered any more, and nothing that uses it breaks."""

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.services import assign, ensure_group
from stories.models import StoryPage
from tests.factories.accounts import UserFactory
from tests.factories.stories import StoryPageFactory, story_form
from vocabularies.models import RetiredTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, index):
    ensure_group(Role.EDITOR, "en", index())
    user = UserFactory()
    assign(user, Role.EDITOR, "en")
    client.force_login(user)
    return user


def retire(client, term: str, **values):
    address = reverse("retired_terms:add")
    return client.post(address, {"term": term, "reason": "Use “hospitality”.", **values})


def test_an_editor_retires_a_term_and_a_new_story_is_not_offered_it(client, index, editor):
    assert retire(client, "sector/NACE2.1:I").status_code == 302
    form = client.get(reverse("wagtailadmin_pages:add", args=["stories", "storypage", index().pk]))
    assert 'value="NACE2.1:I"' not in form.content.decode()
    assert 'value="NACE2.1:J"' in form.content.decode()


def test_a_story_that_has_it_keeps_it_and_can_be_saved(client, index, editor):
    story = StoryPageFactory(parent=index(), sector="NACE2.1:I", macro_needs=["excellence"])
    retire(client, "sector/NACE2.1:I")
    retire(client, "macro_need/excellence")
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    page = client.get(edit).content.decode()
    assert "not offered any more" in page
    form = story_form(title="Changed", sector="NACE2.1:I")
    client.post(edit, form | {"macro_needs": ["excellence"]})
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert (draft.title, draft.sector) == ("Changed", "NACE2.1:I")
    assert draft.macro_needs == ["excellence"]


def test_readers_go_on_finding_and_seeing_it(client, index, editor):
    story = StoryPageFactory(parent=index(), sector="NACE2.1:I")
    retire(client, "sector/NACE2.1:I")
    client.logout()
    assert "Accommodation" in client.get(story.url_path).content.decode()
    listing = client.get("/en/stories/", {"sector": "NACE2.1:I"}).content.decode()
    assert story.title in listing


def test_a_term_is_retired_once_and_offered_again_when_the_editor_takes_it_back(client, editor):
    retire(client, "sector/NACE2.1:I")
    again = retire(client, "sector/NACE2.1:I")
    assert again.status_code == 200
    assert RetiredTerm.objects.count() == 1
    client.post(reverse("retired_terms:delete", args=[RetiredTerm.objects.get().pk]))
    assert RetiredTerm.history.filter(history_type="-").count() == 1
    assert retire(client, "sector/NACE2.1:I").status_code == 302


def test_what_is_no_term_and_a_reason_left_empty_are_told_at_the_field(client, editor):
    answer = retire(client, "sector/NACE2.1:ZZ", reason="")
    form = answer.context["form"]
    assert set(form.errors) == {"term", "reason"}
    assert RetiredTerm.objects.count() == 0


def test_a_reviewer_cannot_retire(client, index):
    ensure_group(Role.REVIEWER, "en", index())
    reviewer = UserFactory()
    assign(reviewer, Role.REVIEWER, "en")
    client.force_login(reviewer)
    retire(client, "sector/NACE2.1:I")
    assert RetiredTerm.objects.count() == 0
