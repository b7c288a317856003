"""The five steps in which a member tells a story, and which of them are complete."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField


@dataclass(frozen=True)
class Step:
    """A step: its number from 1, what it is called, a sentence on it, and its fields in order."""

    number: int
    title: str
    text: str
    fields: tuple[str, ...]


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
    return next((one for one in STEPS if name in one.fields), None)


def lacking(draft) -> dict[str, str]:
    """The fields that keep a draft from being public, by name, with their labels as forms show them.

    It is what the review asks of every story, whoever wrote it.
    """
    names: list[str] = []
    try:
        draft.full_clean()
    except ValidationError as error:
        names += error.message_dict
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in names:
            try:
                field.stream_block.clean(field.value_from_object(draft))
            except ValidationError:
                names.append(field.name)
    if draft.picture and not draft.picture_credit:
        names.append("picture_credit")
    return {
        name: capfirst(str(draft._meta.get_field(name).verbose_name))
        for one in STEPS
        for name in one.fields
        if name in names
    }


def overview(draft) -> list[dict]:
    """The steps with what each still lacks: `{step, lacks}`."""
    missing = lacking(draft)
    return [
        {"step": one, "lacks": [missing[name] for name in one.fields if name in missing]}
        for one in STEPS
    ]
