"""The six steps from an exercise to a service, and which of them are complete."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import steps
from core.steps import Step

CAPACITY, CHECK = 4, 6
STEPS = (
    Step(
        1,
        _("The exercise"),
        _(
            "Start from what your learners do in class already. What would it be called as a service?"
        ),
        ("title", "organisation", "programme", "learning_outcomes", "skills"),
    ),
    Step(
        2,
        _("What the client gets"),
        _("Now look at it from the other side: what does somebody have in the end?"),
        ("result", "category", "client_gets", "deliverables", "past_work"),
    ),
    Step(
        3,
        _("Learners, supervision, hours"),
        _("Who does it, who stands beside them, and how the work is checked."),
        (
            "field",
            "narrow_field",
            "eqf_level",
            "team_smallest",
            "team_largest",
            "hours",
            "supervision",
            "quality",
        ),
    ),
    Step(
        CAPACITY,
        _("When you have room"),
        _("From your school’s calendar: the weeks in which an order fits into the timetable."),
        ("lead_time",),
    ),
    Step(
        5,
        _("Place, price, languages"),
        _("Where it can be done, what it costs, and who may use the result."),
        (
            "place",
            "radius",
            "price_model",
            "price",
            "price_note",
            "languages",
            "result_licence",
            "liability",
        ),
    ),
    Step(CHECK, _("Check and send"), _("Read it once as a client would, then send it."), ()),
)


def step(number: int) -> Step:
    """A step by its number, 1 to 6."""
    return STEPS[number - 1]


def lacking(draft) -> dict[str, str]:
    """The fields that keep a draft from being public, by name, with their labels as forms show them."""
    return steps.labels(draft, STEPS, steps.missing(draft))


def overview(draft) -> list[dict]:
    """The steps before the last with what each still lacks: `{step, url, lacks}`."""
    return steps.overview(STEPS[:-1], lacking(draft), lambda number: address(draft, number))


def links(service) -> list[dict]:
    """The way through the steps; None for a service that does not exist yet."""
    return steps.links(STEPS, service and (lambda number: address(service, number)))


def address(service, number: int) -> str:
    """Where a step of a service is written."""
    return reverse("marketplace:service-step", args=[service.pk, number])
