"""My work: the lists of each role, what narrows them, and taking on and handing over."""

import datetime
import html
import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from accounts.models import Role
from editorial import services
from editorial.models import Assignment
from editorial.work import assignments, dashboard, panels
from stories.models import StoryPage
from tests.editorial.conftest import change, translate
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

HOME = reverse("wagtailadmin_home")
TAKE = reverse("editorial_take")
DAY = datetime.timedelta(days=1)


def text(response) -> str:
    return response.content.decode()


def titles(user, **chosen) -> dict:
    """What stands in each panel of a person, by its name."""
    made = panels.for_user(user, chosen)
    return {one.name: [row.title for row in one.rows] for one in made if one.name != "work-filters"}


def mine(public, user) -> str:
    return reverse("editorial_assignment", args=[assignments.claim(public, "fi", user).pk])


@pytest.fixture
def everything(people):
    """A person with every role in English and Finnish."""
    for code in ("en", "fi"):
        for role in Role:
            people["editor"].roles.get_or_create(role=role, language=code)
    return people["editor"]


class TestLists:
    def test_cost_at_most_twelve_queries_however_long_they_are(self, everything, people, index):
        def count():
            with CaptureQueriesContext(connection) as queries:
                panels.for_user(everything, {})
            return len(queries)

        def fill(number):
            for one in range(number):
                slug = f"s-{number}-{one}"
                waiting = StoryPageFactory(parent=index("en"), draft=True, slug=slug)
                waiting.save_revision(user=people["admin"])
                services.submit(waiting, people["admin"])
                own = StoryPageFactory(parent=index("en"), draft=True, slug=f"{slug}-own")
                own.save_revision(user=everything)
                services.submit(own, everything)
                if one % 2:
                    services.return_(own, people["reviewer"], "Say who counted.")
                StoryPageFactory(parent=index("en"), slug=f"{slug}-missing")
                ends = StoryPageFactory(parent=index("en"), slug=f"{slug}-ends")
                StoryPage.objects.filter(pk=ends.pk).update(expire_at=timezone.now() + DAY)
                person_ = everything if one % 2 else people["translator"]
                assignments.assign([ends.translation_key], "fi", person_, None, everything)

        fill(2)
        first = count()
        fill(5)
        assert count() == first <= 12

    def test_count_what_they_do_not_show(self, people, index, monkeypatch):
        monkeypatch.setattr(dashboard, "ROWS", 2)
        for number in range(3):
            StoryPageFactory(parent=index("en"), slug=f"s-{number}", title=f"Story {number}")
        rows = dashboard.missing(["fi", "lv"], 1)
        assert ([row.of.code for row in rows], rows.total) == (["fi", "lv"], 6)
        assert dashboard.to_translate(["fi"]).total == 3

    def test_say_what_ends_and_which_source_is_changing(self, signed_in, people, public_finnish):
        english = StoryPage.objects.get(
            translation_key=public_finnish.translation_key, locale__language_code="en"
        )
        assert titles(people["editor"])["ending"] == titles(people["translator"])["ending"] == []
        change(english, people["editor"], result="Learners on a real order rose to 70 %.")
        services.submit(english, people["editor"])
        (row,) = dashboard.ending([], ["fi"])
        assert (row.title, row.kind) == (public_finnish.title, "stale soon")
        assert "A change of the source is in review" in text(
            signed_in(people["translator"]).get(HOME)
        )
        end = timezone.now() + 3 * DAY
        StoryPage.objects.filter(pk=english.pk).update(expire_at=end)
        page = text(signed_in(people["editor"]).get(HOME))
        assert "Goes off the portal on" in page
        assert titles(people["editor"], due="7")["ending"] == [english.title]
        assert titles(people["editor"], due="overdue")["ending"] == []

    def test_narrow_by_kind_language_and_day(self, people, public):
        key, who = public.translation_key, people["translator"]
        assignments.assign([key], "fi", who, timezone.localdate() + 3 * DAY, who)
        assert titles(who)["assigned"] == [public.title]
        assert titles(who)["translate"] == []
        for chosen in ({"kind": "story"}, {"language": "fi"}, {"due": "7"}, {"due": "30"}):
            assert titles(who, **chosen)["assigned"] == [public.title], chosen
        for chosen in ({"kind": "method"}, {"language": "en"}, {"due": "overdue"}):
            assert titles(who, **chosen)["assigned"] == [], chosen
        assert "translate" not in titles(who, due="7")

    @pytest.mark.parametrize("query", ["kind=x", "language=%27", "due=1e9", "due=overdue&kind=y"])
    def test_nonsense_is_told_and_filters_nothing(self, signed_in, people, submitted, query):
        answer = signed_in(people["reviewer"]).get(f"{HOME}?{query}")
        assert answer.status_code == 200
        assert "error-message" in text(answer)

    def test_a_filter_that_finds_nothing_says_so(self, signed_in, people, submitted):
        page = text(signed_in(people["reviewer"]).get(f"{HOME}?kind=method"))
        assert submitted.title not in page
        assert "Nothing is like this. Remove a filter." in page
        assert submitted.title in text(signed_in(people["reviewer"]).get(f"{HOME}?kind=story"))


