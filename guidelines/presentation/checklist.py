"""The checklist of a chapter in words, as plain text and as entries of a calendar."""

import datetime
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

import vocabularies
from core.page_context import absolute
from core.text import without_controls

TONES = {"school": "school", "company": "work", "learner": "learner"}


def when(weeks: int) -> str:
    """The distance from the first day in words."""
    if not weeks:
        return gettext("First day")
    if weeks < 0:
        return ngettext("%(number)s week before", "%(number)s weeks before", -weeks) % {
            "number": -weeks
        }
    return ngettext("%(number)s week after", "%(number)s weeks after", weeks) % {"number": weeks}


def lines(page, language: str) -> list[dict]:
    """The things to do with who does them and when, in words of a language."""
    with override(language):
        return [
            {
                "id": child.id,
                "text": child.value["text"],
                "who": vocabularies.get("method_role").label(child.value["who"], language),
                "tone": TONES.get(child.value["who"], "school"),
                "weeks": child.value["weeks"] or 0,
                "when": when(child.value["weeks"] or 0),
            }
            for child in page.checklist
        ]


def text(page) -> str:
    """The checklist as plain text that can be pasted into a mail."""
    head = [page.title, page.summary, gettext("Weeks count from the first day.")]
    body = [
        f"[ ] {line['when']} · {line['who']}: {line['text']}"
        for line in lines(page, page.locale.language_code)
    ]
    return without_controls("\n".join([*head, "", *body, "", absolute(page.url_path), ""]))


def calendar(page, start: datetime.date) -> bytes:
    """The checklist as iCalendar, an entry of one day for each thing to do.

    Two downloads for the same first day give the same identifiers, so that nothing is twice in a
    calendar; another first day is another group and gives others.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//{page.slug}//{page.locale.language_code}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", without_controls(page.title))
    host = urlsplit(settings.BASE_URL).hostname
    stamp = page.last_published_at or datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    address = absolute(page.url_path)
    for line in lines(page, page.locale.language_code):
        day = start + datetime.timedelta(weeks=line["weeks"])
        event = icalendar.Event()
        event.add("uid", f"{line['id']}-{start:%Y%m%d}@{host}")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + datetime.timedelta(days=1))
        event.add("summary", without_controls(f"{line['who']}: {line['text']}"))
        event.add("description", without_controls(f"{page.title}\n{address}"))
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()
