"""The smallest valid recommendations, each with its section."""

import datetime

import factory
from wagtail.test.utils.form_data import rich_text, streamfield

from guidelines.models import RecommendationIndexPage, RecommendationPage
from tests.factories.forms import page_form
from tests.factories.pages import PageFactory

RICH = ("problem", "rationale", "needs", "first_step")


class RecommendationIndexPageFactory(PageFactory):
    title = "Recommendations"
    slug = "recommendations"

    class Meta:
        model = RecommendationIndexPage


class RecommendationPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"One short agreement {n}")
    slug = factory.Sequence(lambda n: f"one-agreement-{n}")
    recommendation = "Ministries should publish one two-page agreement by September 2027."
    addressees = ["national"]
    addressed_to = "Ministries in charge of vocational education"
    theme = "assessment"
    led_by = "Working group on agreements"
    problem = "<p>Learners begin without an agreement.</p>"
    rationale = "<p>A short text is signed in time.</p>"
    needs = "<p>One lawyer for three months.</p>"
    first_step = "<p>Collect ten agreements.</p>"
    evidence = [
        {
            "type": "figure",
            "value": {
                "label": "Agreements signed in time",
                "value": 41.5,
                "unit": "%",
                "base": "of 118 learners",
                "on": "2026-01-15",
                "source": "Count by two schools",
                "url": "",
                "shows": "More than half began without one.",
            },
        }
    ]
    first_published_at = factory.Sequence(
        lambda n: datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(minutes=n)
    )
    last_published_at = factory.SelfAttribute("first_published_at")

    class Meta:
        model = RecommendationPage


DEFAULTS = RecommendationPageFactory._meta.declarations


def recommendation_form(**changes) -> dict:
    """What the admin's form sends for a complete recommendation; `changes` replace single fields."""
    plain = ("recommendation", "addressees", "addressed_to", "theme", "led_by")
    figure = DEFAULTS["evidence"][0]["value"]
    return page_form(
        {
            **{name: DEFAULTS[name] for name in plain},
            **{name: rich_text(DEFAULTS[name]) for name in RICH},
            "dissent": rich_text(""),
            "answer_text": "",
            "evidence": streamfield([("figure", figure)]),
            **changes,
        }
    )
