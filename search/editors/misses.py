"""What was searched and not found: words and how often, for 90 days, and nothing of who searched."""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.models import Max, Sum
from django.utils import timezone

from search.editors.models import SearchMiss
from search.questions import Question
from search.text.analysis import words

logger = logging.getLogger(__name__)
DAYS = 90
FEWEST = 5  # searches, before anybody sees the words
LONGEST = 80  # characters; who writes more says something of themselves
MOST_A_DAY = 5_000  # different words, whoever sends them
MOST_SHOWN = 200
COUNT = """
INSERT INTO search_searchmiss (day, language, words, count)
SELECT %s, %s, %s, 1 WHERE (SELECT COUNT(*) FROM search_searchmiss WHERE day = %s) < %s
ON CONFLICT (day, language, words) DO UPDATE SET count = search_searchmiss.count + 1
"""


def countable(question: Question) -> str:
    """The words that may be kept of a question: in small letters, as typed, without signs.

    Nothing of one that is long, or has a digit or an @, because it may be about a person, and nothing
    of one with filters, because the filters may be why nothing was found.
    """
    text = question.text
    if question.is_narrowed or question.page > 1 or len(text) > LONGEST or "@" in text:
        return ""
    if any(letter.isdigit() for letter in text):
        return ""
    return " ".join(match.group().lower() for match in words(text))


def note(question: Question) -> None:
    """Counts a question that found nothing. Never waits, and never fails."""
    found = countable(question)
    if not found:
        return
    today = timezone.localdate()
    day = connection.ops.adapt_datefield_value(today)
    try:
        with without_waiting(), connection.cursor() as cursor:
            cursor.execute(COUNT, [day, question.languages[0], found, day, MOST_A_DAY])
    except DatabaseError as error:  # it is one of many
        logger.info("search: what was not found is not counted: %s", error)


@contextmanager
def without_waiting() -> Iterator[None]:
    """On SQLite, where one writes at a time, fails at once while somebody else writes."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    [patience] = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {int(patience)}")


def frequent(language: str) -> list[dict]:
    """What was often not found in a language: words, how often, and the last day, most often first."""
    since = timezone.localdate() - datetime.timedelta(days=DAYS)
    kept = SearchMiss.objects.filter(language=language, day__gt=since)
    summed = kept.values("words").annotate(times=Sum("count"), last=Max("day"))
    return list(summed.filter(times__gte=FEWEST).order_by("-times", "words")[:MOST_SHOWN])


def forget() -> int:
    """Deletes what is older than 90 days; returns how many rows."""
    last = timezone.localdate() - datetime.timedelta(days=DAYS)
    return SearchMiss.objects.filter(day__lte=last).delete()[0]
