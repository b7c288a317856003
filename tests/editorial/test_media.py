"""Pictures and files that texts use stay what was reviewed, whoever would change them, and wherever."""

import datetime
import threading
import time
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from editorial import publishing, services
from editorial.gate import media as media_of_texts
from editorial.gate.media import InUse, PrivacyRefused
from stories.models import StoryPage
from tests.editorial.conftest import change, fresh
from tests.services import at_once

TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def media(people):
    """What the editor has uploaded, as `media["picture"]` and `media["file"]`."""
    picture = get_image_model()(title="Bench", file=get_test_image_file())
    file = get_document_model()(title="Sheet", file=SimpleUploadedFile("a.txt", b"a"))
    for one in (picture, file):
        one.uploaded_by_user = people["editor"]
        one.save()
    picture.contextual_alt_text, picture.decorative = "Two people measure a door.", False
    return {"picture": picture, "file": file}


@pytest.fixture
def using(public, people, media):
    """The public story, in review with the picture and the file."""
    values = {"picture": [("picture", media["picture"])], "files": [("file", media["file"])]}
    change(public, people["editor"], **values)
    services.submit(public, people["editor"])
    return fresh(public)


@pytest.fixture
def shown(using, people, media):
    """The same when it is public, while the worker sleeps."""
    services.approve(using, people["reviewer"])
    return fresh(using)


def stored(one):
    return type(one)._base_manager.filter(pk=one.pk).values("title", "file").first()


def retitled(one):
    one.title = "Around"
    one.save()


def refiled(one):
    one.file = get_test_image_file("b.png")
    one.save()


def cut(one):
    one.focal_point_x = 1
    one.save(update_fields=["focal_point_x"])


AROUND = {
    "another title": retitled,
    "another file": refiled,
    "deleted": lambda one: one.delete(),
    "deleted with others": lambda one: type(one).objects.all().delete(),
}


def is_refused(step, one) -> bool:
    """Tried and taken back, whether it was refused or not."""
    before = stored(one)
    with transaction.atomic():
        try:
            with transaction.atomic():
                step(type(one).objects.get(pk=one.pk))
        except InUse:
            assert stored(one) == before
            return True
        transaction.set_rollback(True)
    return False


class TestGuard:
    def test_holds_from_submission_until_the_text_is_taken_off(self, using, people, media):
        def refused():
            return {
                is_refused(step, one)
                for one in media.values()
                for step in [*AROUND.values(), *([cut] if one is media["picture"] else [])]
            }

        assert refused() == {True}  # in review
        services.return_(using, people["reviewer"], "Which bench?")
        assert refused() == {False}  # nobody decides about it, and the public text has neither
        services.submit(fresh(using), people["editor"])
        services.approve(fresh(using), people["reviewer"])
        assert refused() == {True}  # public
        publishing.withdraw(fresh(using), people["reviewer"], "A learner is in the picture.")
        assert refused() == {False}

    def test_holds_what_is_approved_for_later(self, public, people, media):
        soon = timezone.now() + TOMORROW
        change(public, people["editor"], files=[("file", media["file"])], go_live_at=soon)
        services.submit(public, people["editor"])
        services.approve(fresh(public), people["reviewer"])
        assert public.revisions.exclude(approved_go_live_at=None).exists()
        assert {is_refused(step, media["file"]) for step in AROUND.values()} == {True}
        assert not is_refused(retitled, media["picture"])

    def test_tags_collections_and_sizes_may_change(self, shown, media):
        file = get_document_model().objects.get(pk=media["file"].pk)
        file.collection = Collection.get_first_root_node().add_child(name="Sheets")
        file.tags.add("sheet")
        file.file_size = None
        file.save()
        assert file.get_file_size() == 1

    def test_no_collection_is_private(self, shown, people, signed_in):
        collection, words = Collection.get_first_root_node(), str(PrivacyRefused.message)
        with pytest.raises(PrivacyRefused):
            CollectionViewRestriction.objects.create(
                collection=collection, restriction_type="login"
            )
        address = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
        client = signed_in(people["admin"])
        answer = client.post(address, {"restriction_type": "login"}, follow=True)
        assert words in answer.content.decode()
        own = reverse("wagtailadmin_collections:edit", args=[collection.add_child(name="A").pk])
        assert words in client.get(own).content.decode()

    def test_costs_a_few_queries(self, shown, media):
        file = get_document_model().objects.get(pk=media["file"].pk)
        file.title = "Around"
        with pytest.raises(InUse), CaptureQueriesContext(connection) as queries:
            file.save()
        assert len(queries) <= 4


