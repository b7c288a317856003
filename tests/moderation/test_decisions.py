"""A moderator decides with reasons; those concerned read them in their language and may appeal."""

import datetime
import re
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import outbox
from core.models import OutboxEntry
from editorial import services as review
from editorial.refusals import NotReviewed
from moderation import keeping, links, pages, permissions, services
from moderation.links import Party
from moderation.models import Case, CaseEvent, Decision, Notice
from organisations.models import Membership
from tests.editorial.conftest import work
from tests.factories.accounts import person
from tests.factories.organisations import OrganisationFactory
from tests.moderation.sending import DECISION, decide, notice
from tests.services import at_once, needs_postgresql


def post(client, case, **changes):
    url = reverse("moderation_case", args=[case.pk])
    return client.post(url, DECISION | {"token": str(uuid4())} | changes)


def letter(address: str):
    return [one for one in mail.outbox if one.to == [address]][-1]


def case_url(message) -> str:
    return re.search(r"/[a-z]{2}/report/case/[^\s\"]+", message.body)[0]


class TestTakingDown:
    def test_takes_every_language_off_and_tells_author_and_reader_why(
        self, client, case, moderators, story, author
    ):
        mail.outbox.clear()
        client.force_login(moderators[0])
        assert post(client, case).status_code == 302
        work()
        story.refresh_from_db()
        assert not story.live
        assert client.get("/fi/stories/saha/").status_code == 404
        told, reported = letter(author.email), letter("reader@example.org")
        assert '<html lang="lv"' in told.alternatives[0].content
        assert '<html lang="lt"' in reported.alternatives[0].content
        for message in (told, reported):
            body = message.alternatives[0].content
            assert 'lang="de"' in body
            assert DECISION["facts"] in body
            assert DECISION["rule"] in body
            assert DECISION["facts"] in message.body
        assert "reader@example.org" not in told.alternatives[0].content + told.body
        assert "Skaitytoja" not in told.alternatives[0].content + told.body

    def test_leaves_every_step_in_the_audit(self, case, moderators):
        decide(case, moderators[0])
        work()
        lines = list(case.events.values_list("what", "actor"))
        assert ("decided", moderators[0].pk) in lines
        assert ("taken_down", moderators[0].pk) in lines
        assert [one for one, _who in lines].count("mailed") == 3  # receipt, reader, author

    def test_tells_each_once_however_often_the_worker_runs(self, case, moderators, author):
        decide(case, moderators[0])
        work()
        for entry in OutboxEntry.objects.all():
            outbox.work.call(entry.pk)
        assert len([one for one in mail.outbox if one.to == [author.email]]) == 1

    def test_ends_a_review_that_is_running(self, case, moderators, story, author):
        review.ensure_workflow(story.get_root())
        story.save_revision(user=author, clean=False)
        state = review.into_review(story, author)
        decide(case, moderators[0])
        state.refresh_from_db()
        assert state.status == "cancelled"

    def test_is_a_rule_of_the_gate_and_no_hole_in_it(self, story, case, moderators):
        with pytest.raises(NotReviewed), transaction.atomic():
            story.unpublish()
        decide(case, moderators[0])
        story.refresh_from_db()
        story.live = True
        with pytest.raises(NotReviewed), transaction.atomic():
            story.save()


@pytest.mark.parametrize(
    "action, is_public, authors", [("none", True, 0), ("change", True, 1), ("warn", False, 1)]
)
def test_other_decisions(case, moderators, story, author, action, is_public, authors):
    mail.outbox.clear()
    decide(case, moderators[0], action=action)
    work()
    story.refresh_from_db()
    assert story.live is is_public
    assert len([one for one in mail.outbox if one.to == [author.email]]) == authors
    assert len([one for one in mail.outbox if one.to == ["reader@example.org"]]) == 2


