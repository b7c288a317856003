"""Addresses and languages: which version a reader gets, and what the page says about it."""

import threading

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from wagtail.signals import page_slug_changed

from core.models import OutboxEntry
from portal import views
from search import documents
from tests.factories.pages import rewrite, take_off
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(index):
    """A story in English and Italian, with a Finnish draft."""
    english = StoryPageFactory(
        parent=index("en"), title="Night shift", slug="night-shift", locale=index("en").locale
    )
    italian = StoryPageFactory(
        parent=index("it"),
        title="Di notte",
        slug="di-notte",
        locale=index("it").locale,
        translation_key=english.translation_key,
    )
    StoryPageFactory(
        parent=index("fi"),
        title="Yövuoro",
        slug="yovuoro",
        locale=index("fi").locale,
        translation_key=english.translation_key,
        draft=True,
    )
    return english, italian


@pytest.mark.parametrize(
    ("accepts", "home"),
    [
        ("lt,en;q=0.5", "/lt/"),
        ("fi-FI,fi;q=0.9", "/fi/"),
        ("sv,ja", "/en/"),
        ("", "/en/"),
        ("*", "/en/"),
        ("x" * 5000, "/en/"),
        (";;;,,,q=1", "/en/"),
    ],
)
def test_start_leads_to_the_language_of_the_browser_without_a_cookie(client, site, accepts, home):
    response = client.get("/", headers={"accept-language": accepts})
    assert response.status_code == 302
    assert response["Location"] == home
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


def test_reader_gets_their_own_version(client, story):
    page = client.get("/it/stories/di-notte/")
    assert page.context["content_language"].code == "it"
    assert not page.context["is_fallback"]


def test_address_of_another_version_leads_to_the_readers_own(client, story):
    response = client.get("/it/stories/night-shift/?utm=1")
    assert response.status_code == 301
    assert response["Location"] == "/it/stories/di-notte/?utm=1"


def test_missing_version_is_read_in_the_best_other_language_and_said(client, story):
    response = client.get("/lt/stories/night-shift/")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="lt"' in html
    assert '<article lang="en"' in html
    assert [version["code"] for version in response.context["versions"]] == ["en", "it"]


def test_slug_of_any_version_finds_the_item(client, story):
    response = client.get("/lt/stories/di-notte/", follow=True)
    assert response.request["PATH_INFO"] == "/lt/stories/night-shift/"


def test_reader_can_ask_for_another_version(client, story):
    response = client.get("/lt/stories/night-shift/?read=it")
    assert '<article lang="it"' in response.content.decode()


def test_own_version_is_not_said_to_be_missing_to_who_chose_another(client, story):
    chosen = client.get("/en/stories/night-shift/?read=it").content.decode()
    assert "This page is not in English yet." not in chosen
    assert "Help to translate it" not in chosen
    assert '<a href="/en/stories/night-shift/">Read it in English</a>' in chosen
    missing = client.get("/lt/stories/night-shift/?read=it")
    assert missing.context["own_version"] is None
    assert b"mailto:" in missing.content


def test_unknown_wish_is_ignored(client, story):
    assert (
        client.get("/lt/stories/night-shift/?read=%3Cscript%3E").context["content_language"].code
        == "en"
    )


def test_canonical_and_hreflang_name_only_versions_that_exist(client, story):
    html = client.get("/lt/stories/night-shift/").content.decode()
    assert '<link rel="canonical" href="http://testserver/en/stories/night-shift/">' in html
    assert 'hreflang="en" href="http://testserver/en/stories/night-shift/"' in html
    assert 'hreflang="it" href="http://testserver/it/stories/di-notte/"' in html
    assert 'hreflang="lt"' not in html.split("</head>")[0]
    assert 'hreflang="fi"' not in html.split("</head>")[0]


