"""What processes do to the indexes while a server or they themselves die."""

from collections.abc import Callable
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connections

from search.elastic import reindex
from tests.editorial.dying.processes import FORK, SECONDS, always
from tests.search.dying.conftest import anew


class Running:
    """A process that says when it has called a function a few times, and waits before its last calls."""

    def __init__(self, act: Callable[[], object], owner, name: str, when=always, calls=3):
        self.calls = calls
        self.middle, self.on = FORK.Event(), FORK.Event()
        connections.close_all()
        self.process = FORK.Process(target=anew(self.told(act, owner, name, when)), daemon=True)
        self.process.start()

    def told(self, act, owner, name, when):
        def do() -> None:
            real, calls = getattr(owner, name), []

            def counted(*args, **options):
                if when(*args, **options):
                    calls.append(args)
                if len(calls) == self.calls:
                    self.middle.set()
                if len(calls) > 2 * self.calls:
                    self.on.wait(SECONDS)
                return real(*args, **options)

            setattr(owner, name, counted)
            act()

        return do

    def wait_for_the_middle(self) -> None:
        assert self.middle.wait(SECONDS)

    def end(self) -> int | None:
        """Lets it go on to its end; returns how it has ended."""
        self.on.set()
        self.process.join(SECONDS)
        return self.process.exitcode

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.process.kill()
        self.process.join()


def search_command(told: Path, *arguments: str) -> Callable[[], None]:
    """`manage.py search …`, one document at a time; what it says stands in a file."""

    def act() -> None:
        reindex.AT_ONCE = 1
        with told.open("a") as file:
            try:
                call_command("search", *arguments, stdout=file)
            except CommandError as error:
                file.write(str(error))
                raise SystemExit(1) from error

    return anew(act)
