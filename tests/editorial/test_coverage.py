"""The board of translations: states, filters, assignments, its table and the public totals."""

import csv
import datetime
import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from editorial import services
from editorial.coverage import board, listing, states
from editorial.coverage.forms import BoardFilters
from editorial.coverage.listing import Wanted
from editorial.models import Assignment
from editorial.refusals import NotYours, ReviewRefused
from editorial.work import assignments, dashboard
from tests.editorial.conftest import change, fresh, locale, record, translate, work
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

BOARD = "/admin/coverage/"
CODES = ["en", "fi", "lv"]


def text(response) -> str:
    return response.content.decode()


def cells(page) -> dict:
    """The state of an item in each language of the tests, by the board."""
    rows = board.rows(states.sources().select_related("locale"), CODES)
    (row,) = [row for row in rows if row.key == str(page.translation_key)]
    return {cell.of.code: str(cell.state) for cell in row.cells}


def counted(code: str) -> dict:
    """The totals of a language without what is nought."""
    (total,) = board.totals(listing.find(Wanted()).keys, [code])
    assert sum(total.numbers.values()) == total.items
    return {str(state): number for state, number in total.numbers.items() if number}


def found(**chosen) -> list[int]:
    form = BoardFilters(chosen, ["fi"], listing.organisations())
    return [pk for pk, _key in listing.find(form.wanted()).items]


class TestStates:
    def test_a_translation_goes_through_all_of_them(self, people, public, index):
        StoryPageFactory(parent=index("en"), draft=True, slug="not-public")
        seen = []

        def look():
            state = cells(public)["fi"]
            assert counted("fi") == {state: 1}
            assert found(language="fi", state=state) == [public.pk]
            others = [one for one in states.State.values if one != state]
            assert not any(found(language="fi", state=one) for one in others)
            seen.append(state)

        look()
        finnish = services.send_for_translation(public, ["fi"], people["translator"])[0].specific
        look()
        translate(finnish, people["translator"])
        services.submit(finnish, people["translator"])
        look()
        services.approve(finnish, people["approver"])
        look()
        assert [row.kind for row in dashboard.begun(["fi"])] == []
        change(public, people["editor"], result="Learners on a real order rose to 70 %.")
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        work()
        look()
        assert [row.kind for row in dashboard.begun(["fi"])] == ["stale"]
        assert seen == ["missing", "translating", "in_review", "published", "stale"]
        assert cells(public)["lv"] == "missing"

    def test_an_item_written_in_two_languages_is_one_item(self, index):
        english = StoryPageFactory(parent=index("en"), slug="both")
        StoryPageFactory(
            parent=index("fi"),
            slug="molemmat",
            locale=locale("fi"),
            translation_key=english.translation_key,
        )
        assert list(states.sources().values_list("pk", flat=True)) == [english.pk]
        assert cells(english)["fi"] == "published"


