"""The handbook as readers and editors meet it."""

import datetime
import json
import re
from dataclasses import replace

import icalendar
import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils import WagtailPageTestCase

from guidelines import texts
from guidelines.models import ChapterPage, HandbookPage
from home.models import HomePage
from portal.shipped import contents
from tests.factories.guidelines import ChapterPageFactory, chapter_form
from tests.factories.methods import MethodIndexPageFactory, MethodPageFactory
from tests.factories.stories import StoryPageFactory
from tests.guidelines.conftest import make_handbook

pytestmark = pytest.mark.django_db


class TestPlaces(WagtailPageTestCase):
    """Where the page types may stand, and that editors can work on them."""

    def test_chapters_stand_in_the_handbook_and_nowhere_else(self):
        self.assertAllowedParentPageTypes(ChapterPage, {HandbookPage})
        self.assertAllowedSubpageTypes(ChapterPage, set())
        self.assertAllowedParentPageTypes(HandbookPage, {HomePage})

    def test_chapter_is_renderable_editable_and_previewable(self):
        index = make_handbook(["en"])["en"]
        chapter = ChapterPageFactory(parent=index, locale=index.locale)
        self.assertPageIsRenderable(chapter)
        self.login()
        self.assertPageIsEditable(chapter, post_data=chapter_form())
        self.assertPageIsPreviewable(chapter, post_data=chapter_form())


def html_of(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_chapter_shows_text_table_example_and_checklist(client, add):
    add(slug="ask")
    html = html_of(client, "/en/guidelines/ask/")
    for text in (
        "<h2>Who to ask</h2>",
        '<th scope="row">Reads a drawing</th>',
        "Example: A bakery and a school",
        '<blockquote class="wording">',
        "8 weeks before",
        "First day",
        "1 week after",
    ):
        assert text in html
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    article = next(one for one in map(json.loads, data) if one["@type"] == "Article")
    assert article["isPartOf"]["url"].endswith("/en/guidelines/")


def test_reader_of_one_side_sees_its_chapters_and_the_other_side_is_a_click_away(client, add):
    add(slug="ours", number=1, audiences=["provider"])
    add(slug="theirs", number=2, audiences=["company"], phase="certification")
    add(slug="both", number=3, audiences=["company", "provider"])
    everything = html_of(client, "/en/guidelines/")
    assert all(f"/en/guidelines/{slug}/" in everything for slug in ("ours", "theirs", "both"))
    html = html_of(client, "/en/guidelines/?for=company")
    assert "/en/guidelines/theirs/?for=company" in html
    assert "/en/guidelines/both/?for=company" in html
    assert "/en/guidelines/ours/" not in html
    assert 'href="/en/guidelines/?for=provider"' in html


def test_previous_next_and_place_count_the_chapters_of_the_chosen_side(client, add):
    for number, side in enumerate(["provider", "company", "provider", "provider"], 1):
        add(slug=f"c{number}", number=number, audiences=[side])
    response = client.get("/en/guidelines/c3/?for=provider")
    context = response.context
    assert (context["position"], context["total"]) == (2, 3)
    assert context["previous"].url == "/en/guidelines/c1/?for=provider"
    assert context["next"].url == "/en/guidelines/c4/?for=provider"
    html = response.content.decode()
    assert "<span>Chapter 3</span>" in html
    assert "<span>2 of 3 for: VET providers</span>" in html
    assert 'aria-current="page"' in html
    context = client.get("/en/guidelines/c3/").context
    assert (context["position"], context["total"]) == (3, 4)


def test_chapter_of_the_other_side_says_so_and_leads_back(client, add):
    add(slug="theirs", audiences=["company"])
    html = html_of(client, "/en/guidelines/theirs/?for=provider")
    assert "This chapter is for the other side." in html
    assert 'href="/en/guidelines/?for=provider"' in html
    assert "the other side" not in html_of(client, "/en/guidelines/theirs/?for=company")


@pytest.mark.parametrize("value", ["nobody", "", "<b>", "all", "%FF"])
def test_unknown_side_shows_both(client, add, value):
    add(slug="ours")
    assert "/en/guidelines/ours/" in html_of(client, f"/en/guidelines/?for={value}")
    html_of(client, f"/en/guidelines/ours/?for={value}")


def test_chapters_are_listed_once_in_the_best_language(client, add):
    first = add(slug="one", number=1)
    add("fi", slug="yksi", number=1, translation_key=first.translation_key)
    add(slug="two", number=2)
    html = html_of(client, "/fi/guidelines/?for=provider")
    assert "/fi/guidelines/yksi/?for=provider" in html
    assert "/fi/guidelines/two/?read=en&amp;for=provider" in html
    html = html_of(client, "/fi/guidelines/two/?read=en&for=provider")
    assert '<article lang="en" dir="ltr">' in html
    assert '<input type="hidden" name="read" value="en">' in html


def test_example_leads_to_stories_and_methods(client, add, handbook):
    home = handbook["en"].get_parent()
    methods = MethodIndexPageFactory(parent=home, locale=handbook["en"].locale)
    method = MethodPageFactory(parent=methods, slug="bid", locale=methods.locale)
    stories = home.get_children().get(slug="stories")
    story = StoryPageFactory(parent=stories, slug="saw", locale=stories.locale)
    add(
        slug="ask",
        methods=[str(method.translation_key)],
        stories=[str(story.translation_key)],
    )
    html = html_of(client, "/en/guidelines/ask/")
    box = html.split('class="example"')[1].split("</div>")[0]
    assert "/en/methods/bid/" in box
    assert "/en/stories/saw/" in box


def test_checklist_as_plain_text(client, add):
    add(slug="ask", title="Ask <b>")
    response = client.get("/en/guidelines/ask/?as=txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "[ ] 8 weeks before · School: Ask ten companies." in response.content.decode()


def test_checklist_as_calendar_counts_from_the_first_day_and_keeps_its_identifiers(client, add):
    add(slug="ask")
    address = "/en/guidelines/ask/?as=ics&start=2027-01-11"
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [
        datetime.date(2026, 11, 16),
        datetime.date(2027, 1, 11),
        datetime.date(2027, 1, 18),
    ]
    assert str(events[0]["summary"]) == "School: Ask ten companies."
    assert len({str(event["uid"]) for event in events}) == 3
    assert client.get(address).content == response.content


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("", "Choose the first day."),
        ("soon", "This is not a date."),
        ("2027-02-30", "This is not a date."),
        ("9999-12-31", "Choose a day between"),
        ("0001-01-01", "Choose a day between"),
        ('"><script>', "This is not a date."),
    ],
)
def test_wrong_first_day_is_said_at_the_field_and_kept(client, add, start, message):
    add(slug="ask")
    response = client.get("/en/guidelines/ask/", {"as": "ics", "start": start})
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert "<script>" not in html.split("<main")[1].replace('<script type="application', "")
    assert response.context["form"]["start"].value() == start
    assert '<input type="text" name="start"' in html