def test_draft_is_not_public_in_any_way(client, story):
    assert client.get("/fi/stories/yovuoro/").status_code == 404
    assert client.get("/fi/stories/night-shift/").context["content_language"].code == "en"
    assert b"Y\xc3\xb6vuoro" not in client.get("/fi/stories/").content
    assert b"yovuoro" not in client.get("/sitemap-fi-1.xml").content
    assert b"Y\xc3\xb6vuoro" not in client.get("/fi/stories/feed/").content


def test_404_is_in_the_language_of_the_address_and_offers_search(client, story):
    response = client.get("/it/stories/night-shifts/")
    html = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="it"' in html
    assert "/it/search/" in html


@pytest.mark.parametrize("accepts", ["", "fi"])
def test_bad_request_is_answered_in_the_language_of_the_address(client, site, accepts):
    response = client.get("/it/stories/?q=%00", headers={"accept-language": accepts})
    assert response.status_code == 400
    assert '<html lang="it" dir="ltr">' in response.content.decode()


def test_bad_request_without_a_language_is_answered_in_that_of_the_browser(client, site):
    response = client.get("/?q=%00", headers={"accept-language": "fi"})
    assert response.status_code == 400
    assert '<html lang="fi" dir="ltr">' in response.content.decode()
    assert "Accept-Language" in response["Vary"]


def rename(page, slug: str) -> None:
    """Gives a public page another slug, as a finished review does."""
    before = page.specific_class.objects.get(pk=page.pk)
    page.slug = slug
    rewrite(page)
    page_slug_changed.send(sender=type(page), instance=page, instance_before=before)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/en/stories/night-shift/", "/en/stories/after-dark/"),
        ("/it/stories/night-shift/", "/it/stories/di-notte/"),
        ("/lt/stories/night-shift/", "/lt/stories/after-dark/"),
        ("/lt/stories/night-shift/?read=it", "/lt/stories/after-dark/?read=it"),
    ],
)
def test_old_address_of_a_renamed_story_leads_on_in_every_language(client, story, old, new):
    rename(story[0], "after-dark")
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"] == new
    assert client.get(new).status_code == 200


def test_old_address_of_a_story_that_is_no_longer_public_leads_to_another_version(client, story):
    rename(story[0], "after-dark")
    take_off(story[0])
    assert client.get("/lt/stories/night-shift/")["Location"] == "/lt/stories/di-notte/"
    take_off(story[1])
    assert client.get("/lt/stories/night-shift/").status_code == 404


def test_address_that_two_stories_had_leads_to_the_one_in_the_readers_language(
    client, story, index
):
    other = StoryPageFactory(parent=index("fi"), slug="night-shift", locale=index("fi").locale)
    rename(story[0], "after-dark")
    rename(other, "pimealla")
    assert client.get("/fi/stories/night-shift/")["Location"] == "/fi/stories/pimealla/"
    assert client.get("/en/stories/night-shift/")["Location"] == "/en/stories/after-dark/"


def offers(client, path: str) -> list[tuple[str, str]]:
    """What a page that does not exist offers, as addresses and names of other languages."""
    response = client.get(path)
    assert response.status_code == 404
    for offer in response.context["near"]:
        assert offer["url"] in response.content.decode()
    return [(offer["url"], offer["language_name"]) for offer in response.context["near"]]


@pytest.mark.parametrize(
    "slug",
    ["night-shifts", "shift-at-night", "niht-shift", "night-shift-2024", "Night%20shift)", "night"],
)
def test_404_offers_what_has_a_similar_address(client, story, slug):
    documents.write(story)
    assert ("/en/stories/night-shift/", "") in offers(client, f"/en/stories/{slug}/")


def test_404_offers_the_readers_own_version_of_what_resembles_in_another_language(client, story):
    documents.write(story)
    assert offers(client, "/it/stories/night-shifts/") == [("/it/stories/di-notte/", "")]
    assert offers(client, "/lt/stories/night-shifts/") == [
        ("/lt/stories/night-shift/?read=en", "English")
    ]


