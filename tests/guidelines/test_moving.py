"""A recommendation on its way from draft to answered: order, dates, roles, record, reminder."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from core import outbox
from core.models import OutboxEntry
from guidelines import services, tasks
from guidelines.models import Move, Proceeding
from tests.factories.accounts import UserFactory, person
from tests.guidelines.recommending import add, make_section

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: (value or now()).date())


def now() -> datetime.datetime:
    return datetime.datetime.combine(TODAY, datetime.time(9), tzinfo=datetime.UTC)


@pytest.fixture
def section(db):
    return make_section(["en", "fi"])


@pytest.fixture
def page(section):
    written = datetime.datetime(2026, 1, 1, 9, tzinfo=datetime.UTC)
    return add(section["en"], slug="short", first_published_at=written)


@pytest.fixture
def reviewer(section):
    return person("reviewer", "en", is_staff=True)


def refusal(*args, **kwargs) -> dict:
    with pytest.raises(ValidationError) as caught:
        services.move(*args, **kwargs)
    return caught.value.message_dict


def test_moves_are_recorded_in_their_order_with_day_and_person(page, reviewer):
    services.move(page, "consulted", reviewer, datetime.date(2026, 2, 1), "By mail")
    services.move(page, "adopted", reviewer, datetime.date(2026, 2, 1), office="Board")
    services.move(page, "sent", reviewer)
    made = Move.objects.order_by("pk").values_list("status", "on", "office", "by")
    assert list(made) == [
        ("draft", datetime.date(2026, 1, 1), "Working group on agreements", None),
        ("consulted", datetime.date(2026, 2, 1), "Working group on agreements", reviewer.pk),
        ("adopted", datetime.date(2026, 2, 1), "Board", reviewer.pk),
        ("sent", TODAY, "Working group on agreements", reviewer.pk),
    ]
    assert Proceeding.objects.get().status == "sent"
    search = OutboxEntry.objects.filter(kind="search.index")
    assert {entry.payload["translation_key"] for entry in search} == {str(page.translation_key)}


def test_what_cannot_have_happened_is_refused_at_its_field_and_leaves_nothing(page, reviewer):
    assert "A step is missing in between: Consulted." in refusal(page, "sent", reviewer)["to"][0]
    assert not Proceeding.objects.exists()
    services.move(page, "consulted", reviewer, datetime.date(2026, 5, 1))
    assert "Adopted" in refusal(page, "sent", reviewer)["to"][0]
    assert "already" in refusal(page, "consulted", reviewer)["to"][0]
    assert "on" in refusal(page, "adopted", reviewer, datetime.date(2026, 4, 30))
    assert "on" in refusal(page, "adopted", reviewer, TODAY + datetime.timedelta(days=1))
    assert "follow_up_on" in refusal(
        page, "adopted", reviewer, follow_up_on=TODAY - datetime.timedelta(days=1)
    )
    services.move(page, "adopted", reviewer)
    services.move(page, "sent", reviewer)
    assert "answer" in refusal(page, "answered", reviewer)
    assert Proceeding.objects.get().status == "sent"


def test_a_draft_that_is_not_public_does_not_move(section, reviewer):
    hidden = add(section["en"], live=False)
    assert "public" in refusal(hidden, "consulted", reviewer)["to"][0]


def test_a_status_is_reached_once(page, reviewer):
    services.move(page, "consulted", reviewer)
    proceeding = Proceeding.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(proceeding=proceeding, status="consulted", on=TODAY, office="Desk")


def test_editors_consult_reviewers_of_the_source_language_do_all_and_others_nothing(
    section, page, reviewer
):
    add(section["fi"], slug="lyhyt", translation_key=page.translation_key)
    editor, finnish = person("editor", "en"), person("reviewer", "fi")
    with pytest.raises(PermissionDenied):
        services.move(page, "consulted", finnish)
    services.move(page, "consulted", editor)
    with pytest.raises(PermissionDenied):
        services.move(page, "adopted", editor)
    services.move(page, "adopted", reviewer)
    services.move(page, "sent", UserFactory(is_superuser=True))
    gone = person("reviewer", "en", is_active=False)
    with pytest.raises(PermissionDenied):
        services.follow_up(page, TODAY + datetime.timedelta(days=9), gone)


def address(page) -> str:
    return reverse("guidelines_move", args=[page.pk])


def test_the_screen_records_a_step_and_tells_at_the_field_what_is_wrong(client, page, reviewer):
    client.force_login(reviewer)
    typed = {"move": "yes", "to": "sent", "on": "2026-11-19", "note": "<b>Kept</b>"}
    response = client.post(address(page), typed)
    assert "A step is missing" in response.context["move_form"].errors["to"][0]
    assert "&lt;b&gt;Kept&lt;/b&gt;" in response.content.decode()
    response = client.post(address(page), typed | {"to": "answered"})
    assert set(response.context["move_form"].errors) == {"body", "text", "language"}
    response = client.post(address(page), typed | {"to": "consulted", "on": "nonsense"})
    assert "on" in response.context["move_form"].errors
    assert client.post(address(page), typed | {"to": "consulted"}).status_code == 302
    assert client.get(address(page)).context["status"] == "consulted"
    day = {"follow_up": "yes", "day-follow_up_on": "2027-01-05"}
    assert client.post(address(page), day).status_code == 302
    assert Proceeding.objects.get().follow_up_on == datetime.date(2027, 1, 5)


def test_the_screen_is_not_found_by_people_of_other_languages_and_explains_itself_to_editors(
    client, page
):
    client.force_login(person("editor", "fi", is_staff=True))
    assert client.get(address(page)).status_code == 404
    editor = person("editor", "en", is_staff=True)
    client.force_login(editor)
    assert client.get(address(page)).context["can_move"]
    services.move(page, "consulted", editor)
    assert not client.get(address(page)).context["can_move"]
    response = client.post(address(page), {"move": "yes", "to": "adopted", "on": "2026-11-20"})
    assert "Ask a reviewer" in response.content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert address(page) in client.get(edit).content.decode()


def test_a_step_recorded_by_mistake_is_taken_back_and_stays_in_the_history(client, page, reviewer):
    editor = person("editor", "en", is_staff=True)
    services.move(page, "consulted", reviewer)
    services.move(page, "adopted", reviewer)
    shown = Move.objects.last().pk
    client.force_login(editor)
    client.post(address(page), {"take_back": shown})
    assert Proceeding.objects.get().status == "adopted"
    client.force_login(reviewer)
    assert f'name="take_back" value="{shown}"' in client.get(address(page)).content.decode()
    for _click in range(2):
        client.post(address(page), {"take_back": shown})
    assert Proceeding.objects.get().status == "consulted"
    services.move(page, "adopted", reviewer)
    actions = PageLogEntry.objects.filter(action__startswith="guidelines.").order_by("pk")
    assert [entry.action for entry in actions][-2:] == [
        "guidelines.take_back",
        "guidelines.move",
    ]
    client.force_login(editor)
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert "Taken back: Adopted" in history.content.decode()


def test_those_who_follow_recommendations_see_status_and_day_of_their_languages(
    client, section, page, reviewer
):
    add(section["fi"], slug="toinen", title="Toinen suositus")
    services.move(page, "consulted", reviewer, follow_up_on=TODAY + datetime.timedelta(days=9))
    client.force_login(reviewer)
    html = client.get(reverse("guidelines_following")).content.decode()
    assert address(page) in html
    assert "29 Nov 2026" in html
    assert "Toinen" not in html


def work() -> None:
    for entry in OutboxEntry.objects.filter(kind="guidelines.follow_up", done_at=None):
        outbox.work.call(entry.pk)


def test_on_the_day_of_the_follow_up_who_moved_it_gets_one_mail_in_their_language(
    page, reviewer, monkeypatch
):
    UserProfile.objects.create(user=reviewer, preferred_language="fi")
    later = TODAY + datetime.timedelta(days=30)
    services.move(page, "consulted", reviewer, follow_up_on=later)
    tasks.remind_of_follow_ups()
    work()
    assert not mail.outbox
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: later)
    for _twice in range(2):
        tasks.remind_of_follow_ups()
        work()
    (message,) = mail.outbox
    assert message.to == [reviewer.email]
    assert message.extra_headers["Content-Language"] == "fi"
    assert page.title in message.subject
    assert address(page) in message.body
    assert 'lang="fi"' in message.alternatives[0][0]


def test_without_the_mover_the_editors_are_reminded_and_a_changed_day_is_not_told(
    page, reviewer, monkeypatch
):
    editor = person("editor", "en")
    later = TODAY + datetime.timedelta(days=30)
    services.move(page, "consulted", reviewer, follow_up_on=later)
    reviewer.is_active = False
    reviewer.save()
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: later)
    tasks.remind_of_follow_ups()
    entry = OutboxEntry.objects.get(kind="guidelines.follow_up")
    assert entry.payload["user_id"] == editor.pk
    services.follow_up(page, later + datetime.timedelta(days=9), UserFactory(is_superuser=True))
    work()
    assert not mail.outbox
