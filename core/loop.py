"""The loop that the portal closes: nine steps, each started from the one before it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """A step of the loop; `path` is its place inside a language, empty while it is not built."""

    number: int
    title: str
    text: str
    path: str = ""


STEPS = (
    Step(1, _("Measure"), _("See how well you work together, and where you stand among others.")),
    Step(
        2, _("Choose a method"), _("Take a way of working together that fits your aim."), "methods/"
    ),
    Step(
        3,
        _("Find a partner"),
        _("A school or a company that looks for the same."),
        "organisations/",
    ),
    Step(4, _("Agree"), _("Write down what each side expects, in both languages."), "sheets/"),
    Step(5, _("Deliver"), _("Dates, hours, and who supervises."), "guidelines/"),
    Step(6, _("Keep the evidence"), _("What was made, and what each learner has shown.")),
    Step(7, _("Publish the story"), _("With figures before and after."), "stories/"),
    Step(8, _("Recommend"), _("Tell those who can change the rules."), "recommendations/"),
    Step(9, _("Measure again"), _("See what has moved.")),
)


def steps(language: str) -> list[dict]:
    """The steps as `{number, title, text, url}`; the address is in a language, empty if not built."""
    return [
        {
            "number": step.number,
            "title": step.title,
            "text": step.text,
            "url": f"/{language}/{step.path}" if step.path else "",
        }
        for step in STEPS
    ]


def position(number: int | None, language: str) -> dict | None:
    """The step with the one before and after it, for "where in the loop"; None for no step."""
    if not number:
        return None
    return {
        "number": number,
        "step": STEPS[number - 1],
        "before": STEPS[number - 2] if number > 1 else None,
        "after": STEPS[number] if number < len(STEPS) else None,
        "steps": steps(language),
    }