class TestWhoDecides:
    def test_moderators_of_the_language_see_it_and_others_do_not(self, client, case, moderators):
        listing = reverse("moderation_cases")
        screen = reverse("moderation_case", args=[case.pk])
        for stranger, in_list, status in (
            (person("moderator", "en"), 200, 404),
            (person("editor", "fi"), 302, 302),  # sent home: it is none of their lists
        ):
            client.force_login(stranger)
            assert client.get(listing).status_code == in_list
            assert case.title not in client.get(listing).content.decode()
            assert client.get(screen).status_code == status
            assert post(client, case).status_code == status
        client.force_login(moderators[0])
        assert case.title in client.get(listing).content.decode()
        assert "Čia yra adresas." in client.get(screen).content.decode()
        assert Case.objects.get().state == "open"

    @pytest.mark.parametrize("tie", ["author", "revision", "member", "reporter", "same address"])
    def test_nobody_decides_about_what_is_theirs(self, client, case, moderators, story, index, tie):
        one = moderators[0]
        if tie == "author":
            case.authors.add(one)
        elif tie == "revision":
            story.save_revision(user=one, clean=False)
            case.involved.set(pages.thing(story).involved)
        elif tie == "member":
            organisation = OrganisationFactory()
            Membership.objects.create(organisation=organisation, user=one, role="contact")
            case.organisations.add(organisation)
        elif tie == "reporter":
            case.notices.update(user=one)
        else:
            case.notices.update(email=one.email.upper())
        client.force_login(one)
        assert (
            'name="action"'
            not in client.get(reverse("moderation_case", args=[case.pk])).content.decode()
        )
        assert post(client, case).status_code == 409
        assert Case.objects.get().state == "open"
        client.force_login(moderators[1])
        assert post(client, case).status_code == 302
        assert Case.objects.get().state == "decided"

    def test_operators_are_called_where_no_moderator_is_left(self, case, moderators, admin_user):
        assert set(permissions.deciders(case)) == set(moderators)
        for one in moderators:
            case.involved.add(one)
        assert set(permissions.deciders(case)) == {admin_user}


@pytest.mark.parametrize(
    "wrong",
    [
        {"facts": ""},
        {"facts": "x" * 5_001},
        {"ground": ""},
        {"rule": ""},
        {"action": "delete"},
        {"language": "xx"},
        {"token": "x"},
        {"facts": "a\0b"},
    ],
)
def test_a_decision_without_its_reasons_is_refused_and_keeps_what_was_typed(
    client, case, moderators, wrong
):
    client.force_login(moderators[0])
    response = post(client, case, **({"facts": "Kept words"} | wrong))
    assert response.status_code == 422
    assert ("Kept words" in response.content.decode()) is ("facts" not in wrong)
    assert not Decision.objects.exists()


def test_one_form_sent_twice_decides_once(client, case, moderators):
    token = str(uuid4())
    client.force_login(moderators[0])
    assert [post(client, case, token=token).status_code for _ in range(2)] == [302, 302]
    assert Decision.objects.count() == 1


def test_who_comes_late_is_told_and_nothing_is_recorded(client, case, moderators):
    decide(case, moderators[0], action="none", ground="", rule="")
    client.force_login(moderators[1])
    response = post(client, case)
    assert response.status_code == 409
    assert "Somebody else has decided meanwhile" in response.content.decode()
    assert Decision.objects.get().action == "none"


