"""The smallest valid methods, obstacles and sheets, each with its section."""

import factory
from wagtail.test.utils.form_data import rich_text, streamfield

from methods.models import (
    MethodIndexPage,
    MethodPage,
    ObstacleIndexPage,
    ObstaclePage,
    SheetIndexPage,
    SheetPage,
)
from tests.factories.forms import page_form
from tests.factories.pages import PageFactory


class MethodIndexPageFactory(PageFactory):
    title = "Methods"
    slug = "methods"

    class Meta:
        model = MethodIndexPage


class ObstacleIndexPageFactory(PageFactory):
    title = "Obstacles"
    slug = "obstacles"

    class Meta:
        model = ObstacleIndexPage


class SheetIndexPageFactory(PageFactory):
    title = "Sheets"
    slug = "sheets"

    class Meta:
        model = SheetIndexPage


class MethodPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Common assignments {n}")
    slug = factory.Sequence(lambda n: f"common-assignments-{n}")
    number = factory.Sequence(lambda n: n % 1000 + 1)
    purpose = "Companies bring real orders and teams of learners bid for them."
    idea = "<p>Whoever bids has read the order.</p>"
    use_when = "<ul><li>There is a block of four hours a week.</li></ul>"
    leave_when = "<ul><li>The date cannot move.</li></ul>"
    safety = "<p>Machines only with the teacher in the room.</p>"
    tasks = [
        {
            "type": "task",
            "value": {"phase": "before", "role": "school", "text": "Ask ten companies."},
        },
        {
            "type": "task",
            "value": {"phase": "after", "role": "learner", "text": "Say what you would change."},
        },
    ]
    phase_4c = "collaboration"
    experience = "once"
    place = ["school"]
    group_min = 8
    group_max = 24
    hours_school = 24
    hours_company = 12
    weeks_before = 6
    weeks_during = 5
    weeks_after = 2
    cost = "materials"
    motives_school = ["real_work"]
    motives_company = ["recruit"]

    class Meta:
        model = MethodPage


class ObstaclePageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"We have no time {n}")
    slug = factory.Sequence(lambda n: f"no-time-{n}")
    kind = "habitual"
    said_by = ["school"]
    answer = "Take one hour that is there already."
    behind = "<p>Nobody has decided what may be left out.</p>"
    first_step = "<ul><li>Strike one meeting.</li></ul>"

    class Meta:
        model = ObstaclePage


class SheetPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Agreement {n}")
    slug = factory.Sequence(lambda n: f"agreement-{n}")
    use = "Both sides fill it in within an hour."
    body = [
        {"type": "heading", "value": "Who takes part"},
        {"type": "text", "value": "<p>Keep <b>one copy</b> each.</p><ul><li>School</li></ul>"},
        {"type": "field", "value": "School, contact"},
        {"type": "grid", "value": {"columns": ["Outcome", "Seen"], "rows": ["1", "2"]}},
    ]

    class Meta:
        model = SheetPage


DEFAULTS = MethodPageFactory._meta.declarations


def method_form(**changes) -> dict:
    """What the admin's form sends for a complete method; `changes` replace single fields."""
    plain = (
        "purpose",
        "phase_4c",
        "experience",
        "place",
        "group_min",
        "group_max",
        "hours_school",
        "hours_company",
        "weeks_before",
        "weeks_during",
        "weeks_after",
        "cost",
        "motives_school",
        "motives_company",
    )
    rich = ("idea", "use_when", "leave_when", "safety")
    return page_form(
        {
            "number": 3,
            **{name: DEFAULTS[name] for name in plain},
            **{name: rich_text(DEFAULTS[name]) for name in rich},
            **{name: rich_text("") for name in ("example", "pitfalls", "success")},
            "tasks": streamfield([("task", child["value"]) for child in DEFAULTS["tasks"]]),
            "cost_note": "",
            **changes,
        }
    )