TABLE = re.compile(r'<table class="(?:listing editorial-work|coverage)">.*?</table>', re.DOTALL)
HREF = re.compile(r'<a [^>]*href="(/[^"]*)"')


def links(page: str) -> set[str]:
    """Where the lists of a page lead to."""
    return {html.unescape(one) for table in TABLE.findall(page) for one in HREF.findall(table)}


class TestLinks:
    """Nobody is sent to a page that they may not open."""

    @pytest.fixture
    def scene(self, people, public, index):
        """Texts in review, returned, begun, missing; translations given to people."""
        giver = people["translator"]
        (finnish,) = services.send_for_translation(public, ["fi"], giver)
        other = StoryPageFactory(parent=index("en"), slug="other", title="Doors")
        (waiting,) = services.send_for_translation(other, ["fi"], giver)
        translate(waiting.specific, giver)
        services.submit(waiting.specific, giver)
        missing = StoryPageFactory(parent=index("en"), slug="missing", title="Chairs")
        for one in (public, missing):
            assignments.assign([one.translation_key], "fi", person("translator", "fi"), None, giver)
        for slug in ("waits", "returned"):
            story = StoryPageFactory(parent=index("en"), draft=True, slug=slug, country="LV")
            story.save_revision(user=people["editor"])
            change(story, people["editor"], country="FI")
            services.submit(story, people["editor"])
        services.return_(story, people["reviewer"], "Say who counted.")
        StoryPage.objects.filter(pk=public.pk).update(expire_at=timezone.now() + DAY)
        return SimpleNamespace(story=story, finnish=finnish)

    def test_lead_where_each_role_may_go(self, signed_in, people, scene):
        whole = dict(people)
        whole |= {f"{role} fi": person(role, "fi") for role in Role.values}
        whole |= {f"{role} en": person(role, "en") for role in Role.values}
        for role, code, scope in (
            ("approver", "fi", {"section": "stories"}),
            ("approver", "fi", {"country": "IS"}),
            ("reviewer", "en", {"country": "FI"}),
        ):
            whole[f"{role} {code} of {scope}"] = someone = person(role, code)
            someone.roles.update(**scope)
        followed = 0
        for name, who in whole.items():
            client = signed_in(who)
            shown = [client.get(HOME), client.get(reverse("editorial_coverage"))]
            for url in {
                one for page in shown if page.status_code == 200 for one in links(text(page))
            }:
                assert client.get(url).status_code == 200, (name, url)
                followed += 1
        assert followed > 60

    def test_of_what_a_member_wrote_there_are_none_in_the_admin(self, signed_in, scene):
        member = person("reviewer", "lv")
        StoryPage.objects.filter(pk=scene.story.pk).update(owner=member)
        WorkflowState.objects.filter(object_id=scene.story.pk).update(requested_by=member)
        page = text(signed_in(member).get(HOME))
        assert "Say who counted." in page
        assert links(page) == set()

    def test_scoped_approvers_see_only_what_is_theirs(self, people, scene):
        scoped = person("approver", "fi")
        scoped.roles.update(section="stories")
        assert "others" not in titles(scoped)
        assert len(titles(people["approver"])["others"]) == 2