@pytest.mark.parametrize("slug", ["bakery", "the-shift-of-all-bakeries", "de", "%F0%9F%9A%80", "-"])
def test_404_offers_nothing_that_only_seems_alike(client, story, slug):
    documents.write(story)
    assert offers(client, f"/en/stories/{slug}/") == []


def test_404_offers_the_readers_language_first_and_marks_the_others(client, story, index):
    shifts = [
        StoryPageFactory(
            parent=index("en"), title=f"Shift {n}", slug=f"shift-{n}", locale=index("en").locale
        )
        for n in range(6)
    ]
    lithuanian = StoryPageFactory(
        parent=index("lt"), title="Shift", slug="pamaina", locale=index("lt").locale
    )
    documents.write([*shifts, lithuanian])
    found = offers(client, "/lt/stories/shift/")
    assert len(found) == 5
    assert found[0] == ("/lt/stories/pamaina/", "")
    assert found[1][0].endswith("?read=en")
    assert {name for _url, name in found[1:]} == {"English"}


def test_ready_once_migrated_and_reads_the_migrations_from_disk_only_until_then(
    client, db, monkeypatch
):
    monkeypatch.setattr(views, "_migrated", threading.Event())
    recorder = MigrationRecorder(connection)
    newest = MigrationLoader(connection).graph.leaf_nodes("search")[0]
    recorder.record_unapplied(*newest)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "migrations": 1, "outbox": 0}

    recorder.record_applied(*newest)
    assert client.get("/readyz").json()["ready"]

    monkeypatch.delattr(views, "MigrationExecutor")
    OutboxEntry.objects.create(kind="search.index")
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "migrations": 0, "outbox": 1}


def test_pages_set_no_cookie_and_carry_the_security_headers(client, story):
    response = client.get("/en/stories/night-shift/")
    assert not response.cookies
    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_unchanged_page_is_not_sent_twice(client, story):
    first = client.get("/en/stories/night-shift/")
    again = client.get("/en/stories/night-shift/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_can_only_be_read(client, story, method):
    assert getattr(client, method)("/en/stories/night-shift/").status_code in (403, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/en/%ff/",
        "/en/stories/" + "a" * 3000 + "/",
        "/zz/stories/",
        "/en//stories/",
        "/en/stories/../admin/",
        "/en-GB/stories/",
        "/sitemap-xx-1.xml",
    ],
)
def test_hostile_addresses_never_break_and_lead_on(client, story, path):
    response = client.get(path, follow=True)
    assert response.status_code in (200, 400, 404)
    assert '<a class="' in response.content.decode()


def test_feed_and_sitemap_name_what_is_public(client, story):
    feed = client.get("/en/stories/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert b"Night shift" in feed.content
    index_file = client.get("/sitemap.xml").content
    assert b"sitemap-en-1.xml" in index_file
    english = client.get("/sitemap-en-1.xml").content.decode()
    assert "http://testserver/en/stories/night-shift/" in english
    assert 'hreflang="it" href="http://testserver/it/stories/di-notte/"' in english
    assert 'hreflang="x-default"' in english


def test_robots_name_the_sitemap_and_keep_search_out(client, site):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /fi/search/" in text


def test_language_menu_stays_on_the_same_story(client, story):
    menu = client.get("/en/stories/night-shift/").context["languages"]
    assert {entry["code"]: entry["url"] for entry in menu["here"]} == {
        "en": "/en/stories/night-shift/",
        "it": "/it/stories/di-notte/",
    }
    assert {"code": "lt", "url": "/lt/stories/night-shift/"}.items() <= {
        entry["code"]: entry for entry in menu["elsewhere"]
    }["lt"].items()


def test_control_characters_do_not_end_the_feed(client, story):
    story[0].title = "Night\x0b shift"
    rewrite(story[0])
    assert b"Night shift" in client.get("/en/stories/feed/").content


def test_figures_for_operators_are_at_one_address(client, site):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metricsmetrics", follow=True).status_code == 404


def test_endless_sitemap_number_is_not_found(client, site):
    assert client.get("/sitemap-en-99999999999999999999.xml").status_code == 404
