"""The daily mail, how mails are stopped without signing in, and where they are chosen."""

import datetime
import re
import zoneinfo

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from editorial import services
from editorial.notices import choices, digest, tasks
from editorial.notices.models import Digest, How, Kind, MailChoice, Notice
from tests.editorial.conftest import speaks, work
from tests.editorial.test_notices import base, sent_to, told  # noqa: F401
from tests.factories.accounts import person

UTC = datetime.UTC


def wants(user, how, *kinds):
    for kind in kinds or Kind:
        MailChoice.objects.update_or_create(person=user, kind=kind, defaults={"how": how})


ROME, APIA = "Europe/Rome", "Pacific/Apia"


@pytest.mark.parametrize(
    "now, zone, hour, struck",
    [
        ("2026-11-23 06:00", ROME, 7, "2026-11-23 06:00"),
        ("2026-11-23 05:59", ROME, 7, "2026-11-22 06:00"),
        ("2026-07-01 05:00", ROME, 7, "2026-07-01 05:00"),
        ("2026-03-29 00:59", ROME, 2, "2026-03-28 01:00"),  # 2:00 to 3:00 is left out
        ("2026-03-29 01:00", ROME, 2, "2026-03-29 01:00"),
        ("2026-10-25 00:30", ROME, 2, "2026-10-25 00:00"),  # 2:00 comes twice
        ("2026-10-25 01:30", ROME, 2, "2026-10-25 00:00"),
        ("2026-11-22 18:30", APIA, 7, "2026-11-22 18:00"),
        ("2026-11-23 00:00", "UTC", 0, "2026-11-23 00:00"),
    ],
)
def test_the_hour_strikes_by_the_clocks_of_the_zone(now, zone, hour, struck):
    moment = datetime.datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = digest.last_strike(moment, zoneinfo.ZoneInfo(zone), hour)
    assert f"{found:%Y-%m-%d %H:%M}" == struck


def test_the_hour_strikes_once_a_day_all_year():
    for name in (ROME, "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"):
        zone = zoneinfo.ZoneInfo(name)
        first = datetime.datetime(2026, 1, 1, 12, tzinfo=UTC)
        hours = [first + datetime.timedelta(hours=n) for n in range(365 * 24)]
        assert 365 <= len({digest.last_strike(hour, zone, 2) for hour in hours}) <= 366


class TestDigest:
    def at(self, now):
        digest.promise_due(now)
        digest.promise_due(now)
        work()

    def test_everybody_gets_one_mail_at_their_hour_about_what_is_new(self, people):
        editor, reviewer = people["editor"], people["reviewer"]
        for who, zone, hour in ((editor, ROME, 7), (reviewer, "Asia/Tokyo", 9)):
            choices.change(who, {Kind.COMMENTED: How.DAILY}, hour, zone)
        speaks(editor, "fi")
        day = datetime.datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 9:30 in Tokyo, 1:30 in Rome
        rows = [told(editor, words="Who <counted>?"), told(editor, kind=Kind.DUE), told(reviewer)]
        read = told(editor, title="Read already", read_at=day)
        Notice.objects.update(created_at=day - datetime.timedelta(hours=2))
        self.at(day)
        assert (len(sent_to(editor)), len(sent_to(reviewer))) == (0, 1)
        self.at(day + datetime.timedelta(hours=5, minutes=30))
        (message,) = sent_to(editor)
        html = message.alternatives[0].content
        assert '<html lang="fi"' in html
        assert "Who <counted>?" in message.body
        assert "Who &lt;counted&gt;?" in html
        assert message.body.count(rows[0].title) == 2
        assert read.title not in message.body
        self.at(day + datetime.timedelta(days=2))  # nothing new
        assert len(mail.outbox) == 2
        assert Digest.objects.count() == 2

    def test_what_fails_is_sent_whole_and_once(self, people, monkeypatch):
        notice = told(people["editor"])
        later = timezone.now() + datetime.timedelta(days=1)
        with monkeypatch.context() as patch:
            patch.setattr(EmailMultiAlternatives, "send", lambda *args: 1 / 0)
            self.at(later)
        notice.refresh_from_db()
        assert notice.mailed_at is None
        for _time in range(2):
            tasks.send_digest(Digest.objects.get().pk)
        assert len(sent_to(people["editor"])) == 1

    def test_who_stopped_since_gets_none(self, people):
        told(people["editor"])
        wants(people["editor"], How.NEVER)
        self.at(timezone.now() + datetime.timedelta(days=1))
        assert mail.outbox == []

    def test_decided_reviews_are_not_in_it(self, submitted, people):
        wants(people["reviewer"], How.DAILY)
        work()
        services.approve(submitted, people["reviewer"])
        self.at(timezone.now() + datetime.timedelta(days=1))
        assert not sent_to(people["reviewer"])


