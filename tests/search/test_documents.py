"""Documents follow what is public: written after commit, by tasks that may run twice or late."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import outbox
from core.models import OutboxEntry
from editorial.publishing import opened
from home.models import StandardPage
from search import documents, tasks
from search.models import SearchDocument, SearchWord
from search.text import lemmas
from stories.models import StoryPage
from tests.factories.home import StandardPageFactory
from tests.factories.pages import delete, publish, rewrite, take_off
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(index):
    """A published story whose document has been written."""
    page = StoryPageFactory(parent=index("en"), locale=index("en").locale, title="Night shift")
    documents.write([page])
    return page


def urls() -> list[str]:
    return list(SearchDocument.objects.order_by("url").values_list("url", flat=True))


def test_document_says_what_the_page_says(story):
    row = SearchDocument.objects.get()
    assert (row.kind, row.language, row.url) == ("story", "en", story.url_path)
    assert row.title == "Night shift"
    assert row.summary == story.result
    assert "glue waited three weeks" in row.body
    assert row.facets["country"] == ["LV"]
    assert row.published == story.first_published_at
    assert row.translation_key == story.translation_key


def test_lemmas_stand_in_the_order_of_the_words(dictionaries, site):
    page = StandardPageFactory(
        parent=site["en"], locale=site["en"].locale, title="What companies taught"
    )
    documents.write([page])
    row = SearchDocument.objects.get()
    assert row.title_lemmas.split()[1:] == ["company", "teach"]
    assert {"companies", "taught"} <= set(row.title_words.split())


def test_published_page_is_found_once_the_worker_has_run(index, work):
    page = StoryPageFactory(parent=index("en"), locale=index("en").locale, draft=True)
    page.title = "Clean hands"
    publish(page)
    assert not SearchDocument.objects.exists()
    assert work()
    assert SearchDocument.objects.get().title == "Clean hands"


def test_draft_of_a_public_page_stays_out(story, work):
    story.title = "Secret plan"
    story.save_revision()
    tasks.promise(documents.key(story))
    work()
    assert SearchDocument.objects.get().title == "Night shift"


def test_unpublished_page_is_gone_at_once_and_stays_away(story, work):
    take_off(StoryPage.objects.get())
    assert not SearchDocument.objects.exists()
    work()
    assert not SearchDocument.objects.exists()


def test_late_task_writes_the_present_state(story, work):
    tasks.promise(documents.key(story))
    page = StoryPage.objects.get()
    page.title = "Newer"
    publish(page)
    take_off(page)
    work()
    assert not SearchDocument.objects.exists()


def test_deleted_page_is_gone_and_the_engine_is_told(story, work):
    key = documents.key(story)
    delete(story)
    assert not SearchDocument.objects.exists()
    entry = OutboxEntry.objects.get(kind="search.index")
    assert entry.payload == {"translation_key": key.translation_key, "language": "en"}
    assert work() == 1


def test_deleted_section_takes_its_items_along(story, index, work):
    key = documents.key(story)
    delete(index("en"))
    assert not SearchDocument.objects.exists()
    told = OutboxEntry.objects.filter(kind="search.index").values_list("payload", flat=True)
    assert list(told) == [{"translation_key": key.translation_key, "language": "en"}]
    work()


def test_new_address_of_a_section_reaches_all_below_it(story, index, site, work):
    section = index("en")
    section.slug = "cases"
    publish(section)
    work()
    assert urls() == [f"/en/cases/{story.slug}/"]


def test_changed_slug_alone_reaches_the_document(story, work, django_capture_on_commit_callbacks):
    page = StoryPage.objects.get()
    page.slug = "renamed"
    with django_capture_on_commit_callbacks(execute=True):
        rewrite(page)
    work()
    assert urls() == ["/en/stories/renamed/"]


def test_section_that_stays_where_it_is_promises_nothing_for_its_items(story, index, work):
    publish(index("en"))
    work()
    assert not OutboxEntry.objects.filter(kind="search.index").exists()


def test_moved_page_has_its_new_address(site, work):
    home = site["en"]
    page = StandardPageFactory(parent=home, locale=home.locale, slug="about")
    documents.write([page])
    with opened(page):
        page.move(site["fi"], pos="last-child")
    work()
    assert urls() == ["/fi/about/"]


def test_reordered_pages_promise_nothing(site):
    home = site["en"]
    first, second = (StandardPageFactory(parent=home, locale=home.locale) for _ in "ab")
    with opened(second):
        second.move(first, pos="left")
    assert not OutboxEntry.objects.exists()


def test_pages_of_other_kinds_have_no_document(site, work):
    home = site["en"]
    publish(home)
    assert not OutboxEntry.objects.filter(kind="search.index").exists()
    documents.index(documents.key(home))
    assert not SearchDocument.objects.exists()


def test_language_that_is_not_offered_has_no_documents(story, settings):
    settings.CONTENT_LANGUAGES = ["fi"]
    documents.index(documents.key(story))
    assert not SearchDocument.objects.exists()


def test_work_left_by_a_dead_worker_is_caught_up(index):
    page = StoryPageFactory(parent=index("en"), locale=index("en").locale, draft=True)
    publish(page)
    OutboxEntry.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=5))
    outbox.sweep()
    assert SearchDocument.objects.count() == 1


def test_comparison_finds_and_mends_every_difference(story, site):
    missing = StandardPageFactory(parent=site["en"], locale=site["en"].locale, title="Missing")
    changed = StandardPageFactory(parent=site["en"], locale=site["en"].locale, title="Before")
    gone = StandardPageFactory(parent=site["en"], locale=site["en"].locale, title="Gone")
    documents.write([changed, gone])
    StandardPage.objects.filter(pk=changed.pk).update(title="After")
    StandardPage.objects.filter(pk=gone.pk).update(live=False)
    found = documents.differences()
    assert set(found.to_write) == {documents.key(missing), documents.key(changed)}
    assert found.to_remove == (documents.key(gone),)
    assert documents.repair() == 3
    assert len(documents.differences()) == 0
    assert documents.repair() == 0
    assert set(SearchDocument.objects.values_list("title", flat=True)) == {
        "Missing",
        "After",
        "Night shift",
    }


def test_words_that_no_document_has_are_forgotten(story):
    SearchWord.objects.create(language="en", word="vanished", folded="vanished")
    SearchWord.objects.create(language="xx", word="vanished", folded="vanished")
    assert documents.forget_words() == 2
    assert SearchWord.objects.filter(word="night").exists()


def test_documents_are_written_anew_once_there_is_a_dictionary(settings, site, monkeypatch):
    settings.CONTENT_LANGUAGES = ["lv"]
    home = site["lv"]
    documents.write([StandardPageFactory(parent=home, locale=home.locale, title="Uzņēmumiem")])
    assert SearchDocument.objects.get().analysis == lemmas.FOLDED_WORDS
    tasks.keep_dictionaries()
    row = SearchDocument.objects.get()
    assert row.analysis == lemmas.VERSION
    assert row.title_lemmas == "uznemums"
    monkeypatch.setattr(lemmas, "build", None)  # it is not built twice
    tasks.keep_dictionaries()


class TestCommand:
    def test_verify_says_what_differs_and_repairs_it(self, site, capsys):
        StandardPageFactory(parent=site["en"], locale=site["en"].locale)
        with pytest.raises(CommandError, match="1 document"):
            call_command("search", "verify", "--dry-run")
        call_command("search", "verify")
        assert "repaired: 1" in capsys.readouterr().out
        call_command("search", "verify", "--dry-run")

    def test_reindex_writes_everything(self, story, capsys):
        SearchDocument.objects.update(title_lemmas="")
        call_command("search", "reindex")
        assert "written: 1" in capsys.readouterr().out
        assert SearchDocument.objects.get().title_lemmas == "night shift"

    def test_status_counts_and_names_what_is_missing(self, story, capsys):
        tasks.promise(documents.key(story))
        call_command("search", "status")
        out = capsys.readouterr().out
        assert "en  story  1" in out
        assert "waiting to be written: 1" in out
        assert "to be built: en, fi" in out

    def test_dictionaries_builds_what_is_missing(self, settings, capsys):
        call_command("search", "dictionaries", "lv")
        assert "lv:" in capsys.readouterr().out
        call_command("search", "dictionaries", "lv", "mt")
        assert capsys.readouterr().out == ""
        call_command("search", "dictionaries", "mt", "--again")
        assert "mt: simplemma has no such language" in capsys.readouterr().out