def test_chapter_needs_a_side(add):
    chapter = add(slug="ask")
    chapter.audiences = []
    with pytest.raises(ValidationError) as error:
        chapter.full_clean()
    assert "audiences" in error.value.message_dict


def test_table_needs_a_cell_for_each_column():
    block = ChapterPage._meta.get_field("body").stream_block.child_blocks["table"]
    value = block.to_python({"columns": ["a", "b"], "rows": [["1", "2"], ["3"]]})
    with pytest.raises(ValidationError):
        block.clean(value)


def test_search_document_has_phase_sides_and_every_word(add):
    document = add(slug="ask").search_document()
    assert document.facets == {"handbook_phase": ["planning"], "audience": ["provider"]}
    for word in ("nearby", "drawing", "bakery", "Tuesday", "diary"):
        assert word in document.body


CHAPTER = """---
title: Find the right companies
slug: right-companies
summary: You find ten companies and write to three of them.
checklist: ["Ask ten companies.", "Write to three."]
---
Before the first heading.

## Who to ask

Ask *those nearby* first.

| Outcome | Task |
|---|---|
| Reads a **drawing** | Cuts a part \\| two |
| Measures |

## Example: A bakery and a school

A bakery with 14 staff.

> May we visit you?
>
> On Tuesday?

After it.
"""
FACTS = """
number: 2
phase: planning
audiences: [provider]
methods: [mentoring]
stories: [three-real-orders]
sheets: []
checklist:
  - {weeks: -8, who: school}
  - {weeks: -6, who: school}
"""


def test_text_becomes_blocks():
    blocks = texts.blocks(CHAPTER.split("---\n", 2)[2], "x")
    assert [block["type"] for block in blocks] == [
        "text",
        "heading",
        "text",
        "table",
        "example",
        "wording",
        "text",
    ]
    table = blocks[3]["value"]
    assert [column["value"] for column in table["columns"]] == ["Outcome", "Task"]
    rows = [[cell["value"] for cell in row["value"]] for row in table["rows"]]
    assert rows == [["Reads a drawing", "Cuts a part | two"], ["Measures", ""]]
    assert blocks[4]["value"]["title"] == "A bakery and a school"
    german = CHAPTER.replace("Example:", "Beispiel:").split("---\n", 2)[2]
    assert [one["id"] for one in texts.blocks(german, "x")] == [one["id"] for one in blocks]


def test_shipped_chapter_is_published_once(client, handbook, tmp_path, monkeypatch):
    folder = tmp_path / "02-first-contact"
    folder.mkdir()
    (folder / "en.md").write_text(CHAPTER)
    (folder / "facts.yaml").write_text(FACTS)
    section = replace(contents.SECTIONS["guidelines"], folder=str(tmp_path))
    monkeypatch.setitem(contents.SECTIONS, "guidelines", section)
    contents.ensure("guidelines", "en")
    contents.ensure("guidelines", "en")
    chapter = ChapterPage.objects.get()
    chapter.full_clean()
    assert [child.value["weeks"] for child in chapter.checklist] == [-8, -6]
    html = html_of(client, "/en/guidelines/right-companies/")
    assert '<td data-label="Task">Cuts a part | two</td>' in html
