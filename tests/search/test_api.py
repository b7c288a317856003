"""The search for programs: what it answers, what it refuses, and whether its description is true."""

import json
from datetime import date
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search import documents
from search.api import views
from search.models import SearchDocument
from search.questions import Question
from tests.factories.home import StandardPageFactory
from tests.factories.pages import take_off
from tests.factories.stories import StoryPageFactory
from tests.search.test_engine_contract import HOSTILE

pytestmark = pytest.mark.django_db
TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}


@pytest.fixture
def robots(add, index):
    """A page in English, one in Latvian, and a story."""
    add("About robots", "A robot & a school.", "Learners built a robot & sold it.")
    add("Robot", language="lv")
    story = StoryPageFactory(parent=index("en"), locale=index("en").locale, title="Robot story")
    documents.write([story])


def ask(client, path: str = "search", status: int = 200, **query) -> dict:
    response = client.get(f"/api/v1/{path}?{urlencode(query, doseq=True)}")
    assert response.status_code == status, response.content
    kind = "application/json" if status == 200 else "application/problem+json"
    assert response["Content-Type"] == kind
    return response.json()


def described(client) -> dict:
    return ask(client, "openapi.json")


def assert_fits(value, schema: dict, whole: dict, where: str = "answer") -> None:
    """Checks the words of JSON schema that the description uses."""
    if "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(isinstance(value, TYPES[name]) for name in names), where
    assert value in schema.get("enum", [value]), where
    if isinstance(value, list):
        for one in value:
            assert_fits(one, schema["items"], whole, f"{where}[]")
    if isinstance(value, dict):
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), where
        for name, one in value.items():
            assert_fits(one, schema["properties"][name], whole, f"{where}.{name}")


def test_results_say_what_the_search_page_shows(client, robots):
    answer = ask(client, q="robot", language=["en", "lv"])
    assert (answer["total"], answer["page"], answer["per_page"]) == (3, 1, 10)
    found = {one["title"]: one for one in answer["results"]}
    page = found["About robots"]
    assert page["url"] == "http://testserver/en/about-robots/"
    assert (page["kind"], page["language"]) == ("page", "en")
    assert page["summary"] == "A robot & a school."
    assert page["highlight"] == "Learners built a <mark>robot</mark> &amp; sold it."
    assert page["score"] > 0
    assert not page["by_meaning"]
    assert answer["by_words"]
    assert found["Robot"]["url"] == "http://testserver/en/robot/?read=lv"
    assert found["Robot"]["highlight"] == "<mark>Robot</mark>"
    assert answer["facets"]["language"] == [
        {"code": "en", "label": "English", "count": 2},
        {"code": "lv", "label": "Latviešu", "count": 1},
    ]
    kinds = {one["code"]: (one["label"], one["count"]) for one in answer["facets"]["kind"]}
    assert kinds == {"page": ("Pages", 2), "story": ("Stories", 1)}


def test_api_tells_what_was_found_by_meaning(means, add, client):
    add("Huolto", language="fi")
    add("Apkope", language="lv")
    means()
    answer = client.get("/api/v1/search?q=apkope&language=lv&language=fi").json()
    told = {one["title"]: one["by_meaning"] for one in answer["results"]}
    assert (told, answer["by_words"]) == ({"Apkope": False, "Huolto": True}, True)
    answer = client.get("/api/v1/search?q=maintenance&language=lv&language=fi").json()
    assert (answer["total"], answer["by_words"]) == (2, False)


def test_choices_narrow_and_labels_are_in_the_first_language(client, robots):
    [story] = ask(client, q="robot", kind="story")["results"]
    assert story["title"] == "Robot story"
    answer = ask(client, q="robot", language=["lv", "en"], kind="page")
    assert {one["url"] for one in answer["results"]} == {
        "http://testserver/lv/robot/",
        "http://testserver/lv/about-robots/?read=en",
    }
    assert next(one["label"] for one in answer["facets"]["kind"] if one["code"] == "story") != (
        "Stories"
    )
    nothing = ask(client, q="robot", since=date.max.isoformat())
    assert (nothing["total"], nothing["by_words"]) == (0, False)


def test_what_is_not_public_is_not_found(client, robots):
    SearchDocument.objects.filter(kind="story").update(kind="gone")
    assert "Robot story" not in str(ask(client, q="robot")["results"])
    assert "Robot story" not in str(ask(client, "suggest", q="robot"))
    take_off(SearchDocument.objects.get(title="About robots").page.specific)
    assert ask(client, "suggest", q="about")["suggestions"] == []
    assert "About robots" not in str(ask(client, q="robot"))


def test_pages_are_led_through_and_end(client, site):
    home = site["en"]
    documents.write(
        [StandardPageFactory(parent=home, locale=home.locale, title=f"Robot {n}") for n in range(5)]
    )
    first = ask(client, q="robot", per_page=2)
    assert "previous" not in first
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [len(one["results"]) for one in (first, second, third)] == [2, 2, 1]
    titles = {one["title"] for answer in (first, second, third) for one in answer["results"]}
    assert len(titles) == 5
    assert "next" not in third
    assert client.get(third["previous"]).json()["results"] == second["results"]
    beyond = ask(client, q="robot", per_page=2, page=9)
    assert (beyond["results"], beyond["total"]) == ([], 5)
    assert "page=3" in beyond["previous"]


