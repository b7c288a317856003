"""Notices in the admin and by mail: at once, once a day or never, and each once."""

import datetime

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, PageSubscription

from core import outbox
from core.models import OutboxEntry
from editorial import services
from editorial.models import Assignment
from editorial.notices import events
from editorial.notices.models import How, Kind, Notice
from editorial.work import assignments
from tests.editorial.conftest import change, edit_address, form_data, fresh, speaks, work
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

LIST = "/admin/notices/"


@pytest.fixture(autouse=True)
def base(settings):
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = "https://portal.example.org"
    settings.CONTACT_EMAIL = "office@example.org"


def sent_to(user):
    return [message for message in mail.outbox if message.to == [user.email]]


def of(user, kind=None):
    found = Notice.objects.filter(person=user)
    return list(found.filter(kind=kind) if kind else found)


def told(user, **about):
    """A notice without a story behind it."""
    return Notice.objects.create(
        **{
            "person": user,
            "event": f"test:{Notice.objects.count()}",
            "kind": Kind.COMMENTED,
            "title": "Boxes",
            "language": "en",
            "title_in": "en",
            "path": "/admin/",
            "how": How.DAILY,
        }
        | about
    )


class TestInTheAdmin:
    def test_it_is_listed_counted_opened_and_read(self, submitted, people, signed_in):
        work()
        (notice,) = of(people["reviewer"])
        client = signed_in(people["reviewer"])
        page = client.get(LIST).content.decode()
        assert submitted.title in page
        assert "Unread: 1" in page
        assert "1 unread notice" in client.get("/admin/").content.decode()
        answer = client.get(f"{LIST}{notice.pk}/")
        state = services.held_state(submitted)
        assert answer["Location"] == reverse("editorial_review", args=[state.pk])
        page = client.get(LIST).content.decode()
        assert "You have read everything" in page
        assert submitted.title in client.get(LIST + "?show=all").content.decode()
        assert "unread notice" not in client.get("/admin/").content.decode()

    def test_others_neither_see_nor_mark_it(self, people, signed_in):
        notice = told(people["reviewer"], title="Mine alone")
        client = signed_in(people["editor"])
        assert "Mine alone" not in client.get(LIST).content.decode()
        assert client.get(f"{LIST}{notice.pk}/").status_code == 404
        client.post(LIST + "read/", {"notice": notice.pk})
        client.post(LIST + "read/", {"newest": notice.pk})
        assert Notice.objects.unread().count() == 1

    def test_all_that_was_shown_is_marked_and_nothing_newer(self, people, signed_in):
        shown = [told(people["editor"]) for _number in range(3)]
        client = signed_in(people["editor"])
        assert client.get(LIST).context["newest"] == shown[2].pk
        newer = told(people["editor"])
        client.post(LIST + "read/", {"newest": shown[2].pk})
        assert [one.pk for one in Notice.objects.unread()] == [newer.pk]
        client.post(LIST + "read/", {"notice": newer.pk})
        assert not Notice.objects.unread()

    @pytest.mark.parametrize("said", [{}, {"notice": "x"}, {"newest": "9" * 30}, {"notice": "²"}])
    def test_nonsense_is_not_found(self, people, signed_in, said):
        assert signed_in(people["editor"]).post(LIST + "read/", said).status_code == 404

    def test_queries_do_not_grow(self, people, signed_in):
        client, counts = signed_in(people["editor"]), []
        client.get(LIST)
        for number in (1, 20):
            for _time in range(number):
                told(people["editor"], by=people["reviewer"])
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestReviews:
    def test_the_decision_is_told_with_its_reason_and_settles_what_waited(self, submitted, people):
        work()
        services.return_(submitted, people["reviewer"], "Say who counted.")
        work()
        assert not Notice.objects.unread().filter(kind=Kind.REVIEW)
        (notice,) = of(people["editor"])
        assert (notice.kind, notice.words) == (Kind.RETURNED, "Say who counted.")
        (message,) = sent_to(people["editor"])
        assert message.extra_headers["Reply-To"] == people["reviewer"].email

    def test_who_lost_the_role_gets_no_late_mail(self, submitted, people):
        people["reviewer"].roles.all().delete()
        work()
        assert not sent_to(people["reviewer"])

    def test_members_answer_to_the_office(self, submitted, people):
        people["editor"].roles.all().delete()
        people["editor"].groups.clear()
        services.return_(submitted, people["reviewer"], "Say who counted.")
        work()
        (message,) = sent_to(people["editor"])
        assert message.extra_headers["Reply-To"] == "office@example.org"
        assert people["reviewer"].email not in message.body
        assert "/admin/" not in message.body


