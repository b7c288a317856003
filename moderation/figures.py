"""How many notices came in and what was decided, by year: public, and never a number under five."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractYear

from core.small_numbers import parts, told
from moderation.models import Action, Decision, Notice


@dataclass(frozen=True)
class Year:
    """The numbers of a year; None where there are fewer than five, none at all being told as 0."""

    year: int
    notices: int | None
    decisions: int | None
    actions: tuple[int | None, ...]  # in the order of `Action`
    appeals: int | None


def by_year() -> list[Year]:
    """The years in which something came in or was decided, the latest first."""
    notices = counted(Notice.objects.all(), "created_at")
    decided = Decision.objects.filter(stage=Decision.Stage.FIRST)
    appeals = counted(Decision.objects.filter(stage=Decision.Stage.APPEAL), "made_at")
    rows = (
        decided.order_by()
        .annotate(year=ExtractYear("made_at"))
        .values_list("year", "action")
        .annotate(number=Count("pk"))
    )
    actions: dict[int, Counter] = {}
    for year, action, number in rows:
        actions.setdefault(year, Counter())[action] = number
    years = sorted({*notices, *actions, *appeals}, reverse=True)
    return [
        Year(
            year,
            told(notices.get(year, 0)),
            told(sum(actions.get(year, {}).values())),
            parts([actions.get(year, Counter())[one] for one in Action.values]),
            told(appeals.get(year, 0)),
        )
        for year in years
    ]


def counted(rows, moment: str) -> dict[int, int]:
    found = rows.order_by().annotate(year=ExtractYear(moment)).values_list("year")
    return dict(found.annotate(number=Count("pk")))
