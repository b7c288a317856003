"""Whether stories are still true: who is asked when, and the link with which they answer."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import F
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from stories.models import StoryPage
from stories.tried import Reminder

SALT = "stories.still-true"
AFTER = datetime.timedelta(days=365)
VALID = datetime.timedelta(days=180)
AT_ONCE = 200  # letters of one run; the next run goes on


@dataclass(frozen=True)
class Letter:
    """Which contact was asked about which story."""

    story_key: UUID
    email: str


def token(letter: Letter) -> str:
    """The part of the address that lets its receiver, and nobody else, answer."""
    return signing.dumps([str(letter.story_key), letter.email], salt=SALT)


def read(text: str) -> Letter | None:
    """The letter of a token; None for one that is forged or older than half a year."""
    try:
        key, email = signing.loads(text, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return None
    return Letter(UUID(key), email)


def due(today: datetime.date | None = None) -> list[StoryPage]:
    """One version of each story that nobody has confirmed for a year, nor been asked about.

    It is the version that was public first. A story that was never confirmed counts from the day
    on which it became public; invented cases have nobody to ask.
    """
    limit = (today or timezone.localdate()) - AFTER
    asked = Reminder.objects.filter(sent_on__gt=limit).values("story_key")
    stories = (
        StoryPage.objects.live()
        .filter(demonstration=False)
        .annotate(true_on=Coalesce(F("confirmed_on"), TruncDate("first_published_at")))
        .filter(true_on__lte=limit)
        .exclude(contact_email="")
        .exclude(translation_key__in=asked)
        .order_by("first_published_at", "pk")
    )
    first: dict[UUID, StoryPage] = {}
    for story in stories.only("pk", "translation_key", "first_published_at")[: AT_ONCE * 5]:
        first.setdefault(story.translation_key, story)
    return list(first.values())[:AT_ONCE]
