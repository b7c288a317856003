"""The smallest valid stories."""

import datetime

import factory
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from stories.models import StoryIndexPage, StoryPage
from tests.factories.forms import page_form
from tests.factories.pages import PageFactory

RICH = ("problem", "innovation", "resources", "failed", "transfer")


class StoryIndexPageFactory(PageFactory):
    title = "Stories"
    slug = "stories"

    class Meta:
        model = StoryIndexPage


class StoryPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Real orders {n}")
    slug = factory.Sequence(lambda n: f"real-orders-{n}")
    result = "Learners on a real order rose from 9 % to 64 % in one term."
    problem = "<p>Everybody made the same box.</p>"
    gap_learnt = "Joints from a finished drawing."
    gap_applied = "Measuring a room without a right angle."
    gap_needed = "A price and a date that hold."
    country = "LV"
    sector = "NACE2.1:C"
    field = "07"
    eqf_level = "4"
    organisation_size = "micro"
    work_based_learning = "real_orders"
    level_of_practice = "local"
    failed = "<p>The glue waited three weeks.</p>"
    transfer = "<p>A workshop and one afternoon a week.</p>"
    contact_organisation = "Joinery department"
    contact_email = "stories@example.org"
    licence = "CC-BY-4.0"
    partners = [
        {
            "type": "partner",
            "value": {"name": "School", "kind": "school", "country": "LV", "role": "Taught"},
        }
    ]
    steps = [{"type": "step", "value": {"title": "Ask", "text": "Eleven companies were asked."}}]
    results = [
        {
            "type": "result",
            "value": {"label": "Learners", "base": "of 47", "before": 9, "after": 64, "unit": "%"},
        }
    ]
    voices = [
        {"type": "voice", "value": {"who": "designer", "quote": "Now I teach.", "role": "Trainer"}}
    ]
    first_published_at = factory.Sequence(
        lambda n: timezone.now() - datetime.timedelta(days=1000 - n % 1000)
    )
    last_published_at = factory.SelfAttribute("first_published_at")

    class Meta:
        model = StoryPage

    class Params:
        draft = factory.Trait(live=False, first_published_at=None)


DEFAULTS = StoryPageFactory._meta.declarations


def story_form(**changes) -> dict:
    """What the admin's form sends for a complete story; `changes` replace single fields."""
    text = {
        name: DEFAULTS[name]
        for name in (
            "result",
            "gap_learnt",
            "gap_applied",
            "gap_needed",
            "country",
            "sector",
            "field",
            "eqf_level",
            "organisation_size",
            "work_based_learning",
            "level_of_practice",
            "contact_organisation",
            "contact_email",
            "licence",
        )
    }
    streams = {
        name: streamfield(
            [
                ("partner" if name == "partners" else name[:-1], child["value"])
                for child in DEFAULTS[name]
            ]
        )
        for name in ("partners", "steps", "results", "voices")
    }
    return page_form(
        {
            **text,
            **{name: rich_text(f"<p>About the {name}.</p>") for name in RICH},
            **streams,
            "picture": streamfield([]),
            "files": streamfield([]),
            "region": "",
            "cost": "",
            "results_note": "",
            "funding": "",
            "contact_url": "",
            "confirmed_on": "",
            **changes,
        }
    )
