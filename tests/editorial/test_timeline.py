"""The timeline of an item: what happened, who sees it, and that it costs the same for much and little."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from editorial import services
from editorial.addresses import timeline_url as address
from editorial.gate.guards import reviewed_types
from editorial.gate.models import ReviewRule
from editorial.models import Assignment
from editorial.reviewing import comments
from stories.models import StoryPage
from tests.editorial.conftest import change, fresh, translate
from tests.factories.accounts import person
from tests.factories.organisations import OrganisationPageFactory


def told(response) -> list[tuple[str, str]]:
    return [(str(one.kind), one.event.what) for one in response.context["events"]]


@pytest.fixture
def eventful(public, people):
    """A story that was returned, commented, published, changed again, and sent into Finnish."""
    change(public, people["editor"], gap_needed="A price.", title="Prices")
    services.submit(public, people["editor"])
    state = services.held_state(public)
    comments.add(state, "gap_needed", "Whose price?", people["reviewer"])
    services.return_(public, people["reviewer"], "Say whose.")
    comments.resolve(public, str(comments.open_on(public)[0].pk), people["editor"])
    finnish = services.send_for_translation(public, ["fi"], people["translator"])[0].specific
    Assignment.objects.create(
        item=public.translation_key, language="fi", person=people["translator"]
    )
    translate(finnish, people["translator"])
    return fresh(public)


def test_tells_who_did_what(signed_in, people, eventful):
    answer = signed_in(people["reviewer"]).get(address(eventful))
    events = told(answer)
    for expected in (
        ("revision", "The first draft was saved."),
        ("revision", "A draft was saved. Changed: Title, What was needed"),
        ("review", "Submitted for review."),
        ("review", "Approved."),
        ("review", "Returned to the author."),
        ("comment", "Comment at “What was needed”"),
        ("comment", "A comment at “What was needed” was marked as done"),
        ("publication", "Published"),
        ("translation", "The translation was begun."),
        ("record", f"Assigned to {people['translator']}."),
    ):
        assert expected in events
    assert any("parts were translated" in what for _kind, what in events)
    dates = [one.at for one in answer.context["events"]]
    assert dates == sorted(dates, reverse=True)
    page = answer.content.decode()
    assert "Whose price?" in page
    assert "Say whose." in page
    assert str(people["editor"]) in page


def test_filters_by_kind_and_language_and_forgives_nonsense(signed_in, people, eventful):
    client, url = signed_in(people["reviewer"]), address(eventful)
    assert {kind for kind, _what in told(client.get(url, {"kind": "comment"}))} == {"comment"}
    finnish = client.get(url, {"language": "fi"}).context["events"]
    assert {one.event.of.code for one in finnish} == {"fi"}
    everything = told(client.get(url))
    assert told(client.get(url, {"kind": "x", "language": "y", "page": "z"})) == everything
    assert told(client.get(url, {"page": "99"})) == everything


def test_is_seen_by_people_of_the_language_only(client, signed_in, people, eventful):
    url, finnish = address(eventful), eventful.get_translations().get().specific
    revision = reverse("editorial_timeline_revision", args=[*url.split("/")[3:5], 1])
    assert client.get(url).status_code == 302
    assert signed_in(person("reviewer", "lv")).get(url).status_code == 302
    assert signed_in(person("reviewer", "lv")).get(revision).status_code == 302
    only_finnish = signed_in(person("translator", "fi"))
    assert only_finnish.get(url).status_code == 302
    answer = only_finnish.get(address(finnish))
    assert {one.event.of.code for one in answer.context["events"]} == {"fi"}
    assert signed_in(people["admin"]).get(url).status_code == 200
    kind = url.split("/")[3]
    users = ContentType.objects.get_for_model(User).pk
    for missing in (
        f"{kind}/999999",
        f"{kind}/x",
        f"{kind}/²",
        "999999/1",
        f"{users}/{people['admin'].pk}",
    ):
        assert only_finnish.get(f"/admin/timeline/{missing}/", follow=True).status_code == 404


def test_shows_what_the_draft_changes_in_what_is_public(signed_in, people, eventful):
    client = signed_in(people["editor"])
    draft_url = client.get(address(eventful)).context["draft_url"]
    answer = client.get(draft_url)
    changed = [row.of.label for row in answer.context["rows"].all if row.is_open]
    assert changed == ["Title", "What was needed"]
    first = eventful.revisions.earliest("pk")
    assert (
        client.get(draft_url.replace(str(eventful.latest_revision_id), str(first.pk))).status_code
        == 200
    )
    other = eventful.get_translations().get().save_revision()
    assert (
        client.get(
            reverse(
                "editorial_timeline_revision", args=[*address(eventful).split("/")[3:5], other.pk]
            ),
            follow=True,
        ).status_code
        == 404
    )


def test_tells_who_changed_the_reviews_of_its_kind(signed_in, people, public):
    rule = ReviewRule.objects.get(content_type=reviewed_types()[StoryPage])
    form = {"texts": "none", "translations": "person"}
    signed_in(people["admin"]).post(reverse("review-rules:edit", args=[rule.pk]), form)
    answer = signed_in(people["reviewer"]).get(address(public), {"kind": "record"})
    [event] = [one.event for one in answer.context["events"] if "this kind" in one.event.what]
    assert "own language: Public as soon as it is submitted." in event.what
    assert event.who == str(people["admin"])


def test_costs_the_same_for_much_and_little(signed_in, people, eventful):
    client, url = signed_in(people["reviewer"]), address(eventful)

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    before = cost()
    for number in range(40):
        change(eventful, people["editor"], gap_needed=f"A price of {number}.")
    assert len(told(client.get(url))) == 30
    assert client.get(url, {"page": 2}).status_code == 200
    assert cost() <= before


def test_tells_of_the_record_behind_a_profile_without_its_values(signed_in, people, workflow):
    profile = OrganisationPageFactory()
    profile.organisation.internal_note = "Nobody answers."
    profile.organisation.save()
    answer = signed_in(people["reviewer"]).get(address(profile), {"kind": "record"})
    assert ("record", "Organisation: changed. Note of the desk") in told(answer)
    assert "Nobody answers." not in answer.content.decode()


def test_stands_at_the_editor_and_the_review(signed_in, people, submitted):
    client, url = signed_in(people["reviewer"]), address(submitted)
    review = reverse("editorial_review", args=[services.held_state(submitted).pk])
    for page in (reverse("wagtailadmin_pages:edit", args=[submitted.pk]), review):
        assert url in client.get(page).content.decode()
    assert url in client.get(reverse("wagtailadmin_home")).content.decode()
