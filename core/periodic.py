"""The one table of periodic work. Every entry is safe to run twice and from two machines."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Periodic:
    """A function and how long to wait between two runs of it."""

    name: str
    every: datetime.timedelta
    run: Callable[[], object]


table: list[Periodic] = []


def every(**interval):
    """Registers the decorated function, as in `@every(minutes=1)`."""

    def register(function: Callable[[], object]):
        table.append(
            Periodic(
                f"{function.__module__}.{function.__name__}",
                datetime.timedelta(**interval),
                function,
            )
        )
        return function

    return register