class TestOnce:
    def entry(self, kind):
        return OutboxEntry.objects.get(kind=kind)

    def test_repeated_work_tells_and_sends_nothing_again(self, submitted, people):
        work()
        for kind in ("notices.submitted", "notices.mail"):
            OutboxEntry.objects.filter(kind=kind).update(done_at=None)
            outbox.work.call(self.entry(kind).pk)
        work()
        assert len(of(people["reviewer"])) == len(sent_to(people["reviewer"])) == 1

    def test_what_fails_between_database_and_sending_is_sent_once(
        self, submitted, people, monkeypatch
    ):
        def fail(*args, **kwargs):
            raise ConnectionError

        with monkeypatch.context() as patch:
            patch.setattr(EmailMultiAlternatives, "send", fail)
            work()
        assert of(people["reviewer"])[0].mailed_at is None
        assert not sent_to(people["reviewer"])
        for _time in range(2):
            outbox.work.call(self.entry("notices.mail").pk)
        assert len(sent_to(people["reviewer"])) == 1

    def test_who_dies_after_sending_repeats_the_same_mail(self, submitted, people, monkeypatch):
        send = EmailMultiAlternatives.send

        def send_and_fail(message, *args, **kwargs):
            send(message, *args, **kwargs)
            raise ConnectionError

        with monkeypatch.context() as patch:
            patch.setattr(EmailMultiAlternatives, "send", send_and_fail)
            work()
        outbox.work.call(self.entry("notices.mail").pk)
        first, second = sent_to(people["reviewer"])
        assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


class TestComments:
    def test_the_editor_of_wagtail_promises_one_mail_and_sends_none(self, draft, people, signed_in):
        follower = people["admin"]
        speaks(follower, "fi")
        PageSubscription.objects.create(page=draft, user=follower, comment_notifications=True)
        said = {
            "comments-TOTAL_FORMS": 1,
            "comments-0-text": "Who <counted>?",
            "comments-0-contentpath": "result",
            "comments-0-position": "",
            "comments-0-id": "",
            "comments-0-resolved": "",
            "comments-0-DELETE": "",
            "comments-0-replies-TOTAL_FORMS": 0,
            "comments-0-replies-INITIAL_FORMS": 0,
        }
        change(draft, people["editor"], title="<b>Bold</b>")
        data = form_data(draft) | said
        signed_in(people["editor"]).post(edit_address(draft), data)
        assert mail.outbox == []
        work()
        (message,) = mail.outbox
        html = message.alternatives[0].content
        assert message.to == [follower.email]
        assert message.extra_headers["Content-Language"] == "fi"
        assert "Who <counted>?" in message.body
        assert "Who &lt;counted&gt;?" in html
        assert "<b>Bold</b>" in message.subject
        assert "<b>Bold" not in html
        for body in (message.body, html):
            assert "https://portal.example.org" + edit_address(draft) in body

    def test_authors_threads_and_followers_are_told_and_nobody_else(self, submitted, people):
        follower, stranger = people["admin"], person("editor", "lv")
        for who in (follower, stranger):
            PageSubscription.objects.create(page=submitted, user=who, comment_notifications=True)
        comment = Comment.objects.create(
            page=submitted, user=people["reviewer"], text="Who counted?", contentpath="result"
        )
        work()
        kind = Kind.COMMENTED
        assert [one.words for one in of(people["editor"], kind)] == ["Who counted?"]
        assert of(follower, kind)
        assert not of(stranger)  # may not see it
        assert not of(people["reviewer"], kind)  # wrote it
        CommentReply.objects.create(comment=comment, user=people["editor"], text="I did.")
        work()
        (notice,) = of(people["reviewer"], kind)
        assert notice.path.startswith("/admin/review/")
        assert "I did." in sent_to(people["reviewer"])[-1].body
        comment.text = "Who has counted?"
        comment.save()
        work()
        assert len(of(people["editor"], kind)) == 1


