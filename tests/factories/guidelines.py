"""The smallest valid chapters of the handbook, and the handbook."""

from uuid import UUID

import factory
from wagtail.test.utils.form_data import rich_text, streamfield

from guidelines.models import ChapterPage, HandbookPage
from tests.factories.forms import page_form
from tests.factories.pages import PageFactory


class HandbookPageFactory(PageFactory):
    title = "Guidelines"
    slug = "guidelines"
    introduction = "What to do in each phase."
    translation_key = UUID(int=20)

    class Meta:
        model = HandbookPage


class ChapterPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Find the right companies {n}")
    slug = factory.Sequence(lambda n: f"right-companies-{n}")
    number = factory.Sequence(lambda n: n % 900 + 1)
    phase = "planning"
    audiences = ["provider"]
    purpose = "You find ten companies and write to three of them."
    body = [
        {"type": "heading", "value": "Who to ask"},
        {"type": "text", "value": "<p>Ask <b>those nearby</b> first.</p>"},
        {
            "type": "table",
            "value": {
                "columns": ["Learning outcome", "Task"],
                "rows": [["Reads a drawing", "Cuts a part by its drawing"]],
            },
        },
        {
            "type": "example",
            "value": {"title": "A bakery and a school", "text": "<p>A bakery with 14 staff.</p>"},
        },
        {"type": "wording", "value": "<p>May we visit you on Tuesday?</p>"},
    ]
    checklist = [
        {
            "type": "item",
            "id": "11111111-0000-4000-8000-000000000001",
            "value": {"text": "Ask ten companies.", "who": "school", "weeks": -8},
        },
        {
            "type": "item",
            "id": "11111111-0000-4000-8000-000000000002",
            "value": {"text": "Name a mentor.", "who": "company", "weeks": 0},
        },
        {
            "type": "item",
            "id": "11111111-0000-4000-8000-000000000003",
            "value": {"text": "Write a diary.", "who": "learner", "weeks": 1},
        },
    ]

    class Meta:
        model = ChapterPage


DEFAULTS = ChapterPageFactory._meta.declarations


def chapter_form(**changes) -> dict:
    """What the admin's form sends for a complete chapter; `changes` replace single fields."""
    return page_form(
        {
            **{name: DEFAULTS[name] for name in ("phase", "audiences", "purpose")},
            "number": 3,
            "body": streamfield([("text", rich_text("<p>Ask those nearby first.</p>"))]),
            "checklist": streamfield([("item", child["value"]) for child in DEFAULTS["checklist"]]),
            **changes,
        }
    )
