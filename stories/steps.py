"""The five steps in which a member tells a story, and which of them are complete."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import steps
from core.steps import Step

PICTURE = ("picture", "picture_credit")
STEPS = (
    Step(
        1,
        _("In short"),
        _("What is it called, and what came of it?"),
        ("title", "result"),
    ),
    Step(
        2,
        _("Context"),
        _("Where was it, and for whom? Others compare it with where they are."),
        (
            "country",
            "region",
            "sector",
            "field",
            "narrow_field",
            "eqf_level",
            "organisation_size",
            "work_based_learning",
            "level_of_practice",
            "macro_needs",
        ),
    ),
    Step(
        3,
        _("What was done"),
        _("So that another school and company can repeat it."),
        (
            "problem",
            "gap_learnt",
            "gap_applied",
            "gap_needed",
            "partners",
            "steps",
            "innovation",
            "methods",
            "obstacles",
        ),
    ),
    Step(
        4,
        _("What came of it"),
        _("With figures before and after, and with what failed. Readers learn most from that."),
        ("results", "results_note", "failed", "transfer", "resources", "cost", "voices", *PICTURE),
    ),
    Step(
        5,
        _("Contact, licence, consent"),
        _("Who answers questions, and what others may do with the text."),
        (
            "organisation",
            "contact_organisation",
            "contact_email",
            "contact_url",
            "licence",
            "funding",
        ),
    ),
)


def step(number: int) -> Step:
    """A step by its number, 1 to 5."""
    return STEPS[number - 1]


def step_of(name: str) -> Step | None:
    """The step that asks for a field of the story; None for a field that no step asks for."""
    return steps.step_of(STEPS, name)


def lacking(draft) -> dict[str, str]:
    """The fields that keep a draft from being public, by name, with their labels as forms show them.

    It is what the review asks of every story, whoever wrote it.
    """
    names = steps.missing(draft)
    if draft.picture and not draft.picture_credit:
        names.append("picture_credit")
    return steps.labels(draft, STEPS, names)


def overview(draft) -> list[dict]:
    """The steps with what each still lacks: `{step, url, lacks}`."""
    return steps.overview(STEPS, lacking(draft), lambda number: address(draft, number))


def links(story) -> list[dict]:
    """The way through the steps; None for a story that does not exist yet."""
    return steps.links(STEPS, story and (lambda number: address(story, number)))


def address(story, number: int) -> str:
    """Where a step of a story is written."""
    return reverse("stories-step", args=[story.pk, number])