class TestTranslations:
    def give(self, stories, to, by, due=None):
        keys = [story.translation_key for story in stories]
        assignments.assign(keys, "fi", to, due, by)
        work()

    def test_what_is_given_at_once_is_one_notice(self, people, index):
        stories = [StoryPageFactory(parent=index("en"), slug=f"s{n}") for n in range(3)]
        due = timezone.localdate() + datetime.timedelta(days=20)
        self.give(stories, people["translator"], people["approver"], due)
        self.give(stories, people["translator"], people["approver"], due)  # sent twice
        (notice,) = of(people["translator"])
        assert (notice.kind, notice.more, notice.due) == (Kind.ASSIGNED, 2, due)
        (message,) = sent_to(people["translator"])
        assert message.extra_headers["Reply-To"] == people["approver"].email
        second = person("translator", "fi")
        assignments.hand_over(Assignment.objects.first(), second, people["translator"], due)
        work()
        (notice,) = of(second)
        assert notice.more == 0
        assert "select_locale=fi" in notice.path

    def test_what_one_takes_is_no_news(self, people, index):
        story = StoryPageFactory(parent=index("en"), slug="s")
        assignments.claim(story.translation_key, "fi", people["translator"])
        work()
        assert not of(people["translator"])

    def test_translators_are_told_that_the_source_has_changed(self, public_finnish, public, people):
        work()
        Notice.objects.all().delete()
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        work()
        assert not of(people["translator"])  # nothing else than before
        change(public, people["editor"], result="Learners on a real order rose to 70 %.")
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        work()
        (notice,) = of(people["translator"])
        assert (notice.kind, notice.how) == (Kind.SOURCE, How.DAILY)
        assert notice.title == fresh(public_finnish).title
        events.source_changed(fresh(public))
        assert len(of(people["translator"])) == 1

    def test_due_soon_is_told_once_for_each_date(self, people, index):
        story = StoryPageFactory(parent=index("en"), slug="s")
        today = datetime.date.today
        days = datetime.timedelta
        self.give([story], people["translator"], people["approver"], today() + days(days=9))
        held = Assignment.objects.all()
        week_ago = timezone.now() - days(days=7)

        def reminders():
            events.due_soon()
            events.due_soon()
            return len(of(people["translator"], Kind.DUE))

        held.update(assigned_at=week_ago)
        assert reminders() == 0
        held.update(due=today() + days(days=2))
        assert reminders() == 1
        held.update(due=today() + days(days=1))
        assert reminders() == 2
        # Whom it is given to later is reminded too; of earlier reminders only those are read.
        held.update(person=people["admin"])
        told(people["translator"], kind=Kind.DUE, event="due:0:2026-01-01")
        with CaptureQueriesContext(connection) as queries:
            events.due_soon()
        (asked,) = [
            one["sql"]
            for one in queries
            if one["sql"].startswith('SELECT "editorial_notice"."event"')
        ]
        with connection.cursor() as cursor:
            cursor.execute(asked)
            assert "due:0:2026-01-01" not in dict(cursor.fetchall())
        assert len(of(people["admin"], Kind.DUE)) == 1
        held.update(due=today() - days(days=3), person=people["translator"])
        assert reminders() == 3