class TestAppeals:
    def test_an_author_appeals_by_the_link_and_another_person_decides(
        self, client, taken_down, moderators, story, author
    ):
        work()
        url = case_url(letter(author.email))
        page = client.get(url)
        assert DECISION["facts"] in page.content.decode()
        assert "Skaitytoja" not in page.content.decode()
        assert not page.cookies
        mail.outbox.clear()
        said = {"stamp": page.context["form"].stamp, "text": "Tā ir skolas adrese."}
        assert [client.post(url, said).status_code for _ in range(2)] == [302, 302]
        work()
        assert {one.to[0] for one in mail.outbox} == {author.email, moderators[1].email}
        taken_down.refresh_from_db()
        assert taken_down.state == "appealed"

        client.force_login(moderators[0])
        screen = reverse("moderation_case", args=[taken_down.pk])
        assert 'name="action"' not in client.get(screen).content.decode()
        assert post(client, taken_down, action="none").status_code == 409
        client.force_login(moderators[1])
        assert "Tā ir skolas adrese." in client.get(screen).content.decode()
        assert post(client, taken_down, action="none").status_code == 302
        mail.outbox.clear()
        work()
        story.refresh_from_db()
        assert story.live
        assert client.get("/fi/stories/saha/").status_code == 200
        assert {one.to[0] for one in mail.outbox} == {author.email, "reader@example.org"}
        assert "restored" in taken_down.events.values_list("what", flat=True)

    def test_what_comes_back_is_what_was_public_and_no_draft(
        self, appealed, moderators, story, author
    ):
        was = story.title
        draft = story.get_latest_revision_as_object()
        draft.title = "Unreviewed"
        draft.save_revision(user=author, clean=False)
        decide(appealed, moderators[1], action="none", ground="", rule="")
        story.refresh_from_db()
        assert (story.live, story.title) == (True, was)

    def test_a_reader_appeals_too_and_may_be_right(self, case, moderators, story):
        decide(case, moderators[0], action="none", ground="", rule="")
        case.refresh_from_db()
        services.appeal(uuid4(), Party(case, notice=case.notices.get()), "lt", "Žiūrėkite.")
        decide(case, moderators[1])
        story.refresh_from_db()
        assert not story.live

    def test_the_first_decision_can_stand(self, client, appealed, moderators, author, story):
        decide(appealed, moderators[1])
        work()
        assert "The first decision stands." not in letter(author.email).subject
        story.refresh_from_db()
        assert not story.live
        appealed.refresh_from_db()
        assert appealed.state == "closed"

    def test_the_database_too_refuses_the_same_person(self, appealed, moderators):
        values = {"case": appealed, "stage": 2, "action": "none", "facts": "x", "language": "de"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(
                **values, token=uuid4(), by=moderators[0], first_by=moderators[0]
            )
        Decision.objects.create(**values, token=uuid4(), by=moderators[1], first_by=moderators[0])

    def test_ends_after_six_months(self, client, taken_down, author):
        one = Party(taken_down, user=author)
        url = f"/lv/report/case/{links.token(one)}/"
        stamp = client.get(url).context["form"].stamp
        old = timezone.now() - datetime.timedelta(days=190)
        Case.objects.update(decided_at=old)
        assert not client.get(url).context["can_appeal"]
        answer = client.post(url, {"stamp": stamp, "text": "Par vēlu."})
        assert answer.status_code == 409
        assert not taken_down.appeals.exists()

    @pytest.mark.parametrize("text", ["", "a\0b", "x" * 5_001])
    def test_without_words_is_refused(self, client, taken_down, author, text):
        url = f"/lv/report/case/{links.token(Party(taken_down, user=author))}/"
        stamp = client.get(url).context["form"].stamp
        assert client.post(url, {"stamp": stamp, "text": text}).status_code == 422

    def test_a_link_that_is_not_ours_leads_nowhere(self, client, case, author):
        assert client.get("/en/report/case/nonsense/").status_code == 404
        # Nobody has decided: the author has nothing to read, and learns nothing.
        url = f"/lv/report/case/{links.token(Party(case, user=author))}/"
        assert client.get(url).status_code == 404
        url = f"/lt/report/case/{links.token(Party(case, notice=case.notices.get()))}/"
        assert client.get(url).status_code == 200


def test_names_of_readers_are_deleted_when_nobody_can_appeal_any_more(taken_down, thing):
    keeping.forget_reporters()
    assert Notice.objects.get().email
    Case.objects.update(decided_at=timezone.now() - datetime.timedelta(days=220))
    keeping.forget_reporters()
    found = Notice.objects.get()
    assert (found.name, found.email, found.user) == ("", "", None)
    assert found.text
    assert CaseEvent.objects.filter(what="forgotten").count() == 1
    keeping.forget_reporters()
    assert CaseEvent.objects.filter(what="forgotten").count() == 1


def test_the_list_asks_as_much_for_thirty_as_for_one(client, case, moderators, thing):
    def listing():
        return client.get(reverse("moderation_cases"))

    client.force_login(moderators[0])
    listing()
    with CaptureQueriesContext(
        connection,
    ) as one:
        listing()
    for number in range(30):
        notice(replace(thing, key=f"{uuid4()}/fi", title=f"Text {number}"))
    with CaptureQueriesContext(connection) as many:
        assert "Text 29" in listing().content.decode()
    assert len(many) == len(one)


@pytest.mark.parametrize(
    "query", ["state=x", "state=waiting", "language=%27", "p=0", "p=999", "reason=hate&kind=y"]
)
def test_any_filter_answers(client, case, moderators, query):
    client.force_login(moderators[0])
    assert client.get(f"{reverse('moderation_cases')}?{query}").status_code == 200


@needs_postgresql
def test_of_a_hundred_decisions_at_once_one_counts(db):
    """Committed by threads of their own, and cleared by one: the test's own transaction sees none."""
    made, decided, late = {}, [], []

    def prepare():
        made["people"] = [
            User.objects.create_superuser(f"at-once-{number}@example.org") for number in range(2)
        ]
        made["case"] = Case.objects.create(kind="toy", key="1", language="fi", title="x", url="/")

    def ask(by):
        for _number in range(5):
            try:
                decided.append(decide(made["case"], by, action="none"))
            except services.AlreadyDecided:
                late.append(by)

    def look_and_clear():
        made["decisions"] = Decision.objects.filter(case=made["case"]).count()
        made["lines"] = made["case"].events.filter(what="decided").count()
        made["case"].delete()
        for one in made["people"]:
            one.delete()

    at_once(prepare)
    at_once(*(partial(ask, made["people"][number % 2]) for number in range(20)))
    at_once(look_and_clear)
    assert (len(decided), len(late)) == (1, 99)
    assert (made["decisions"], made["lines"]) == (1, 1)
