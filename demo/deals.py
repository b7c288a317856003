"""Demonstration deals: what two sides wrote, proposed, accepted and reviewed, day by day.

Everything is done by the functions that the rooms call, as the people who would do it, while the
clock stands at the day of the file.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.models import OutboxEntry
from demo.items import CONTENT
from demo.members import member
from demo.needs import Need
from demo.organisations import Profile
from demo.people import People
from demo.services import Service
from marketplace.agreements import documents, story
from marketplace.agreements import services as agreements
from marketplace.agreements.models import Acceptance, Agreement, StoryOfDeal
from marketplace.deals import moves, proposals
from marketplace.deals.models import Deal
from marketplace.deals.states import PARTIES, Side
from marketplace.listings.capacity import CapacityWindow
from marketplace.reviews import services as reviews
from marketplace.rooms import services as rooms
from marketplace.rooms.models import Message

FOLDER = CONTENT / "deals"
SAME = (
    "scope",
    "learns",
    "price_model",
    "price_line",
    "supervision",
    "conditions",
    "insurance",
    "minors",
    "data",
    "licence",
)
# What takes its time from the default of its field, which no patch reaches.
STAMPS = (
    (Message, "deal", "sent_at"),
    (Agreement, "deal", "made_at"),
    (Acceptance, "agreement__deal", "accepted_at"),
    (StoryOfDeal, "deal", "begun_at"),
)


class Conversation:
    """A deal of the demonstration, named by its file."""

    def __init__(self, name: str):
        self.name = name

    @classmethod
    def names(cls) -> list[str]:
        return sorted(path.stem for path in FOLDER.glob("*.yaml"))

    @property
    def facts(self) -> dict:
        text = (FOLDER / f"{self.name}.yaml").read_text(encoding="utf-8")
        return yaml.load(text, yaml.CSafeLoader)

    def token(self, number: int) -> UUID:
        """The token of a step: sent again, nothing is done twice."""
        return uuid5(NAMESPACE_URL, f"demonstration/deals/{self.name}/{number}")

    @property
    def deal(self) -> Deal | None:
        return Deal.objects.filter(steps__token=self.token(0), steps__number=1).first()

    def is_loaded(self) -> bool:
        """Whether it is there, in whatever state people have brought it since."""
        return self.deal is not None

    @transaction.atomic
    def load(self, people: People) -> Deal | None:
        """Plays it from its first day to its last; does nothing if it is there already."""
        if self.is_loaded():
            return None
        facts = self.facts
        begun = timezone.now()
        Service(facts["service"]).load(people)
        if "need" in facts:
            Need(facts["need"]).load(people)
        for number, step in enumerate(facts["steps"]):
            with standing_at(moment(step)) as now:
                Play(self, facts, number, step).do()
            self.stamp(begun, now)
        self.forget_mails()
        self.want_files()
        return self.deal

    def stamp(self, begun: datetime.datetime, now: datetime.datetime) -> None:
        """Gives what was made since the loading began the time of its step."""
        deal = self.deal
        for model, path, field in STAMPS:
            made = model.objects.filter(**{path: deal, f"{field}__gte": begun})
            made.update(**{field: now})

    def forget_mails(self) -> None:
        """Leaves the mail about the last step only: what is older has been read long ago."""
        old = list(self.deal.steps.order_by("-number").values_list("pk", flat=True)[1:])
        OutboxEntry.objects.filter(
            kind="deals.tell", done_at=None, payload__step_id__in=old
        ).delete()

    def want_files(self) -> None:
        """Promises each agreement as a file once, as it looks with the times of its acceptances."""
        drawn = self.deal.agreements.all()
        OutboxEntry.objects.filter(
            kind="core.document",
            done_at=None,
            payload__name__in=[documents.name_of(one) for one in drawn],
        ).delete()
        for one in drawn:
            documents.want(one)


class Play:
    """One step of a file, done by the account of its side."""

    def __init__(self, conversation: Conversation, facts: dict, number: int, step: dict):
        self.facts = facts
        self.step = step
        self.side = Side(step["by"])
        self.token = conversation.token(number)
        self.deal = conversation.deal
        self.user: User = member(facts[self.side]["account"])
        self.today = timezone.localdate(datetime.datetime.now(datetime.UTC))

    def do(self) -> None:
        own = getattr(self, self.step["do"], None)
        if own is not None:
            own()
        else:
            moves.perform(
                self.deal,
                self.step["do"],
                self.user,
                self.side,
                self.step.get("reason", "").strip(),
                self.token,
            )

    def day(self, number: int) -> datetime.date:
        """The day so many days from the one of loading."""
        return self.today + datetime.timedelta(days=number)

    def open(self) -> None:
        provider, client = (Profile(self.facts[side]["organisation"]) for side in PARTIES)
        wanted = [self.day(number) for number in self.step.get("wanted", [])] or [None, None]
        rooms.begin(
            self.user,
            self.token,
            rooms.Beginning(
                title=self.facts["title"],
                provider=provider.ensure_record(),
                client=client.ensure_record(),
                side=self.side,
                provider_language=self.facts["provider"]["language"],
                client_language=self.facts["client"]["language"],
                text=self.step["text"].strip(),
                service_key=Service(self.facts["service"]).key,
                need_key=Need(self.facts["need"]).key if "need" in self.facts else None,
                wanted_from=wanted[0],
                wanted_until=wanted[1],
            ),
        )

    def say(self) -> None:
        rooms.say(self.deal, self.user, self.step["text"].strip(), self.token)

    def propose(self) -> None:
        step = self.step
        values = {
            **{name: tidy(step[name]) for name in SAME},
            "starts": self.day(step["starts_in"]),
            "ends": self.day(step["ends_in"]),
            "milestones": [
                {"title": one["title"], "due": self.day(one["in"])} for one in step["milestones"]
            ],
        }
        if "window" in step:
            windows = CapacityWindow.objects.of(self.deal.service_key)
            values["window"] = windows[step["window"]]
        proposals.propose(self.deal, self.user, values, self.token, self.side)

    def accept(self) -> None:
        text = agreements.current(self.deal)
        name = self.facts[self.side]["signs"]
        agreements.accept(self.deal, self.user, text.sha256, self.token, name)

    def review(self) -> None:
        values = {name: self.step[name] for name in ("rating", "on_time", "would_again")}
        values["text"] = self.step["text"].strip()
        values["language"] = self.facts[self.side]["language"]
        reviews.write(self.deal, self.user, values, self.side)

    def reply(self) -> None:
        review = self.deal.reviews.exclude(side=self.side).get()
        reviews.reply(
            review, self.user, self.step["text"].strip(), self.facts[self.side]["language"]
        )

    def story(self) -> None:
        if self.facts[self.side]["language"] in settings.CONTENT_LANGUAGES:
            story.begin(self.deal, self.user)


def tidy(value):
    return value.strip() if isinstance(value, str) else value


def moment(step: dict) -> datetime.datetime:
    """When a step was made: a time of the day, so many days from today."""
    day = timezone.localdate() + datetime.timedelta(days=step["day"])
    return timezone.make_aware(
        datetime.datetime.combine(day, datetime.time.fromisoformat(step["at"]))
    )


@contextmanager
def standing_at(now: datetime.datetime) -> Iterator[datetime.datetime]:
    """For this process it is `now` as long as the block runs."""
    with mock.patch("django.utils.timezone.now", return_value=now):
        yield now