def test_answers_fit_the_description(client, robots):
    whole = described(client)
    schemas = whole["components"]["schemas"]
    full = {"q": "robot", "per_page": 1, "page": 2, "since": "2001-01-01", "language": ["en", "lv"]}
    for query in (full, {"q": "robbot"}, {"q": "?!"}, {"q": "robot", "place": "Riga", "km": 25}):
        assert_fits(ask(client, **query), schemas["Results"], whole)
    offered = ask(client, "suggest", q="rob")
    assert offered["suggestions"]
    assert_fits(offered, schemas["Offered"], whole)
    assert_fits(ask(client, q="robot", kind="x", status=400), schemas["Problem"], whole)
    assert_fits(ask(client, "nothing", status=404), schemas["Problem"], whole)


def examples(schema: dict) -> tuple[list, list]:
    """Values that a schema allows, and one that it does not."""
    if "enum" in schema:
        return [schema["enum"][0], schema["enum"][-1]], ["nonsense"]
    if "minimum" in schema:
        return [schema["minimum"], schema.get("default")], ["0", "-1", "x", "9" * 400, "²"]
    if schema.get("format") == "date":
        return ["2026-02-28"], ["2026-02-30", "soon"]
    return ["Riga"], ["x" * (schema["maxLength"] + 1)]


@pytest.mark.parametrize("path", ["search", "suggest"])
def test_every_described_parameter_is_understood_and_no_other(client, site, path):
    listed = described(client)["paths"][f"/{path}"]["get"]["parameters"]
    for parameter in listed:
        name, schema = parameter["name"], parameter["schema"]
        right, wrong = examples(schema.get("items", schema))
        needed = {"place": "Riga"} if name == "sort" else {}
        for value in right:
            ask(client, path, **{"q": "robot", **needed, name: value})
        for value in wrong:
            refused = ask(client, path, status=400, **{"q": "robot", name: value})
            assert [one["parameter"] for one in refused["errors"]] == [name], value
    assert ask(client, path, status=400, q="robot", langauge="en")["errors"] == [
        {"parameter": "langauge", "detail": "Unknown parameter."}
    ]


@pytest.mark.parametrize(
    "query",
    [
        *("", "q=", "q=%01", "q=a&q=b", "q=robot&sort=nearest", "q=robot&place=Nowhereville"),
        *("q=robot&page=201&per_page=50", "q=robot&language=en&language=xx", "q=%00"),
        "q=" + "x" * 9_000,
    ],
)
def test_refusals_are_problems(client, site, query):
    response = client.get(f"/api/v1/search?{query}")
    assert (response.status_code, response.json()["status"]) == (400, 400)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered(client, robots, text):
    asked = quote(text.encode("utf-8", "surrogatepass"))
    for path in ("search", "suggest"):
        assert client.get(f"/api/v1/{path}?q={asked}").status_code in (200, 400)


def test_any_site_may_read_and_ask_whether_it_has_changed(client, robots):
    response = client.get("/api/v1/search?q=robot", headers={"Origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Content-Language"] == "en"
    assert not response.cookies
    same = client.get("/api/v1/search?q=robot", headers={"If-None-Match": response["ETag"]})
    assert (same.status_code, same["Access-Control-Allow-Origin"]) == (304, "*")
    SearchDocument.objects.filter(kind="story").delete()
    other = client.get("/api/v1/search?q=robot", headers={"If-None-Match": response["ETag"]})
    assert other.status_code == 200
    before = client.options("/api/v1/search", headers={"Access-Control-Request-Method": "GET"})
    assert before.status_code == 204
    assert "GET" in before["Access-Control-Allow-Methods"]
    assert client.head("/api/v1/search?q=robot").status_code == 200
    assert "Access-Control-Allow-Origin" not in client.get("/en/search/")


def test_nothing_can_be_sent(site):
    strict = Client(enforce_csrf_checks=True)
    for path in ("search", "suggest", "openapi.json"):
        response = strict.post(f"/api/v1/{path}?q=robot")
        assert (response.status_code, response.json()["status"]) == (405, 405)
        assert "Access-Control-Allow-Origin" not in response


def test_who_asks_too_often_waits(client, site, monkeypatch):
    monkeypatch.setitem(views.MOST_A_MINUTE, "search", 0)
    response = client.get("/api/v1/search?q=robot")
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert json.loads(response.content)["title"] == "Too Many Requests"


def test_cost_is_equal_for_one_and_many_results(client, add):
    def cost(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    path = "/api/v1/search?q=robot&per_page=50"
    add("Robot")
    one = cost(path)
    for number in range(20):
        add(f"Robot {number}")
    assert cost(path) == one <= 4  # two of the engine, the rows, and whether something has changed
    assert cost("/api/v1/search?q=robbot+cell") <= 6
    assert cost("/api/v1/suggest?q=robot") <= 2
    assert cost("/api/v1/openapi.json") == 0


def test_an_address_of_the_page_is_one_of_the_api(client, site):
    asked = Question(
        text="robot",
        own="en",
        languages=("fi",),
        filters={"kind": ("story",), "country": ("LV", "FI")},
        since=date(2026, 1, 1),
        place="Riga",
        sort="nearest",
        page=2,
    )
    assert client.get(f"/api/v1/search{asked.address(page=2)}").status_code == 200
    sent = (
        "?q=robot&language=fi&kind=page&since=&until=&place=&km=50&sort=best"  # by the form itself
    )
    assert client.get(f"/en/search/{sent}").status_code == 200
    assert client.get(f"/api/v1/search{sent}").status_code == 200
