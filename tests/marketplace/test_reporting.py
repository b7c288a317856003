"""What people write around a deal is reported by who sees it, and hidden and shown again by moderators."""

import html
import uuid

import pytest
from django.core.cache import caches
from django.urls import reverse

from marketplace.deals import moves
from marketplace.reviews import services as reviews
from marketplace.rooms import files, links, services
from moderation import registry
from moderation.models import Case
from tests.factories.accounts import person
from tests.factories.deals import DealFactory
from tests.factories.organisations import MembershipFactory
from tests.marketplace.reviews.test_reviews import WORDS
from tests.moderation.sending import DECISION

pytestmark = pytest.mark.django_db
SECRET = "The street where a learner lives."
KINDS = ("message", "proposal", "reason", "review", "reply")
HIDDEN = "Hidden by a moderator"


@pytest.fixture(autouse=True)
def nothing_counted():
    caches["limits"].clear()


@pytest.fixture
def deal(site):
    return DealFactory(state="counter_proposed", people=True)


@pytest.fixture
def message(deal):
    plan = [files.checked("plan.txt", b"Where we meet.")]
    made = services.say(deal, deal.client_user, SECRET, uuid.uuid4(), files=plan)
    made.deal = deal
    return made


@pytest.fixture
def proposal(deal):
    deal.proposals.filter(number=2).update(scope=SECRET)
    made = deal.proposals.get(number=2)
    made.deal = deal
    return made


@pytest.fixture
def review(site):
    accepted = DealFactory(state="accepted", people=True)
    made = reviews.write(accepted, accepted.client_user, WORDS | {"text": SECRET})
    reviews.write(accepted, accepted.provider_user, WORDS)
    made.refresh_from_db()
    made.deal = accepted
    return made


@pytest.fixture
def reply(site):
    accepted = DealFactory(state="accepted", people=True)
    reviews.write(accepted, accepted.client_user, WORDS)
    made = reviews.write(accepted, accepted.provider_user, WORDS)
    made.refresh_from_db()
    reviews.reply(made, accepted.client_user, SECRET, WORDS["language"])
    made.refresh_from_db()
    made.deal = accepted
    return made


@pytest.fixture
def reason(site):
    began = DealFactory(state="in_progress", people=True)
    made = moves.perform(began, "pause", began.client_user, reason=SECRET)
    made.deal, made.language = began, "lt"
    return made


def field_of(kind) -> str:
    return "reply_hidden" if kind == "reply" else "hidden"


@pytest.fixture
def things(request):
    """Each kind by its name, made when it is asked for, so that nothing else says the same."""
    return type("Things", (), {"__getitem__": lambda self, kind: request.getfixturevalue(kind)})()


def where(thing) -> str:
    """Where the two sides read a thing."""
    names = {"Message": "deal", "Step": "deal", "Proposal": "deal-proposals", "Review": "review"}
    return reverse(f"marketplace:{names[type(thing).__name__]}", args=[thing.deal.key])


def reported(client, thing, kind, user, **changes) -> Case:
    """The case of a thing that the other side has reported, by the form."""
    client.force_login(user)
    url = registry.address(kind, str(thing.pk), "en")
    said = {"reason": "personal", "text": "An address.", "good_faith": "on", **changes}
    said |= {"name": "A reader", "email": "reader@example.org"}
    stamp = client.get(url).context["form"].stamp
    assert client.post(url, {"stamp": stamp, **said}).status_code == 302
    return Case.objects.get(kind=kind)


def decided(client, case, moderator, **changes):
    client.force_login(moderator)
    url = reverse("moderation_case", args=[case.pk])
    return client.post(url, {**DECISION, "token": str(uuid.uuid4()), **changes})