EDIT = {"picture": "wagtailimages:edit", "file": "wagtaildocs:edit"}
DELETE = {"picture": "wagtailimages:delete", "file": "wagtaildocs:delete"}
BULK = {"picture": ("wagtailimages", "image"), "file": ("wagtaildocs", "document")}


@pytest.mark.parametrize("what", ["picture", "file"])
@pytest.mark.parametrize("who", ["editor", "admin"])
def test_the_admin_refuses_in_words(shown, people, media, signed_in, who, what):
    client, one, words = signed_in(people[who]), media[what], str(InUse.message)
    before = stored(one)
    form = {"title": "Around", "collection": one.collection_id, "tags": ""}
    answer = client.post(reverse(EDIT[what], args=[one.pk]), form)
    assert answer.context["form"].errors == {"title": [words]}
    several = reverse(f"{EDIT[what]}_multiple", args=[one.pk])
    prefix = {"picture": "image", "file": "doc"}[what]
    sent = {f"{prefix}-{one.pk}-{name}": value for name, value in form.items()}
    answer = client.post(several, sent, headers={"x-requested-with": "XMLHttpRequest"})
    assert words in answer.json()["form"]
    bulk = reverse("wagtail_bulk_action", args=[*BULK[what], "delete"])
    for address in (reverse(DELETE[what], args=[one.pk]), f"{bulk}?id={one.pk}"):
        assert words in client.post(address, follow=True).content.decode()
    assert stored(one) == before
    answer = client.post(reverse(EDIT[what], args=[one.pk]), form | {"title": one.title})
    assert answer.status_code == 302


def test_what_no_text_uses_changes_freely(public, people, media, signed_in):
    client = signed_in(people["editor"])
    for what, one in media.items():
        form = {"title": "Better", "collection": one.collection_id, "tags": ""}
        client.post(reverse(EDIT[what], args=[one.pk]), form)
        assert stored(one)["title"] == "Better"
        client.post(reverse(DELETE[what], args=[one.pk]))
        assert stored(one) is None


@pytest.mark.needs_postgresql
class TestAtOnce:
    """Deleting looks in several places, and what is approved meanwhile could be in none of them."""

    def test_who_publishes_waits_for_who_deletes(self, db, monkeypatch):
        kept, found, checking = {}, [], threading.Event()

        def make():
            picture = get_image_model().objects.create(title="Bench", file=get_test_image_file())
            kept["picture"], kept["alone"] = picture, get_image_model().objects.get(pk=picture.pk)
            picture.contextual_alt_text, picture.decorative = "Two people measure a door.", False
            story = StoryPage(picture=[("picture", picture)])
            kept["revision"] = SimpleNamespace(as_object=lambda: story)

        def in_use(picture):
            checking.set()
            time.sleep(0.5)
            found.append("looked")
            return False

        def publish():
            checking.wait(10)
            with transaction.atomic():
                media_of_texts.hold(kept["revision"])
                found.append("published")

        at_once(make)
        monkeypatch.setattr(media_of_texts, "is_in_use", in_use)
        at_once(kept["alone"].delete, publish)
        assert found == ["looked", "published"]

    def test_a_text_is_published_only_with_its_pictures_held(self, using, people):
        with CaptureQueriesContext(connection) as queries:
            services.approve(using, people["reviewer"])
        said = [one["sql"] for one in queries if "FOR NO KEY UPDATE" in one["sql"]]
        for table in ("wagtailimages_image", "wagtaildocs_document"):
            assert any(f'FROM "{table}"' in sql for sql in said), table