class TestTaking:
    def send(self, client, page, **changed):
        data = {"item": page.translation_key, "language": "fi"} | changed
        return client.post(f"{TAKE}?language=fi", data, follow=True)

    def test_what_is_nobodys_becomes_mine_once(self, signed_in, people, public):
        home = text(signed_in(people["translator"]).get(HOME))
        assert f'action="{TAKE}?"' in home
        for _click in range(2):
            answer = self.send(signed_in(people["translator"]), public)
            assert answer.request["QUERY_STRING"] == "language=fi"
        (row,) = Assignment.objects.all()
        assert row.person == people["translator"]
        second = person("translator", "fi")
        assert titles(second)["translate"] == []
        assert "has this translation already" in text(self.send(signed_in(second), public))

    def test_only_translators_of_the_language_take(self, signed_in, people, public):
        for who in ("editor", "reviewer", "approver", "admin"):
            self.send(signed_in(people[who]), public)
        self.send(signed_in(people["translator"]), public, language="lv")
        assert not Assignment.objects.exists()
        for nonsense in ({"item": "x"}, {"language": "x" * 99}):
            assert self.send(signed_in(people["translator"]), public, **nonsense).status_code == 404


class TestHandingOver:
    def test_gives_it_to_another_person_until_a_day(self, signed_in, people, public):
        second, first = person("translator", "fi"), people["translator"]
        url, due = mine(public.translation_key, first), timezone.localdate() + DAY
        page = text(signed_in(first).get(url))
        assert public.title in page
        assert str(second) in page
        data = {"person": second.pk, "due": due.isoformat(), "seen": first.pk}
        assert signed_in(first).post(url, data).status_code == 302
        row = Assignment.objects.get()
        assert (row.person, row.due, row.assigned_by) == (second, due, first)
        assert titles(people["approver"])["others"] == [public.title]
        again = signed_in(people["approver"]).post(url, data)
        assert "no longer assigned as you saw it" in text(again)
        assert row.history.count() == 2

    def test_says_in_words_what_is_overdue(self, signed_in, people, public):
        url = mine(public.translation_key, people["translator"])
        Assignment.objects.update(due=timezone.localdate() - DAY)
        for where in (url, HOME, f"{HOME}?due=overdue"):
            assert "Overdue</strong>" in text(signed_in(people["translator"]).get(where)), where

    def test_what_is_wrong_stands_at_the_field(self, signed_in, people, public):
        first = people["translator"]
        url = mine(public.translation_key, first)
        for wrong in ({"person": people["editor"].pk}, {"due": "2001-01-01"}, {"due": "soon"}):
            data = {"person": first.pk, "due": "", "seen": first.pk} | wrong
            answer = signed_in(first).post(url, data)
            assert answer.status_code == 200
            assert "w-field__errors" in text(answer)
        assert Assignment.objects.get().person == first

    def test_gives_it_back(self, signed_in, people, public):
        url = mine(public.translation_key, people["translator"])
        for _click in range(2):
            signed_in(people["translator"]).post(url, {"release": "1"})
        assert not Assignment.objects.exists()
        assert titles(people["translator"])["translate"] == [public.title]

    def test_is_for_who_has_it_and_who_gives_work(self, signed_in, people, public):
        url = mine(public.translation_key, people["translator"])
        allowed = [people["translator"], people["approver"], person("translator", "fi")]
        denied = [people["editor"], people["reviewer"], people["admin"], person("translator", "lv")]
        for who in allowed:
            assert signed_in(who).get(url).status_code == 200
        for who in denied:
            assert signed_in(who).get(url).status_code == 404
            assert signed_in(who).post(url, {"release": "1"}).status_code == 404
        assert Assignment.objects.exists()
