"""After the work: evidence that both sides confirm, and a story that both approve."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.agreements import evidence, story, verifying
from marketplace.agreements.models import Evidence, StoryOfDeal
from marketplace.deals.refusals import Refused
from stories import services as stories
from stories.models import StoryPage
from tests.factories.stories import StoryPageFactory

WORDS = {
    "language": "lv",
    "programme": "Web design",
    "did": "Built five pages.",
    "outcomes": "Asks a client what is needed.",
    "hours": 40,
}

# What the deal does not know of its story.
LEFT_TO_WRITE = [
    "result",
    "gap_learnt",
    "gap_needed",
    "sector",
    "eqf_level",
    "level_of_practice",
    "failed",
    "transfer",
    "contact_email",
    "voices",
]


def address(deal, what: str) -> str:
    return f"/en/account/deals/{deal.key}/{what}/"


def test_evidence_is_written_by_one_side_and_counts_when_both_have_confirmed(client, worked):
    client.force_login(worked.provider_user)
    sent = {**WORDS, "token": str(uuid4())}
    first = client.post(address(worked, "evidence"), sent)
    assert first["Location"] == address(worked, "evidence/1")
    assert client.post(address(worked, "evidence"), sent)["Location"] == first["Location"]
    made = Evidence.objects.get()
    assert "Built five pages." in client.get(first["Location"]).content.decode()
    assert verifying.look_up(made.sha256).state == "open"
    evidence.confirm(worked, worked.provider_user, made.sha256)
    evidence.confirm(worked, worked.client_user, made.sha256)
    found = verifying.look_up(made.sha256)
    assert (found.state, found.kind) == ("accepted", "evidence")


def test_evidence_that_was_typed_survives_a_sign_in_that_ran_out(client, worked):
    sent = {**WORDS, "token": str(uuid4())}
    kept = client.post(address(worked, "evidence"), sent)
    assert kept.status_code == 422
    page = kept.content.decode()
    assert WORDS["did"] in page
    assert sent["token"] in page
    assert worked.title not in page
    assert not Evidence.objects.exists()
    client.force_login(worked.provider_user)
    assert client.post(address(worked, "evidence"), sent).status_code == 302
    client.logout()
    assert client.post(address(worked, "story"), {"do": "begin"}).status_code == 302
    assert not StoryOfDeal.objects.exists()


def test_evidence_is_for_the_parties_and_comes_after_the_work(client, worked, deal, stranger):
    for one, user, status in (
        (worked, worked.client_user, 200),
        (worked, stranger, 404),
        (deal, deal.client_user, 404),
    ):
        client.force_login(user)
        assert client.get(address(one, "evidence")).status_code == status
    with pytest.raises(Refused):
        evidence.write(deal, deal.client_user, WORDS, uuid4())
    with pytest.raises(Refused):
        evidence.write(worked, stranger, WORDS, uuid4())


@pytest.mark.parametrize(
    "bad", [{"hours": "0"}, {"hours": "x"}, {"did": ""}, {"language": "xx"}, {"did": "\x00"}]
)
def test_wrong_evidence_is_said_at_its_field(client, worked, bad):
    client.force_login(worked.client_user)
    response = client.post(address(worked, "evidence"), {**WORDS, **bad})
    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Evidence.objects.exists()


@pytest.fixture
def told(worked, site):
    """The draft of the story that the provider has begun."""
    return story.begin(worked, worked.provider_user)


def test_a_story_is_begun_once_and_filled_from_the_deal(worked, told):
    assert story.begin(worked, worked.client_user).pk == told.pk
    draft = told.get_latest_revision_as_object()
    assert draft.title == worked.title
    assert [one.value["name"] for one in draft.partners] == [
        worked.provider.name,
        worked.client.name,
    ]
    assert (told.live, draft.organisation, told.locale.language_code) == (
        False,
        worked.provider,
        "lv",
    )
    with override("lv"):  # whoever reads the portal in English begins it in Latvian all the same
        assert draft.partners[0].value["role"] == _("Its learners did the work.")


def test_a_story_goes_to_the_editors_only_when_both_have_approved_what_it_says(
    client, worked, told, stranger
):
    draft = told.get_latest_revision_as_object()
    for name in LEFT_TO_WRITE:
        setattr(draft, name, StoryPageFactory._meta.declarations[name])
    draft.save_revision(user=worked.provider_user, clean=False)
    told = StoryPage.objects.get(pk=told.pk)
    with pytest.raises(PermissionDenied, match="Both sides"):
        stories.send(told, worked.provider_user)
    seen = story.mark(told)
    with pytest.raises(Refused):
        story.approve(worked, stranger, seen)
    story.approve(worked, worked.client_user, seen)
    client.force_login(worked.provider_user)
    shown = client.get(address(worked, "story"))
    assert shown.context["mark"] == seen
    client.post(address(worked, "story"), {"do": "approve", "mark": seen})
    approved = story.approvals(StoryOfDeal.objects.get(), seen)
    assert set(approved) == {"provider", "client"}
    stories.send(told, worked.provider_user)
    assert StoryPage.objects.get(pk=told.pk).current_workflow_state


def test_a_change_of_the_draft_asks_both_anew(worked, told):
    seen = story.mark(told)
    for user in (worked.client_user, worked.provider_user):
        story.approve(worked, user, seen)
    draft = told.get_latest_revision_as_object()
    draft.result = "Something else."
    draft.save_revision(user=worked.provider_user, clean=False)
    told = StoryPage.objects.get(pk=told.pk)
    with pytest.raises(Refused):
        story.check_approved(told)
    with pytest.raises(Refused, match="has changed"):
        story.approve(worked, worked.client_user, seen)


def test_the_story_page_is_for_the_parties(client, worked, told, stranger):
    for user, status in ((worked.client_user, 200), (stranger, 404)):
        client.force_login(user)
        assert client.get(address(worked, "story")).status_code == status
    client.force_login(worked.client_user)
    assert worked.title in client.get(address(worked, "story")).content.decode()
