"""The page of the public search, as a reader meets it."""

from datetime import datetime
from urllib.parse import quote
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.test.utils import CaptureQueriesContext

from core import generation
from search import documents
from search.models import SearchDocument
from tests.conftest import make_site
from tests.factories.home import StandardPageFactory
from tests.factories.stories import StoryPageFactory
from tests.search.test_engine_contract import HOSTILE

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MORE = "bg cs da de el es et fr ga hr hu mt nl pl pt ro sk sl sv".split()


def visit(client, text, language="en", extra=""):
    response = client.get(f"/{language}/search/?q={quote(text)}{extra}")
    assert response.status_code == 200
    return response


def found(response) -> list[str]:
    return [row["title"] for row in response.context["results"]]


def test_result_shows_why_it_was_found(client, add):
    add("About robots", "A robot for a school.", "Learners built a robot & sold it.")
    html = visit(client, "robot").content.decode()
    assert "A <mark>robot</mark> for a school." in html
    assert "Learners built" not in html  # one reason is enough
    assert 'href="/en/about-robots/"' in html
    assert "1 result for “robot”" in html


def test_passage_is_shown_where_neither_title_nor_summary_has_the_words(client, add):
    add("Machines", "For a school.", "&lt;img src=x&gt; Learners built a robot & sold it.")
    html = visit(client, "robot").content.decode()
    assert "Learners built a <mark>robot</mark> &amp; sold it." in html
    assert "<img src=x>" not in html


def test_inflected_forms_are_marked(dictionaries, client, add):
    add("Mokiniai ir įmonės", "Sakinys.", language="lt")
    add("Mokiniai", "Sakinys.", "Dirbo įmonėms.", language="lt")
    html = visit(client, "imone", "lt").content.decode()
    assert "Mokiniai ir <mark>įmonės</mark>" in html
    assert "Dirbo <mark>įmonėms</mark>." in html


def test_page_asks_not_to_be_indexed_and_sets_no_cookie(client, add):
    response = visit(client, "robot")
    assert '<meta name="robots" content="noindex' in response.content.decode()
    assert not response.cookies


def test_hostile_content_and_question_stay_text(client, add):
    add("<b>Robot</b>", "<script>alert(1)</script> robot", "<img src=x> robot")
    html = visit(client, 'robot"><script>alert(2)</script>').content.decode()
    assert "<script>alert" not in html
    assert "<img src=x>" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;<mark>Robot</mark>&lt;/b&gt;" in html


def test_other_languages_are_offered_below_and_marked(client, add):
    add("Robot", language="lv")
    response = visit(client, "robot", "lt")
    html = response.content.decode()
    assert found(response) == []
    assert [row["lang"] for row in response.context["others"]] == ["lv"]
    assert '<h3 class="row-title" lang="lv" dir="ltr"><mark>Robot</mark></h3>' in html
    assert 'href="/lt/robot/?read=lv"' in html
    assert "?q=robot&amp;language=lt&amp;language=lv" in html


def test_chosen_languages_stand_among_the_results(client, add):
    add("Robot", language="lv")
    response = visit(client, "robot", "lt", "&language=lt&language=lv")
    assert found(response) == ["<mark>Robot</mark>"]
    assert options(response, "language") == {"lt": (0, True), "lv": (1, True)}
    removed = [chip["remove_url"] for chip in response.context["chips"]]
    assert removed == ["?q=robot&language=lv", "?q=robot"]


def options(response, key: str) -> dict[str, tuple[int, bool]]:
    """Codes of a facet with their counts, and whether they are chosen."""
    [facet] = [one for one in response.context["facets"] if one["key"] == key]
    return {one["value"]: (one["count"], one["checked"]) for one in facet["options"]}


def test_kinds_can_be_ticked_and_have_counts(client, add, index):
    add("Robot")
    story = StoryPageFactory(parent=index("en"), locale=index("en").locale, title="Robot story")
    documents.write([story])
    assert options(visit(client, "robot"), "kind") == {"page": (1, False), "story": (1, False)}
    response = visit(client, "robot", extra="&kind=story")
    assert found(response) == ["<mark>Robot</mark> story"]
    assert options(response, "kind") == {"page": (1, False), "story": (1, True)}
    assert [chip["remove_url"] for chip in response.context["chips"]] == ["?q=robot"]
    assert "Latvia" in response.context["results"][0]["facts"]


def test_empty_result_is_honest_and_leads_on(client, add):
    add("Apprenticeship")
    response = visit(client, "aprenticeship")
    html = response.content.decode()
    assert "Nothing found for “aprenticeship”." in html
    assert response.context["spelling"]["url"] == "?q=apprenticeship"
    assert "/en/stories/" in html