class TestFilters:
    def test_each_narrows(self, people, index):
        old = timezone.now() - datetime.timedelta(days=500)
        story = StoryPageFactory(parent=index("en"), slug="a", title="Boxes", last_published_at=old)
        newer = StoryPageFactory(
            parent=index("en"), slug="b", title="Doors", last_published_at=timezone.now()
        )
        assert set(found()) == {story.pk, newer.pk}
        assert set(found(kind="story")) == set(found(section="stories")) == {story.pk, newer.pk}
        assert found(kind="method") == found(kind="story", section="methods") == []
        assert found(age="older") == [story.pk]
        assert found(age="7") == [newer.pk]
        assert found(q="box") == [story.pk]

    def test_an_organisation_finds_what_it_tells_and_what_its_members_wrote(self, people, index):
        from organisations.models import Membership
        from tests.factories.organisations import OrganisationFactory

        member = person()
        organisation = OrganisationFactory()
        Membership.objects.create(organisation=organisation, user=member, role="editor")
        theirs = StoryPageFactory(parent=index("en"), slug="a", owner=member)
        told = StoryPageFactory(parent=index("en"), slug="b", organisation=organisation)
        StoryPageFactory(parent=index("en"), slug="c")
        other = OrganisationFactory(name="Another works")
        elsewhere = StoryPageFactory(parent=index("en"), slug="d", owner=member, organisation=other)
        assert set(found(organisation=str(organisation.pk))) == {theirs.pk, told.pk}
        assert found(organisation=str(other.pk)) == [elsewhere.pk]

    @pytest.mark.parametrize(
        "query", ["kind=nonsense", "organisation=x", "age=1e9", "page=x&state=%27"]
    )
    def test_nonsense_is_told_and_filters_nothing(self, signed_in, people, public, query):
        answer = signed_in(people["editor"]).get(f"{BOARD}?{query}")
        assert answer.status_code == 200
        assert public.title in text(answer)

    def test_a_null_byte_is_told_at_its_field_which_keeps_what_was_typed(
        self, signed_in, people, public
    ):
        client = signed_in(people["editor"])
        page = text(client.get(f"{BOARD}?q=Boxes%00"))
        assert public.title in page
        assert re.search(r'name="q" value="Boxes\x00"[^>]* aria-describedby="filter-q_error"', page)
        assert re.search(r'id="filter-q_error">Null characters', page)
        for name in ("wagtailadmin_home", "editorial_coming", "editorial_coverage"):
            answer = client.get(reverse(name) + "?kind=%00&language=%00")
            assert answer.status_code == 200, name
            assert text(answer).count('class="error-message"') == 2, name
        assert client.get(reverse("editorial_coverage_table") + "?q=%00").status_code == 200
        assert client.get(reverse("wagtailadmin_explore_root") + "?q=%00").status_code == 400


class TestScreen:
    def test_who_may_see_it(self, signed_in, people, public, client):
        for who in people:
            assert public.title in text(signed_in(people[who]).get(BOARD)), who
        for nobody in (person(), person("reviewer", "lv")):
            answer = signed_in(nobody).get(BOARD)
            assert (answer.status_code == 200) == nobody.roles.exists()
        client.logout()
        assert client.get(BOARD).status_code == 302

    def test_offers_assignments_to_translators_and_approvers_only(self, signed_in, people, public):
        for who in people:
            shown = 'name="item"' in text(signed_in(people[who]).get(BOARD))
            assert shown == (who in ("translator", "approver")), who
        answer = signed_in(people["editor"]).post(BOARD, {"item": public.translation_key})
        assert answer.status_code in (302, 403)
        assert not Assignment.objects.exists()

    def test_says_the_state_in_words_and_where_to_go_on(self, signed_in, people, public):
        page = text(signed_in(people["translator"]).get(f"{BOARD}?language=fi"))
        assert "Missing" in page
        assert reverse("wagtail_localize:submit_page_translation", args=[public.pk]) in page
        assert reverse("wagtail_localize:submit_page_translation", args=[public.pk]) not in text(
            signed_in(people["editor"]).get(f"{BOARD}?language=fi")
        )

    def test_costs_at_most_ten_queries_whatever_it_shows(self, signed_in, people, public, index):
        client = signed_in(people["translator"])
        client.get(BOARD)
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD)
        assert len(queries) <= 12  # with the frame of the admin: session, person, languages

        def cost():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                found = listing.find(Wanted(tuple(CODES)))
                board.totals(found.keys, CODES, found.stale)
                board.rows(listing.items(Wanted()).select_related("locale")[:50], CODES)
            return len(queries)

        before = cost()
        for number in range(8):
            StoryPageFactory(parent=index("en"), slug=f"more-{number}")
        assert cost() == before <= 7  # beside them: translators


class TestTable:
    def test_is_read_by_spreadsheets_and_holds_no_formula(self, signed_in, people, public):
        Page.objects.filter(pk=public.pk).update(title="=cmd|' /C calc'!A1")
        answer = signed_in(people["editor"]).get("/admin/coverage/table.csv?language=fi")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        head, line = csv.reader(answer.content.decode("utf-8-sig").splitlines())
        assert head == ["Item", "Kind", "Source language", "Source changed", "Suomi"]
        assert line[0] == "'=cmd|' /C calc'!A1"
        assert line[-1] == "Missing"
        assert signed_in(person()).get("/admin/coverage/table.csv").status_code == 302


