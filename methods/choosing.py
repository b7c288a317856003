"""Ranks the methods for what a reader has told of themselves, each with its reasons.

A pure module: values in, frozen dataclasses out. What does not fit never hides a method; it says
what stands against it, and comes later.
"""

from dataclasses import dataclass
from typing import Final

# How experienced together a pair is, from the first meeting on.
EXPERIENCE: Final = ("none", "once", "regular")
SIDES: Final = ("school", "company")

FITS_MOTIVE: Final = 2
FITS: Final = 1
AGAINST: Final = -3


@dataclass(frozen=True)
class Traits:
    """What the chooser knows of a method.

    `hours` are the staff hours of one round for each side; `learners` the smallest and the largest
    group; `experience` what a pair should at least have behind it; `motives` what each side gets.
    """

    number: int
    hours: dict[str, int]
    learners: tuple[int, int]
    experience: str
    motives: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Answers:
    """What a reader has told: their side and motives, staff hours they have, learners, experience.

    What was not told is empty or None and neither helps nor hinders a method.
    """

    side: str = "school"
    motives: tuple[str, ...] = ()
    hours: int | None = None
    learners: int | None = None
    experience: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a method fits or not: `about` is motive, hours, learners or experience.

    `value` is what the method says of it: the motive's code, the hours, the group, the experience.
    """

    about: str
    fits: bool
    value: str | int | tuple[int, int]


@dataclass(frozen=True)
class Choice:
    """A method with its score and the reasons for it, what fits first."""

    number: int
    score: int
    reasons: tuple[Reason, ...]


def reasons(traits: Traits, answers: Answers) -> tuple[Reason, ...]:
    """What fits and what does not, for the answers that were given."""
    offered = traits.motives.get(answers.side, ())
    found = [Reason("motive", True, code) for code in answers.motives if code in offered]
    if answers.hours is not None:
        hours = traits.hours[answers.side]
        found.append(Reason("hours", hours <= answers.hours, hours))
    if answers.learners is not None:
        least, most = traits.learners
        found.append(Reason("learners", least <= answers.learners <= most, traits.learners))
    if answers.experience:
        enough = EXPERIENCE.index(answers.experience) >= EXPERIENCE.index(traits.experience)
        found.append(Reason("experience", enough, traits.experience))
    return tuple(sorted(found, key=lambda reason: not reason.fits))


def rank(methods: list[Traits], answers: Answers) -> list[Choice]:
    """The methods, best first; equal ones by their number in the manual.

    >>> swift = Traits(1, {"school": 6, "company": 4}, (6, 40), "none", {"school": ("places",)})
    >>> long = Traits(9, {"school": 60, "company": 20}, (8, 24), "regular", {"school": ("quality",)})
    >>> answers = Answers("school", ("quality",), hours=10, learners=20, experience="none")
    >>> [(choice.number, choice.score) for choice in rank([long, swift], answers)]
    [(1, 3), (9, -3)]
    >>> [reason.about for reason in rank([long], answers)[0].reasons]
    ['motive', 'learners', 'hours', 'experience']
    """
    choices = []
    for traits in methods:
        why = reasons(traits, answers)
        score = sum(
            (FITS_MOTIVE if reason.about == "motive" else FITS) if reason.fits else AGAINST
            for reason in why
        )
        choices.append(Choice(traits.number, score, why))
    return sorted(choices, key=lambda choice: (-choice.score, choice.number))
