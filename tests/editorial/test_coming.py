"""What is to come: the plan of publishing and expiry, and that it is carried out as it was approved."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from accounts.models import User
from editorial import publishing, services
from editorial.refusals import Incomplete
from editorial.work import coming
from editorial.work.forms import ComingFilters
from stories.models import StoryPage
from tests.editorial.conftest import change, fresh
from tests.factories.accounts import person
from tests.factories.home import LanguageSettingsFactory
from tests.factories.stories import StoryPageFactory

COMING = reverse("editorial_coming")
DAY = datetime.timedelta(days=1)


def text(response) -> str:
    return response.content.decode()


def planned(**chosen) -> list[tuple[str, str]]:
    codes = ["en", "fi"]
    wanted = ComingFilters(chosen, codes).wanted(codes)
    return [(one.what, one.title) for one in coming.events(User(), wanted)]


def plan(page, people, **times):
    change(page, people["editor"], **times)
    services.submit(page, people["editor"])
    services.approve(page, people["reviewer"])


@pytest.fixture
def two(people, public, index):
    """A public story that ends in 40 days, and one that becomes public in 2."""
    plan(public, people, expire_at=timezone.now() + 40 * DAY)
    later = StoryPageFactory(
        parent=index("en"), draft=True, owner=people["editor"], slug="later", title="Doors"
    )
    later.save_revision(user=people["editor"])
    plan(later, people, go_live_at=timezone.now() + 2 * DAY)
    return public, later


class TestList:
    def test_says_what_when_in_which_language_and_who_approved(self, signed_in, people, two):
        for who in ("editor", "reviewer", "translator", "approver", "admin"):
            page = text(signed_in(people[who]).get(COMING))
            for said in (*(one.title for one in two), "Becomes public", "Goes off the portal"):
                assert said in page, who
            assert page.count(str(people["reviewer"])) >= 2
        public, later = two
        assert planned() == [("publish", later.title), ("end", public.title)]

    def test_finds_the_text_of_a_plan_by_its_key(self, people, two):
        with CaptureQueriesContext(connection) as queries:
            assert planned(what="publish")
        plans = [one["sql"] for one in queries if "approved_go_live_at" in one["sql"]]
        postgresql = connection.vendor == "postgresql"
        with connection.cursor() as cursor:
            if postgresql:
                cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {'' if postgresql else 'QUERY PLAN'} {plans[0]}")
            plan = str(cursor.fetchall())
        assert re.search(
            r"Index Cond: \(id = [^,]*object_id|SEARCH U0 USING INTEGER PRIMARY KEY", plan
        ), plan

    def test_is_for_the_languages_of_ones_roles(self, signed_in, people, two):
        stranger = text(signed_in(person("reviewer", "lv")).get(COMING))
        assert "Nothing is planned" in stranger
        assert two[1].title not in stranger
        assert signed_in(person()).get(COMING).status_code == 302

    def test_names_snippets_too(self, signed_in, people, two):
        for code, field, what in (("en", "go_live_at", "publish"), ("fi", "expire_at", "end")):
            navigation = LanguageSettingsFactory(language=code, live=False)
            setattr(navigation, field, timezone.now() + DAY)
            navigation.save_revision(user=people["editor"])
            services.submit(navigation, people["editor"])
            services.approve(navigation, people["reviewer"])
            name = str(navigation)
            assert (what, name) in planned()
            assert planned(kind=navigation._meta.label_lower, language=code) == [(what, name)]
            assert (what, name) not in planned(kind="story")
            page = signed_in(people["reviewer"]).get(COMING)
            (row,) = [one for one in page.context["events"] if one.title == name]
            assert row.approved == str(people["reviewer"])
            assert signed_in(people["translator"]).get(row.url).status_code == 200

    def test_leads_where_each_may_go(self, signed_in, people, two):
        for who, user in people.items():
            for event in signed_in(user).get(COMING).context["events"]:
                assert signed_in(user).get(event.url).status_code == 200, (who, event.url)

    def test_narrows(self, signed_in, people, two):
        public, later = (one.title for one in two)
        assert planned(what="end") == planned(what="end", days="90") == [("end", public)]
        assert planned(days="7") == planned(what="publish") == [("publish", later)]
        assert len(planned(kind="story", language="en")) == 2
        assert planned(kind="method") == planned(language="fi") == []
        page = text(signed_in(people["editor"]).get(f"{COMING}?kind=method"))
        assert "Nothing is like this. Remove a filter." in page
        wrong = signed_in(people["editor"]).get(f"{COMING}?kind=x&days=%27&language=zz&what=1")
        assert later in text(wrong)

    def test_says_where_nobody_has_approved(self, signed_in, people, two):
        said = "Nobody: so it will not happen."
        assert said not in text(signed_in(people["editor"]).get(COMING))
        Revision.objects.filter(approved_go_live_at__isnull=False).update(content={"title": "x"})
        assert text(signed_in(people["editor"]).get(COMING)).count(said) == 1
        StoryPage.objects.filter(pk=two[0].pk).update(live_revision=None)
        assert text(signed_in(people["editor"]).get(COMING)).count(said) == 2

    def test_costs_the_same_for_one_and_for_many(self, people, two, index):
        def count():
            with CaptureQueriesContext(connection) as queries:
                assert planned()
            return len(queries)

        before = count()
        for number in range(8):
            page = StoryPageFactory(parent=index("en"), slug=f"more-{number}")
            StoryPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() + DAY)
        assert len(planned()) == 10
        assert count() == before <= 7


class TestCarryingOut:
    def test_one_that_fails_does_not_hold_up_the_others(self, people, two, monkeypatch, index):
        public, later = two
        publish = publishing.publish_scheduled
        third = StoryPageFactory(parent=index("en"), draft=True, slug="third")
        third.save_revision(user=people["editor"])
        plan(third, people, go_live_at=timezone.now() + DAY)

        def fails_for_the_first(revision):
            if revision.object_id == str(third.pk):
                raise Incomplete
            return publish(revision)

        monkeypatch.setattr(publishing, "publish_scheduled", fails_for_the_first)
        moment = timezone.now() + 41 * DAY
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        said = StringIO()
        call_command("publish_scheduled", verbosity=0, stderr=said)
        assert "Failed" in said.getvalue()
        assert fresh(later).live
        assert not fresh(third).live
        assert not fresh(public).live
        assert planned() == [("publish", third.title)]

    def test_two_machines_publish_and_end_once(self, people, two, monkeypatch):
        public, later = two
        moment = timezone.now() + 41 * DAY
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        revision = Revision.objects.get(approved_go_live_at__isnull=False)
        seen_by_the_other = Revision.objects.get(pk=revision.pk)
        ends = fresh(public)
        assert publishing.publish_scheduled(revision)
        assert publishing.publish_scheduled(seen_by_the_other)
        assert publishing.expire(fresh(public))
        assert publishing.expire(ends)
        logged = PageLogEntry.objects.filter(page__in=[public.pk, later.pk])
        assert logged.filter(action="wagtail.publish.scheduled").count() == 1
        assert logged.filter(action=publishing.WITHDRAW_ACTION).count() == 1
