"""What the tests of members' stories need: people, the review, and filled-in steps."""

import pytest
from wagtail.models import Page

from core import outbox
from core.models import OutboxEntry
from editorial import services
from stories.models import StoryPage
from tests.conftest import make_site
from tests.factories.accounts import person


@pytest.fixture
def lists(db):
    """Homes and lists of stories in English and Finnish, with the review set up."""
    homes = make_site(["en", "fi"])
    services.ensure_workflow(Page.get_first_root_node())
    return homes


@pytest.fixture
def member(lists, client):
    """A signed-in member without any role."""
    found = person()
    client.force_login(found)
    return found


@pytest.fixture
def reviewer(lists):
    return person("reviewer", "en", "fi")


def work() -> None:
    """What the worker does, until nothing is left."""
    while entries := list(OutboxEntry.objects.filter(done_at=None, attempts=0).order_by("pk")):
        for entry in entries:
            outbox.work.call(entry.pk)


def blocks(prefix: str, *values: dict, initial: int = 0) -> dict:
    """What the fieldsets of a stream send."""
    data = {
        f"{prefix}-TOTAL_FORMS": len(values),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 20,
    }
    for number, value in enumerate(values):
        data |= {f"{prefix}-{number}-{name}": one for name, one in value.items()}
    return data


FILLED = {
    1: {"title": "Real orders", "result": "From 9 % to 64 %.", "language": "en"},
    2: {
        "country": "LV",
        "postal_code": "LV-1050",
        "sector": "NACE2.1:C",
        "field": "07",
        "eqf_level": "4",
        "organisation_size": "micro",
        "work_based_learning": "real_orders",
        "level_of_practice": "local",
    },
    3: {
        "problem": "Everybody made the same box.\n\n- in wood\n- in glue",
        "gap_learnt": "Joints.",
        "gap_applied": "Measuring.",
        "gap_needed": "A price.",
        "innovation": "",
        **blocks("partners", {"name": "School", "kind": "school", "country": "LV", "role": "Led"}),
        **blocks("steps", {"title": "Ask", "text": "Eleven companies were asked."}),
    },
    4: {
        "failed": "The glue waited.",
        "transfer": "A workshop.",
        **blocks("results", {"label": "Learners", "before": "9", "after": "64.5", "unit": "%"}),
        **blocks("voices", {"who": "designer", "quote": "Now I teach.", "role": "Trainer"}),
    },
    5: {
        "contact_organisation": "Joinery department",
        "contact_email": "joinery@example.org",
        "contact_url": "",
        "licence": "CC-BY-4.0",
        "funding": "",
    },
}


class Writer:
    """A member at the five steps, as a browser sends them."""

    def __init__(self, client, language="en"):
        self.client = client
        self.root = f"/{language}/account/stories/"
        self.story = None

    def address(self, number: int) -> str:
        return f"{self.root}{self.story.pk}/{number}/"

    def begin(self, **changes):
        token = self.client.get(f"{self.root}new/").context["token"]
        data = FILLED[1] | {"token": token} | changes
        response = self.client.post(f"{self.root}new/", data)
        self.story = StoryPage.objects.order_by("pk").last()
        return response

    def seen(self, number: int) -> str:
        return self.client.get(self.address(number)).context["seen"]

    def save(self, number: int, seen: str = "", **changes):
        data = FILLED[number] | {"seen": seen or self.seen(number)} | changes
        return self.client.post(self.address(number), data)

    def fill(self):
        """All five steps, not sent; none is looked at before, because nobody else changes them."""
        if self.story is None:
            self.begin()
        for number in (2, 3, 4, 5):
            data = FILLED[number] | ({"later": "1"} if number == 5 else {})
            assert self.client.post(self.address(number), data).status_code == 302

    def send(self, **changes):
        return self.save(5, **{"send": "1", "no_learner": "on", "may_publish": "on"} | changes)

    @property
    def draft(self) -> StoryPage:
        return StoryPage.objects.get(pk=self.story.pk).get_latest_revision_as_object()


@pytest.fixture
def writer(client, member):
    return Writer(client)