class TestAssigning:
    def send(self, client, page, to, **changed):
        data = {"item": [str(page.translation_key)], "language": "fi", "person": to.pk}
        return client.post(BOARD, data | changed)

    def test_chosen_items_become_work_with_a_date(self, signed_in, people, public):
        due = timezone.localdate() + datetime.timedelta(days=7)
        for _click in range(2):
            client = signed_in(people["approver"])
            answer = self.send(client, public, people["translator"], due=due.isoformat())
            assert answer.status_code == 302
        (row,) = Assignment.objects.all()
        assert (row.person, row.due, row.assigned_by) == (
            people["translator"],
            due,
            people["approver"],
        )
        assert row.history.count() == 1
        home = text(signed_in(people["translator"]).get(reverse("wagtailadmin_home")))
        assert "Assigned to you" in home
        assert f'<time datetime="{due.isoformat()}">' in home
        assert str(people["translator"]) in text(client.get(BOARD))

    def test_what_is_wrong_is_told_and_the_choice_kept(self, signed_in, people, public):
        client, stranger = signed_in(people["translator"]), person("translator", "lv")
        for changed in (
            {"language": "lv"},
            {"person": stranger.pk},
            {"person": "x"},
            {"due": "2001-01-01"},
            {"due": "soon"},
            {"item": []},
            {"item": ["nonsense"]},
        ):
            answer = self.send(client, public, people["translator"], **changed)
            assert answer.status_code == 200, changed
            assert "error-message" in text(answer), changed
        assert "checked" in text(self.send(client, public, people["translator"], due="soon"))
        assert not Assignment.objects.exists()

    def test_what_is_no_work_is_left_out(self, signed_in, people, public_finnish):
        answer = self.send(signed_in(people["translator"]), public_finnish, people["translator"])
        assert "nothing to translate" in str(next(iter(get_messages(answer.wsgi_request))))
        assert not Assignment.objects.exists()

    def test_of_two_who_claim_it_one_has_it(self, people, public):
        second = person("translator", "fi")
        key = public.translation_key
        first = assignments.claim(key, "fi", people["translator"])
        assert assignments.claim(key, "fi", people["translator"]) == first
        with pytest.raises(ReviewRefused, match="already"):
            assignments.claim(key, "fi", second)
        with pytest.raises(NotYours):
            assignments.claim(key, "fi", people["editor"])
        moved = assignments.hand_over(first, second, people["translator"], None)
        assert moved.person == second
        with pytest.raises(ReviewRefused, match="no longer"):
            assignments.hand_over(first, second, people["translator"], None)
        assignments.release(moved, people["approver"])
        assert not Assignment.objects.exists()

    def test_ends_when_the_translation_is_public(self, people, translated):
        assignments.claim(translated.translation_key, "fi", people["translator"])
        services.submit(translated, people["translator"])
        assert dashboard.assigned(Assignment.objects.all(), people["translator"])[True] == []
        services.approve(translated, people["approver"])
        assert not Assignment.objects.exists()


def test_everyone_reads_the_totals_in_every_language(client, settings, people, public):
    for code in settings.INTERFACE_LANGUAGES:
        answer = client.get(f"/{code}/translations/")
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Suomi" in text(answer)
    row = {one["of"].code: one for one in answer.context["rows"]}["fi"]
    assert (row["public"], row["missing"], row["percent"]) == (0, 1, 0)
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/translations/")
    assert len(queries) <= 2
    finnish = services.send_for_translation(fresh(public), ["fi"], people["translator"])[0].specific
    translate(finnish, people["translator"])
    services.submit(finnish, people["translator"])
    services.approve(finnish, people["approver"])
    rows = client.get("/en/translations/").context["rows"]
    assert {one["of"].code: one["public"] for one in rows}["fi"] == 1
    assert record(finnish).enabled