class TestStopping:
    @pytest.fixture
    def visitor(self):
        """A mail program: no cookie, and nothing forgiven about forms."""
        return Client(enforce_csrf_checks=True)

    def link(self, message) -> str:
        (said,) = re.findall(
            r"^<https://portal.example.org(.*)>$", message.extra_headers["List-Unsubscribe"]
        )
        assert said in message.body
        assert said in message.alternatives[0].content
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        return said

    def test_one_click_stops_one_kind_and_looking_stops_nothing(self, submitted, people, visitor):
        speaks(people["reviewer"], "fi")
        work()
        link = self.link(sent_to(people["reviewer"])[0])
        assert link.startswith("/fi/mails/stop/")
        page = visitor.get(link)
        main = page.content.decode().partition("<main")[2].partition("</main>")[0]
        assert main.count("<button") == 1
        assert people["reviewer"].email not in page.content.decode()
        assert choices.of(people["reviewer"])[Kind.REVIEW] == How.AT_ONCE
        for _time in range(2):
            answer = visitor.post(link, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            assert not answer.cookies
        chosen = choices.of(people["reviewer"])
        assert chosen[Kind.REVIEW] == How.NEVER
        assert chosen[Kind.COMMENTED] == How.AT_ONCE

    def test_the_daily_mail_is_stopped_whole(self, people, visitor):
        editor = people["editor"]
        wants(editor, How.DAILY, Kind.COMMENTED)
        told(editor)
        TestDigest().at(timezone.now() + datetime.timedelta(days=1))
        visitor.post(self.link(sent_to(editor)[0]))
        chosen = choices.of(editor)
        assert (chosen[Kind.COMMENTED], chosen[Kind.SOURCE]) == (How.NEVER, How.NEVER)
        assert chosen[Kind.REVIEW] == How.AT_ONCE

    def test_links_tell_nothing_about_accounts(self, people, visitor):
        real = choices.token(people["editor"], Kind.REVIEW)
        gone = person()
        left = choices.token(gone, Kind.REVIEW)
        gone.delete()
        for method in (visitor.get, visitor.post):
            pages = [
                method(f"/en/mails/stop/{one}/").content.decode().replace(one, "")
                for one in (real, left)
            ]
            assert pages[0] == pages[1]
            for forged in (real[:-2], "x", f"{people['editor'].pk}"):
                assert method(f"/en/mails/stop/{forged}/").status_code == 404


class TestChoices:
    URL = "/en/account/"

    def test_they_are_made_on_the_profile(self, people, signed_in):
        translator = people["translator"]
        client = signed_in(translator)
        form = client.get(self.URL).context["parts"][0]
        assert {field.name for field in form.kinds()} == {
            f"how_{kind}" for kind in Kind if kind != Kind.REVIEW
        }
        data = {
            "preferred_language": "en",
            "mails-how_assigned": "never",
            "mails-how_review": "never",
            "mails-hour": "16",
            "mails-time_zone": ROME,
        }
        assert client.post(self.URL, data).status_code == 302
        chosen = choices.of(translator)
        assert (chosen[Kind.ASSIGNED], chosen[Kind.REVIEW]) == (How.NEVER, How.AT_ONCE)
        translator.refresh_from_db()
        assert (choices.hour(translator), choices.zone(translator).key) == (16, ROME)
        client.post(self.URL, {"preferred_language": "en"})  # what was not sent stays
        assert choices.of(translator) == chosen
        assert choices.hour(translator) == 16

    def test_nonsense_is_told_and_nothing_is_saved(self, people, signed_in):
        data = {
            "first_name": "Ona",
            "preferred_language": "en",
            "mails-hour": "24",
            "mails-time_zone": "Mars/Base",
            "mails-how_approved": "often",
        }
        answer = signed_in(people["editor"]).post(self.URL, data)
        assert set(answer.context["parts"][0].errors) == {"hour", "time_zone", "how_approved"}
        people["editor"].refresh_from_db()
        assert people["editor"].first_name != "Ona"
        assert not MailChoice.objects.exists()

    def test_a_zone_that_is_no_more_counts_as_utc(self, people):
        UserProfile.objects.create(user=people["editor"], current_time_zone="Europe/Nowhere")
        people["editor"].refresh_from_db()
        assert choices.zone(people["editor"]).key == "UTC"

    def test_wagtails_own_switches_are_not_shown(self, people, signed_in):
        page = signed_in(people["editor"]).get(reverse("wagtailadmin_account"))
        assert "rejected_notifications" not in page.content.decode()