def test_empty_result_leads_to_all_kinds_and_to_people(client, add, settings):
    html = visit(client, "nothingofthekind").content.decode()
    assert '<a href="/en/stories/">Stories</a>' in html
    assert html.count('/search/feed/?q=nothingofthekind">This search') == 1
    assert 'href="/en/organisations/"' in html
    assert f'href="mailto:{settings.CONTACT_EMAIL}?subject=nothingofthekind"' in html


def test_several_filters_are_left_out_at_once_if_that_finds_something(client, add):
    add("Robot")
    assert visit(client, "robot", extra="&kind=story&country=LV").context["without_filters"] == 1
    assert visit(client, "cell", extra="&kind=story&country=LV").context["without_filters"] == 0


def test_languages_stay_chosen_for_other_words(client, add):
    kept = '<input type="hidden" name="language" value="fi">'
    assert kept in visit(client, "robot", extra="&language=fi").content.decode()
    assert kept not in visit(client, "robot", "fi", extra="&language=fi").content.decode()


def test_filters_can_be_left_out_where_nothing_is_found(client, add):
    add("Robot", language="lt")
    for extra in ("&kind=story", "&language=fi&language=lv", "&kind=story&language=fi"):
        assert visit(client, "robot", extra=extra).context["clear_url"] == "?q=robot"
    add("Robot")
    [one] = visit(client, "robot", extra="&kind=story").context["loosened"]
    assert (one["url"], one["count"]) == ("?q=robot", 1)
    [one] = visit(client, "robot", extra="&until=2001-01-01").context["loosened"]
    assert (one["url"], one["count"]) == ("?q=robot", 1)


def test_place_and_days_narrow_and_what_is_unknown_says_so(client, add):
    for title, place in (("Robot here", (56.95, 24.11)), ("Robot there", (60.17, 24.94))):
        latitude, longitude = place
        SearchDocument.objects.filter(page=add(title)).update(
            latitude=latitude, longitude=longitude, day="2026-03-01"
        )
    response = visit(client, "robot", extra="&place=R%C4%ABga&km=50&since=2026-01-01")
    assert found(response) == ["<mark>Robot</mark> here"]
    assert len(response.context["chips"]) == 2
    nearest = visit(client, "robot", extra="&place=Helsinki&km=200&sort=nearest")
    assert found(nearest) == ["<mark>Robot</mark> there"]
    unknown = visit(client, "robot", extra="&place=Nowhereville&since=nonsense")
    assert len(found(unknown)) == 2
    html = unknown.content.decode()
    assert "We do not know this town." in html
    assert 'value="Nowhereville"' in html


def test_search_is_a_feed(client, add, index):
    add("Robot")
    home = index("en")
    robots = [
        StoryPageFactory(
            parent=home, locale=home.locale, title=title, result="R&D <b>of</b> robots"
        )
        for title in ("Robot story", "Robot")
    ]
    documents.write(robots)
    asked = "?q=robot&language=en&language=fi&kind=story"
    page = visit(client, "robot", extra="&kind=story&language=en&language=fi&sort=newest")
    assert page.context["feed_url"] == f"/en/search/feed/{asked}"
    response = client.get(page.context["feed_url"])
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    address = f"http://testserver/en/search/{asked}"
    assert feed.find(f"{ATOM}id").text == address
    entries = feed.findall(f"{ATOM}entry")
    assert {one.find(f"{ATOM}title").text for one in entries} == {"Robot story", "Robot"}
    for one in (feed, *entries):
        assert datetime.fromisoformat(one.find(f"{ATOM}updated").text)
    ids = {one.find(f"{ATOM}id").text for one in entries}
    assert len(ids) == 2
    assert all(one.startswith("urn:uuid:") and UUID(one) for one in ids)
    said = {one.find(f"{ATOM}summary").text for one in entries}
    assert said == {"R&amp;D &lt;b&gt;of&lt;/b&gt; robots"}  # the type is html
    assert client.get("/en/search/feed/").status_code == 404


def test_row_of_a_story_has_the_mark_and_the_facts_of_its_list(client, index):
    story = StoryPageFactory(
        parent=index("en"), locale=index("en").locale, title="Robot", region="LV009"
    )
    documents.write([story])
    [found] = visit(client, "robot").context["results"]
    [listed] = client.get("/en/stories/").context["rows"]
    assert found["mark"] == listed["mark"]
    assert found["facts"][:-1] == ["Story", *listed["facts"]]
    assert str(story.first_published_at.year) in found["facts"][-1]


