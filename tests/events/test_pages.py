"""Events as visitors, editors and calendar programs meet them."""

import json
import re
from uuid import UUID

import icalendar
import pytest
from django.utils import timezone
from wagtail.test.utils import WagtailPageTestCase

from events.models import EventIndexPage, EventPage
from home.models import HomePage
from tests.conftest import make_site
from tests.factories.events import EventIndexPageFactory, EventPageFactory, event_form

pytestmark = pytest.mark.django_db
REMOTE = "https://meet.example.org/secret-room"


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand, and that editors can work on them."""

    def test_event_is_renderable_editable_and_previewable(self):
        self.assertAllowedParentPageTypes(EventPage, {EventIndexPage})
        self.assertAllowedParentPageTypes(EventIndexPage, {HomePage})
        home = make_site(["en"])["en"]
        index = EventIndexPageFactory(parent=home, locale=home.locale, translation_key=UUID(int=30))
        event = EventPageFactory(parent=index, locale=index.locale)
        self.assertPageIsRenderable(event)
        self.login()
        self.assertPageIsEditable(event, post_data=event_form())
        self.assertPageIsPreviewable(event, post_data=event_form())

    def test_wrong_times_are_told_in_the_form_and_what_was_typed_stays(self):
        home = make_site(["en"])["en"]
        index = EventIndexPageFactory(parent=home, locale=home.locale, translation_key=UUID(int=30))
        self.login()
        url = f"/admin/pages/add/events/eventpage/{index.pk}/"
        response = self.client.post(url, event_form(end_time="13:00"))
        self.assertContains(response, "The event would end before it begins.")
        self.assertContains(response, "Written in the form")
        for missing in ("start_date", "time_zone"):
            response = self.client.post(url, event_form(**{missing: ""}))
            assert response.status_code == 200
        assert not EventPage.objects.exists()


def ld(html: str, kind: str) -> dict:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return next(one for one in map(json.loads, blocks) if one["@type"] == kind)


def test_past_events_go_to_the_archive_by_themselves(client, add, monkeypatch):
    add(slug="was", past=True)
    event = add(slug="comes")
    assert [row["url"] for row in client.get("/en/events/").context["rows"]] == [
        "/en/events/comes/"
    ]
    assert [row["url"] for row in client.get("/en/events/?past=1").context["rows"]] == [
        "/en/events/was/"
    ]
    monkeypatch.setattr(timezone, "now", lambda: event.ends_at)
    assert client.get("/en/events/").context["rows"] == []
    assert len(client.get("/en/events/?past=1").context["rows"]) == 2


def test_event_is_listed_once_in_the_best_language_with_its_time(client, add):
    event = add(slug="job-dating", title="Job dating")
    add("fi", slug="treffit", translation_key=event.translation_key, title="Treffit")
    (row,) = client.get("/fi/events/").context["rows"]
    assert row["title"] == "Treffit"
    assert "14.00–16.00" in row["facts"][0]
    assert "maalis" in row["mark"]


def test_page_tells_facts_report_and_structured_data(client, add):
    add(
        slug="was",
        past=True,
        report="<p>Six agreements were signed.</p>",
        attendance=31,
        online=True,
        remote_link=REMOTE,
    )
    html = client.get("/en/events/was/").content.decode()
    assert "Six agreements were signed." in html
    assert "This event has taken place." in html
    data = ld(html, "Event")
    assert data["startDate"] == "2025-03-11T14:00:00+02:00"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert REMOTE not in html


def test_cancelled_event_says_so(client, add):
    add(slug="off", cancelled=True)
    html = client.get("/en/events/off/").content.decode()
    assert "This event is cancelled." in html
    assert ld(html, "Event")["eventStatus"] == "https://schema.org/EventCancelled"
    assert "/registration/" not in html


def test_calendar_file_keeps_zone_language_and_identity_and_not_the_private_link(client, add):
    event = add(slug="en-one", title="Job, dating; now", online=True, remote_link=REMOTE)
    add("fi", slug="fi-one", title="Treffit", translation_key=event.translation_key)
    found = {}
    for code, slug in (("en", "en-one"), ("fi", "fi-one")):
        response = client.get(f"/{code}/events/{slug}/?as=ics")
        assert response["Content-Type"].startswith("text/calendar")
        assert REMOTE.encode() not in response.content
        calendar = icalendar.Calendar.from_ical(response.content)
        (found[code],) = calendar.events
        assert [zone["TZID"] for zone in calendar.timezones] == ["Europe/Riga"]
    assert found["en"]["UID"] == found["fi"]["UID"]
    assert found["en"]["SUMMARY"] == "Job, dating; now"
    assert found["fi"]["SUMMARY"].params["LANGUAGE"] == "fi"
    assert found["en"]["DTSTART"].params["TZID"] == "Europe/Riga"
    assert found["en"].start.utcoffset().total_seconds() == 2 * 3600


def test_calendar_of_the_section_holds_each_event_once(client, add):
    event = add(slug="one")
    add("fi", slug="yksi", translation_key=event.translation_key, title="Yksi")
    add(slug="long-ago", past=True)
    add(slug="hidden", live=False)
    calendar = icalendar.Calendar.from_ical(client.get("/fi/events/calendar.ics").content)
    assert [str(one["SUMMARY"]) for one in calendar.events] == ["Yksi"]
    assert "/en/events/one/" in client.get("/en/events/feed/").content.decode()


def test_hostile_text_is_shown_as_text(client, add):
    nasty = "<script>alert(1)</script>"
    event = add(slug="one", title=nasty, place=nasty, organiser=nasty, series=nasty, in_short=nasty)
    for path in ("one/", "", f"registration/{event.translation_key}/"):
        assert nasty not in client.get(f"/en/events/{path}").content.decode()


def test_pages_in_every_interface_language(client, add, settings):
    event = add(slug="one")
    for code in settings.INTERFACE_LANGUAGES:
        for path in ("", "?past=1", "one/", f"registration/{event.translation_key}/"):
            response = client.get(f"/{code}/events/{path}")
            assert response.status_code == 200
            assert f'<html lang="{code}" dir="ltr"' in response.content.decode()


def test_file_is_named_safely_whatever_the_address(add, rf):
    event = add()
    event.slug = 'jobā"'
    response = event.serve(rf.get("/", {"as": "ics"}))
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''job%C4%81%22.ics"
