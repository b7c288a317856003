"""What people wrote that anybody can report: an app registers each kind of it when it is ready.

Moderators work on whatever stands here and never import the app that it comes from. Where a reader
sees such a thing stands a link to `address(kind, key, language)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from accounts.models import User


@dataclass(frozen=True)
class Thing:
    """Something that somebody wrote, as whoever reports it saw it.

    `text` is plain text in `language`; it is kept with the case, because what it says may change.
    `authors` are told of a decision, and so are the owners of `organisations`; neither they nor
    anybody `involved`, all ids, may decide about it.
    """

    key: str
    language: str
    title: str
    text: str
    url: str
    authors: tuple[int, ...] = ()
    involved: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reportable:
    """A kind of thing, and what moderators can do about one.

    `find(key, user)` is the thing as far as `user`, who may be anonymous, sees it, or None.
    `take_down(key, by, reason)` takes it away from readers; what is away already stays so.
    `restore(key, by)` shows it again as it was. Both are called inside a transaction.
    What is not `public` moderators cannot look up at its address: they read what was reported.
    """

    kind: str
    name: str
    find: Callable[[str, object], Thing | None]
    take_down: Callable[[str, User, str], None]
    restore: Callable[[str, User], None]
    public: bool = True


_kinds: dict[str, Reportable] = {}


def register(reportable: Reportable) -> None:
    """Adds a kind; safe to repeat."""
    _kinds[reportable.kind] = reportable


def kinds() -> list[Reportable]:
    """All kinds, in the order in which they were registered."""
    return list(_kinds.values())


def get(kind: str) -> Reportable:
    """The reportable of a kind; raises `KeyError`."""
    return _kinds[kind]


def find(kind: str, key: str, user) -> Thing | None:
    """The thing that a link to the form names; None for an unknown kind too."""
    known = _kinds.get(kind)
    return known.find(key, user) if known and "\0" not in key else None


def address(kind: str, key: str, language: str) -> str:
    """Where a reader with the menus of a language reports a thing."""
    return f"/{language}/report/notice/?{urlencode({'kind': kind, 'key': key})}"