def test_document_of_a_kind_that_is_gone_is_not_shown(client, add):
    page = add("Robot")
    SearchDocument.objects.filter(page_id=page.pk).update(kind="gone")
    assert found(visit(client, "robot")) == []


def test_question_without_words_finds_nothing(client, add):
    add("Robot")
    assert "Nothing found for “?!”." in visit(client, "?!").content.decode()


def test_spelling_keeps_the_other_words_and_choices(client, add):
    add("Apprenticeship in a bakery")
    response = visit(client, "an aprenticeship, bakery!", extra="&language=en&language=fi")
    assert response.context["spelling"] == {
        "text": "an apprenticeship, bakery!",
        "url": "?q=an+apprenticeship%2C+bakery%21&language=en&language=fi",
        "lang": "en",
    }
    assert not response.context["all_words"]


def test_no_spelling_is_offered_that_keeps_a_word_nobody_knows(client, add, dictionaries):
    add("Apprenticeship in a bakery")
    for text, offered in (
        ("oven aprenticeship 2030", "oven apprenticeship 2030"),
        ("xqzvkw aprenticeship", None),
    ):
        spelling = visit(client, text).context["spelling"]
        assert (spelling and spelling["text"]) == offered


def test_page_without_a_question_shows_where_to_look(client, index):
    StoryPageFactory(parent=index("en"), locale=index("en").locale, field="07")
    response = client.get("/en/search/")
    assert response.status_code == 200
    theme = "Engineering, manufacturing and construction"
    assert f'<a href="/en/stories/?field=07">{theme}</a> (1)' in response.content.decode()
    assert "results" not in response.context


def test_pages_have_stable_addresses(client, add):
    for number in range(12):
        add(f"Robot {number}")
    first = visit(client, "robot", extra="&page=1")
    assert first.context["pages"]["next_url"] == "?q=robot&page=2"
    assert len(found(first)) == 10
    last = visit(client, "robot", extra="&page=2")
    assert last.context["pages"]["previous_url"] == "?q=robot"
    assert len(found(last)) == 2


@pytest.mark.parametrize(
    "extra",
    [
        *("&page=-1", "&page=abc", "&page=99999", "&page=" + "9" * 500, "&page=%C2%B2", "&page="),
        *("&language=xx", "&language=", "&language=%27", "&kind=nothing", "&kind=%3Cb%3E"),
        *("&q=robot", "&language=en" * 500, "&unknown=1", "&%ED%A0%80=1", "&q=%FF%ED%A0%80robot"),
    ],
)
def test_broken_parameters_never_break_the_page(client, add, extra):
    add("Robot")
    assert found(visit(client, "robot", extra=extra)) == ["<mark>Robot</mark>"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_never_break_the_page(client, add, text):
    add("Robot")
    asked = quote(text.encode("utf-8", "surrogatepass"))
    assert client.get(f"/en/search/?q={asked}").status_code in (200, 400)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_search_can_only_be_read(client, site, method):
    assert getattr(client, method)("/en/search/?q=robot").status_code == 405


def fill(homes, codes: list[str], start: int, end: int) -> None:
    for number in range(start, end):
        pages = [
            StandardPageFactory(
                parent=homes[code], locale=homes[code].locale, title=f"Robot {number} {code}"
            )
            for code in codes
        ]
        documents.write(pages)


def cost(client, path: str) -> int:
    """Queries of a request when only navigation and settings are known."""
    from django.db import connection

    client.get(path)
    generation.forget()
    client.get("/en/nothing/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "path", ["/en/search/?q=robot", "/en/search/?q=robot&language=en&language=fi"]
)
def test_cost_is_equal_for_one_and_thirty_results_two_and_many_languages(client, settings, path):
    settings.CONTENT_LANGUAGES = ["en", "fi"]
    homes = make_site(["en", "fi"])
    fill(homes, ["en", "fi"], 0, 1)
    one = cost(client, path)
    assert one <= 8
    fill(homes, ["en", "fi"], 1, 30)
    assert cost(client, path) == one
    settings.CONTENT_LANGUAGES = ["en", "fi", "it", "lt", "lv", *MORE]
    homes = make_site(settings.CONTENT_LANGUAGES)
    fill(homes, MORE, 30, 31)
    assert cost(client, path) == one


def test_empty_result_costs_no_more_than_eight_queries(client, add):
    add("Apprenticeship")
    assert cost(client, "/en/search/?q=aprenticeship+cell&kind=story") <= 8
    asked = "/en/search/?q=apprendistato+cell&kind=story&country=LV&language=en&language=fi"
    assert cost(client, asked) <= 8 + 2  # the engine is asked once more, without filters