@pytest.mark.parametrize("kind", KINDS)
def test_only_who_sees_a_thing_reports_it_by_its_link(client, things, kind):
    thing = things[kind]
    url = registry.address(kind, str(thing.pk), "en")
    client.force_login(thing.deal.provider_user)
    assert html.escape(url) in client.get(where(thing)).content.decode()
    assert client.get(url).status_code == 200
    client.force_login(MembershipFactory().user)
    assert client.get(url).status_code == 404
    assert client.post(url, {"text": "x"}).status_code == 404
    client.logout()
    assert client.get(url).status_code == 404
    assert not Case.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 40, "\x00", "²"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_link_that_names_nothing_is_not_found(client, deal, kind, key):
    client.force_login(deal.provider_user)
    assert client.get(registry.address(kind, key, "en")).status_code in (400, 404)


@pytest.mark.parametrize("kind", KINDS)
def test_a_moderator_reads_what_was_reported_and_nothing_else_of_the_deal(client, things, kind):
    thing = things[kind]
    services.say(thing.deal, thing.deal.provider_user, "Nobody else reads this.", uuid.uuid4())
    case = reported(client, thing, kind, thing.deal.provider_user)
    moderator = person("moderator", thing.language)
    client.force_login(moderator)
    page = client.get(reverse("moderation_case", args=[case.pk])).content.decode()
    assert SECRET in page
    assert "Nobody else reads this." not in page
    assert thing.deal.title not in page
    assert client.get(where(thing)).status_code == 404
    assert SECRET not in case.title


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_off_is_hidden_with_its_reasons_and_comes_back(client, things, kind):
    thing = things[kind]
    deal = thing.deal
    case = reported(client, thing, kind, deal.provider_user)
    moderator = person("moderator", thing.language)
    assert decided(client, case, moderator).status_code == 302
    thing.refresh_from_db(fields=[field_of(kind)])
    assert getattr(thing, field_of(kind))
    for user in (deal.provider_user, deal.client_user):
        client.force_login(user)
        page = client.get(where(thing)).content.decode()
        assert SECRET not in page
        assert "plan.txt" not in page
        assert HIDDEN in page
        why = page.partition(HIDDEN)[2].partition('href="')[2].partition('"')[0]
        assert DECISION["facts"] in client.get(why).content.decode()
    client.force_login(deal.client_user)
    stamp = client.get(why).context["form"].stamp
    client.post(why, {"stamp": stamp, "text": "It is my own address."})
    answer = decided(client, case, person("moderator", thing.language), action="none", ground="")
    assert answer.status_code == 302
    thing.refresh_from_db(fields=[field_of(kind)])
    assert not getattr(thing, field_of(kind))
    client.force_login(deal.provider_user)
    assert HIDDEN not in client.get(where(thing)).content.decode()


def test_people_of_either_side_do_not_decide(client, message):
    moderators = [person("moderator", message.language) for _side in range(2)]
    for moderator, side in zip(moderators, ("provider", "client"), strict=True):
        MembershipFactory(organisation=getattr(message.deal, side), user=moderator)
    case = reported(client, message, "message", message.deal.provider_user)
    for moderator in moderators:
        assert decided(client, case, moderator).status_code in (403, 409)
    other = DealFactory(people=True)
    assert registry.find("message", str(message.pk), other.client_user) is None
    message.refresh_from_db(fields=["hidden"])
    assert not message.hidden


def test_a_file_of_a_hidden_message_is_gone_too(client, message):
    url = reverse(
        "marketplace:deal-file",
        args=[message.deal.key, links.of_file(message.attachments.get())],
    )
    client.force_login(message.deal.provider_user)
    assert client.get(url).status_code == 200
    registry.get("message").take_down(str(message.pk), message.deal.client_user, "")
    assert client.get(url).status_code == 404


def test_a_hidden_proposal_is_in_no_form_and_no_agreement(client, proposal):
    deal = proposal.deal
    client.force_login(deal.provider_user)
    pages = [
        reverse("marketplace:agreement", args=[deal.key, 2]),
        reverse("marketplace:agreement-text", args=[deal.key, 2]),
        reverse("marketplace:deal-propose", args=[deal.key]),
        reverse("marketplace:deal", args=[deal.key]),
    ]
    registry.get("proposal").take_down(str(proposal.pk), deal.provider_user, "")
    for url in pages:
        assert SECRET not in client.get(url).content.decode(), url
