"""Reports "we tried this too": by members, read by a reviewer, shown below the story."""

import pytest
from django.core import mail
from django.test import Client

from stories import services
from stories.tried import State, TriedToo
from tests.factories.accounts import person
from tests.factories.pages import take_off
from tests.factories.stories import StoryPageFactory
from tests.stories.conftest import work

FILLED = {
    "organisation": "Trade school by the sea",
    "country": "FI",
    "context": "EQF 4, twelve learners.",
    "same": "The orders.",
    "different": "One day a <b>week</b>.",
    "result": "Nine of twelve finished.",
    "language": "fi",
}


@pytest.fixture
def story(lists):
    index = lists["en"].get_children().get(slug="stories").specific
    return StoryPageFactory(parent=index, locale=index.locale, slug="orders")


@pytest.fixture
def address(story):
    return f"/en/account/stories/tried/{story.translation_key}/"


@pytest.fixture
def report(client, member, address) -> TriedToo:
    client.post(address, FILLED)
    return TriedToo.objects.get()


def page() -> str:
    return Client().get("/en/stories/orders/").content.decode()


def decide_in_admin(user, report, **data):
    admin = Client()
    admin.force_login(user)
    report = TriedToo.objects.get(pk=report.pk)
    seen = {"seen": report.submitted_at.isoformat()}
    return admin.post(f"/admin/tried_too/edit/{report.pk}/", seen | data)


def test_a_report_is_public_only_after_a_reviewer_has_read_it(report, reviewer):
    assert "Nine of twelve finished." not in page()
    response = decide_in_admin(reviewer, report, decision="published")
    assert response.status_code == 302
    html = page()
    assert '<dl lang="fi" dir="ltr">' in html
    assert "Nine of twelve finished." in html
    assert "<b>week" not in html


def test_who_may_decide(report, reviewer, member):
    other_language, editor = person("reviewer", "en"), person("editor", "fi")
    for stranger in (other_language, editor, member):
        decide_in_admin(stranger, report, decision="published")
        with pytest.raises(services.Refused):
            services.decide(report, stranger, State.PUBLISHED)
    assert TriedToo.objects.get().state == State.SUBMITTED
    services.decide(report, reviewer, State.PUBLISHED)
    assert TriedToo.objects.get().decided_by == reviewer


def test_nobody_decides_about_their_own(report, member):
    from accounts.models import Role
    from accounts.services import assign

    assign(member, Role.REVIEWER, "fi")
    with pytest.raises(services.Refused):
        services.decide(report, member, State.PUBLISHED)


def test_reviewers_see_the_reports_of_their_languages_only(report, reviewer):
    admin = Client()
    admin.force_login(reviewer)
    assert "Trade school by the sea" in admin.get("/admin/tried_too/").content.decode()
    assert "One day a" in admin.get(f"/admin/tried_too/edit/{report.pk}/").content.decode()
    other = Client()
    other.force_login(person("reviewer", "en"))
    assert "Trade school by the sea" not in other.get("/admin/tried_too/").content.decode()
    for name in ("edit", "history", "usage"):
        path = f"/admin/tried_too/{name}/{report.pk}/"
        assert [one.get(path).status_code for one in (admin, other)] == [200, 404]


def test_a_refusal_says_why_and_the_author_sends_it_again(
    report, reviewer, member, client, address
):
    work()
    assert [message.to for message in mail.outbox] == [[reviewer.email]]
    assert decide_in_admin(reviewer, report, decision="refused", why=" ").status_code == 200
    decide_in_admin(reviewer, report, decision="refused", why="Which year was it?")
    work()
    assert mail.outbox[-1].to == [member.email]
    assert "Which year was it?" in mail.outbox[-1].body
    assert "/admin/" not in mail.outbox[-1].body
    assert "Which year was it?" in client.get(address).content.decode()
    client.post(address, FILLED | {"context": "In 2025."})
    again = TriedToo.objects.get()
    assert (again.state, again.context, again.reason) == (State.SUBMITTED, "In 2025.", "")


def test_what_was_changed_while_a_reviewer_read_it_is_read_again(report, reviewer, client, address):
    admin = Client()
    admin.force_login(reviewer)
    path = f"/admin/tried_too/edit/{report.pk}/"
    seen = admin.get(path).context["form"]["seen"].value()
    client.post(address, FILLED | {"result": "Buy at evil.example."})
    answer = admin.post(path, {"decision": "published", "seen": seen})
    assert "The author has changed this report" in answer.content.decode()
    with pytest.raises(services.Undecidable):
        services.decide(report, reviewer, State.PUBLISHED)
    assert TriedToo.objects.get().state == State.SUBMITTED
    again = answer.context["form"]["seen"].value()
    assert admin.post(path, {"decision": "published", "seen": again}).status_code == 302
    assert TriedToo.objects.get().state == State.PUBLISHED


def test_sent_twice_it_is_one_report_and_one_mail(report, reviewer, client, address):
    client.post(address, FILLED)
    client.post(address, FILLED | {"result": "Ten of twelve finished."})
    work()
    assert TriedToo.objects.count() == 1
    assert len(mail.outbox) == 1


def test_a_public_report_is_not_changed_by_its_author(report, reviewer, client, address):
    services.decide(report, reviewer, State.PUBLISHED)
    with pytest.raises(services.Undecidable):
        services.decide(report, reviewer, State.PUBLISHED)
    response = client.post(address, FILLED | {"result": "All finished."})
    assert response.status_code == 422
    assert TriedToo.objects.get().result == "Nine of twelve finished."


def test_messages_stand_at_the_fields_and_typed_text_is_kept(client, member, address):
    response = client.post(address, FILLED | {"same": "", "country": "XX"})
    assert set(response.context["form"].errors) == {"same", "country"}
    assert "Nine of twelve finished." in response.content.decode()
    assert not TriedToo.objects.exists()


def test_visitors_are_asked_to_sign_in_and_drafts_cannot_be_reported(
    client, member, story, address
):
    assert Client().get(address).status_code == 302
    assert client.get(address).status_code == 200
    take_off(story)
    assert client.get(address).status_code == 404
