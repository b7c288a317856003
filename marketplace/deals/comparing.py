"""What differs between two versions of a proposal: values in, values out."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A field that says something else; of working conditions, the criterion too."""

    field: str
    old: object
    new: object
    criterion: str = ""


@dataclass(frozen=True)
class Goal:
    """A milestone as it is compared."""

    title: str
    due: datetime.date


@dataclass(frozen=True)
class MilestoneChange:
    """A milestone that was added (`old` is None), taken away (`new` is None), renamed or moved."""

    old: Goal | None
    new: Goal | None


def fields(
    old: Mapping[str, object], new: Mapping[str, object], names: Sequence[str]
) -> tuple[Change, ...]:
    """Those of some fields that differ, in the order of `names`.

    A value that is a mapping is compared key by key.

    >>> fields({"scope": "Five pages"}, {"scope": "Six pages"}, ["scope"])
    (Change(field='scope', old='Five pages', new='Six pages', criterion=''),)
    """
    changes: list[Change] = []
    for name in names:
        before, after = old.get(name), new.get(name)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            keys = dict.fromkeys([*before, *after])
            pairs = [(before.get(key), after.get(key), str(key)) for key in keys]
        else:
            pairs = [(before, after, "")]
        changes += [Change(name, was, now, key) for was, now, key in pairs if was != now]
    return tuple(changes)


def milestones(old: Sequence[Goal], new: Sequence[Goal]) -> tuple[MilestoneChange, ...]:
    """Which milestones differ: first those of the same title, then those of the same day, are the same.

    >>> day = datetime.date(2027, 3, 9)
    >>> milestones([Goal("Draft", day)], [Goal("First draft", day)])[0].new.title
    'First draft'
    """
    left, rest = list(old), list(new)
    pairs: list[tuple[Goal | None, Goal | None]] = []
    for same in (lambda a, b: a == b, lambda a, b: a.title == b.title, lambda a, b: a.due == b.due):
        for one in list(rest):
            found = next((goal for goal in left if same(goal, one)), None)
            if found is not None:
                left.remove(found)
                rest.remove(one)
                pairs.append((found, one))
    pairs += [(goal, None) for goal in left] + [(None, goal) for goal in rest]
    changed = [MilestoneChange(was, now) for was, now in pairs if was != now]
    return tuple(sorted(changed, key=lambda change: (change.new or change.old).due))
