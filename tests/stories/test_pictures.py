"""A member's picture: sent with a step, described, replaced, removed, seen by nobody before review."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow
from wagtail.images.models import Image
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail.tasks import delete_file_from_storage_task

from core import generation, outbox
from core.models import OutboxEntry
from editorial import services as review
from stories.pictures import raw, shown
from stories.services import LOG_SENT
from tests.factories.accounts import UserFactory
from tests.factories.stories import StoryPageFactory
from tests.pictures import huge_png, photograph, says_where
from tests.stories.conftest import work

SAID = {"picture-alt_text": "Two people measure a door.", "picture_credit": "Joinery department"}


def sent(content=b"", name="IMG_0001.JPG", **changes) -> dict:
    """What a browser sends for the picture of the fourth step."""
    return SAID | {"picture-file": SimpleUploadedFile(name, content or photograph())} | changes


def delete_files() -> None:
    """What the worker does after a picture was deleted."""
    for result in DBTaskResult.objects.filter(task_path__endswith="delete_file_from_storage_task"):
        delete_file_from_storage_task.call(*result.args_kwargs["args"])


def messages(response) -> dict[str, str]:
    return {one["anchor"]: str(one["message"]) for one in response.context["mistakes"]}


@pytest.fixture
def step(writer):
    """The writer at the fourth step, where the picture is asked for."""
    writer.begin()
    return writer


def test_a_picture_is_kept_without_place_shown_again_and_published(
    step, reviewer, django_assert_max_num_queries
):
    writer = step
    assert writer.save(4, later="1", **sent()).status_code == 302
    image = shown(writer.draft)
    assert image.contextual_alt_text == "Two people measure a door."
    content = image.file.read()
    assert not says_where(content)
    assert Pillow.open(io.BytesIO(content)).size == (40, 60)
    html = writer.client.get(writer.address(4)).content.decode()
    assert image.get_rendition("max-640x480").url in html
    for number, values in ((2, {}), (3, {}), (4, SAID), (5, {"later": "1"})):
        assert writer.save(number, **values).status_code == 302
    assert shown(writer.draft).pk == image.pk
    refused = writer.send()
    assert list(messages(refused)) == ["id_picture"]
    assert writer.send(picture="on").status_code == 302
    assert PageLogEntry.objects.get(action=LOG_SENT).data["picture"] == image.pk
    review.approve(writer.story, reviewer)
    page = Client().get("/en/stories/real-orders/").content.decode()
    assert 'alt="Two people measure a door."' in page
    assert "Picture: Joinery department" in page
    generation.forget()
    Client().get("/en/nothing/")
    with django_assert_max_num_queries(8):
        Client().get("/en/stories/real-orders/")


def test_its_address_is_not_guessed_and_only_its_author_is_shown_it(step):
    step.save(4, **sent(name="class.jpg"))
    image = shown(step.draft)
    assert "class" not in image.file.name
    assert len(image.file.name) > 40
    stranger = Client()
    for place in ("4/", "preview/"):
        address = f"{step.root}{step.story.pk}/{place}"
        assert image.file.name.split("/")[-1][:20] in step.client.get(address).content.decode()
        assert stranger.get(address).status_code == 302


def test_what_lacks_is_said_at_its_field_and_the_picture_is_not_chosen_again(step):
    nothing_said = {"picture-alt_text": "", "picture_credit": "", "failed": ""}
    first = step.save(4, **(sent() | nothing_said))
    assert list(messages(first)) == ["id_failed", "id_picture-alt_text", "id_picture_credit"]
    kept = shown(step.draft)
    assert "picture-preview" in first.content.decode()
    assert step.save(4, first.context["seen"], **SAID).status_code == 302
    assert shown(step.draft).pk == kept.pk
    assert Image.objects.count() == 1


def test_the_same_form_sent_twice_makes_one_picture(step):
    seen = step.seen(4)
    for _time in range(2):
        assert step.save(4, seen, **sent()).status_code == 302
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", b"<script>alert(1)</script>", "not a picture"),
        ("a.png", b"<svg onload='alert(1)'/>", "not a picture"),
        ("a.png", huge_png(), "40 million pixels"),
        ("a.jpg", photograph()[:600], "not a picture"),
        ("a.jpg", photograph() + b"\0" * 11 * 1024 * 1024, "larger than 10 MB"),
    ],
)
def test_a_bad_file_is_told_at_its_field_and_the_rest_is_kept(step, name, content, words):
    response = step.save(4, **sent(content, name, failed="Typed <b>once</b>."))
    assert list(messages(response)) == ["id_picture-file"]
    html = response.content.decode()
    assert words in html
    assert "Typed &lt;b&gt;once&lt;/b&gt;." in html
    assert "Two people measure a door." in html
    assert not Image.objects.exists()


def test_another_ending_of_the_name_does_not_matter(step):
    assert step.save(4, **sent(photograph(kind="PNG"), "screen.jpg")).status_code == 302
    assert shown(step.draft).file.name.endswith(".png")


def test_replaced_and_removed_pictures_are_gone_with_their_files(
    step, django_capture_on_commit_callbacks
):
    step.save(4, **sent())
    first = shown(step.draft)
    with django_capture_on_commit_callbacks(execute=True):
        step.save(4, **sent(photograph("red"), **{"picture-remove": "on"}))
    second = shown(step.draft)
    assert Image.objects.get().pk == second.pk
    delete_files()
    assert not default_storage.exists(first.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        step.save(4, **SAID, **{"picture-remove": "on"})
    assert shown(step.draft) is None
    assert not Image.objects.exists()
    delete_files()
    assert not default_storage.exists(second.file.name)


@pytest.mark.parametrize("shown_elsewhere", [False, True])
def test_the_picture_of_a_deleted_draft_goes_unless_a_page_shows_it(step, shown_elsewhere):
    step.save(4, **sent())
    image = shown(step.draft)
    if shown_elsewhere:
        index = step.story.get_parent().specific
        page = StoryPageFactory(parent=index, locale=index.locale, picture=raw(image.pk, "A door"))
        ReferenceIndex.create_or_update_for_object(page)  # Wagtail does it in the background
    step.client.post(f"{step.root}{step.story.pk}/delete/", {"sure": "1"})
    work()
    assert Image.objects.filter(pk=image.pk).exists() is shown_elsewhere


def test_a_replaced_picture_that_a_review_holds_goes_when_that_is_over(step, reviewer):
    step.save(4, **sent())
    first = shown(step.draft)
    index, admin = step.story.get_parent().specific, UserFactory(is_superuser=True)
    values = {"picture": raw(first.pk, "A door"), "picture_credit": "Joinery department"}
    other = StoryPageFactory(parent=index, locale=index.locale, draft=True, slug="other")
    for name, value in values.items():
        setattr(other, name, value)
    other.save_revision(user=admin)
    review.submit(other, admin)
    assert step.save(4, **sent(photograph("red"))).status_code == 302
    assert shown(step.draft).pk != first.pk
    assert Image.objects.filter(pk=first.pk).exists()

    def next_day():
        OutboxEntry.objects.filter(done_at=None).update(
            not_before=None, created_at=timezone.now() - timedelta(days=1)
        )
        outbox.sweep()

    next_day()
    assert Image.objects.filter(pk=first.pk).exists()
    review.return_(other, reviewer, "Take a picture of your own.")
    next_day()
    assert not Image.objects.filter(pk=first.pk).exists()
    assert not OutboxEntry.objects.filter(kind="stories.pictures", done_at=None).exists()


def test_a_picture_sent_from_an_older_window_replaces_nothing(step):
    old = step.seen(4)
    step.save(4, later="1", cost="Nothing.")
    told = step.save(4, old, **sent())
    assert "changed in another window" in told.content.decode()
    assert "Choose it again" in messages(told)["id_picture-file"]
    assert not Image.objects.exists()
