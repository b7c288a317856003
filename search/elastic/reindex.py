"""Replaces the index of a language by a new one, while it is searched and written.

The new index is made from the settings of this version. From then on everything that is written is
written to both, and the rows are read into it in the order of their keys; each write has the version of
its row, so that what is newer stays. When both hold the same and the new one finds what the old one
finds, one step changes which of them is searched. The old one is kept, and still written, for a way
back. Whoever is killed at any point leaves what the next run goes on with.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import QuerySet

from search.elastic import comparison, destinations, indexes, writing
from search.elastic.indexes import LIVE, NEXT, PREVIOUS, alias
from search.elastic.models import IndexState
from search.elastic.queries import Asked
from search.models import SearchDocument
from search.questions import Question

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

logger = logging.getLogger(__name__)
Say = Callable[[str], None]
AT_ONCE = 500
SENDERS = 2  # pieces that are sent at a time
PROBES = 5
COUNTS = 5  # how often what is written meanwhile may disturb the counts


class NotReady(Exception):
    """A new index does not do what the old one does, which therefore stays."""


def reindex(client: "Elasticsearch", languages: Iterable[str], say: Say) -> None:
    """Makes the indexes of some languages anew; raises what goes wrong, after which nothing is worse."""
    with destinations.alone():
        for language in languages:
            state = begun(client, language, say)
            if state.filling:
                fill(client, state, say)
                compare(client, language)
                swap(client, language)
            settle(client, language)
            # Last, so that the next run goes on here if this one is killed before.
            destinations.change(language, filling="")
            say(f"{language}: {indexes.current(client)[alias(language)].name} is searched")


def repair(client: "Elasticsearch") -> int:
    """Makes indexes that are missing and all equal to the rows; returns how many documents that changed.

    A missing one is not searched before it is whole.
    """
    missing = indexes.missing(client)
    if missing:
        reindex(client, missing, logger.info)
    made = SearchDocument.objects.filter(language__in=missing).count()
    return made + sum(comparison.level(client, code) for code in settings.CONTENT_LANGUAGES)


def rollback(client: "Elasticsearch", languages: Iterable[str], say: Say) -> None:
    """Searches the indexes again that were searched before, with all that was written since."""
    with destinations.alone():
        for language in languages:
            found = indexes.current(client)
            previous, live = found.get(alias(language, PREVIOUS)), found.get(alias(language))
            if previous is None:
                say(f"{language}: there is no index from before")
                continue
            settle(client, language, PREVIOUS, previous=True)
            move(
                client,
                (previous.name, alias(language, PREVIOUS), alias(language)),
                *([(live.name, alias(language), alias(language, PREVIOUS))] if live else []),
            )
            settle(client, language, previous=bool(live))
            say(f"{language}: {previous.name} is searched")


def begun(client: "Elasticsearch", language: str, say: Say) -> IndexState:
    """A new index, or the one with which a run that was stopped goes on; none if only its end is missing."""
    state = IndexState.objects.filter(language=language).first() or IndexState()
    found = indexes.current(client)
    new, live = found.get(alias(language, NEXT)), found.get(alias(language))
    if state.filling and live and live.name == state.filling:
        state.filling = ""
        return state
    if new and new.name == state.filling and new.fingerprint == indexes.fingerprint(language):
        say(f"{language}: going on with {new.name}")
        return state
    if new:
        client.indices.delete(index=new.name)
    new = indexes.create(client, language, alias(language, NEXT))
    say(f"{language}: filling {new.name}")
    return destinations.change(language, filling=new.name, after=None, written=0)


def fill(client: "Elasticsearch", state: IndexState, say: Say) -> None:
    """Reads the rows into the new index, and notes how far that is. While pieces are sent, the next is read."""
    rows = SearchDocument.objects.filter(language=state.language).order_by("translation_key")
    rows, total = rows.select_related("meaning"), rows.count()
    sent: deque[tuple[list[SearchDocument], Future]] = deque()

    def note() -> None:
        piece, sending = sent.popleft()
        sending.result()
        state.after, state.written = piece[-1].translation_key, state.written + len(piece)
        state.save(update_fields=["after", "written"])
        say(f"{state.language}: {state.written} of {total}")

    with ThreadPoolExecutor(SENDERS) as senders:
        for piece in pieces(rows, state.after):
            actions = list(writing.indexing(piece, NEXT))
            sent.append((piece, senders.submit(writing.send, client, actions, NEXT)))
            if len(sent) > SENDERS:
                note()
        while sent:
            note()


def pieces(rows: QuerySet, after: UUID | None) -> Iterator[list[SearchDocument]]:
    """The rows after a key, in pieces."""
    while piece := list((rows.filter(translation_key__gt=after) if after else rows)[:AT_ONCE]):
        yield piece
        after = piece[-1].translation_key


def compare(client: "Elasticsearch", language: str) -> None:
    """Makes the new index equal to the rows; raises `NotReady` if it is not, or finds less than the old one."""
    rows = SearchDocument.objects.filter(language=language)
    for _attempt in range(COUNTS):
        comparison.level(client, language, NEXT)
        client.indices.refresh(index=alias(language, NEXT))
        count, wanted = client.count(index=alias(language, NEXT))["count"], rows.count()
        if count == wanted:
            break
        time.sleep(1)
    else:
        raise NotReady(f"{language}: the new index has {count} documents, the database {wanted}.")
    client.indices.refresh(index=alias(language), ignore_unavailable=True)
    if lost := [row.title for row in probes(language) if is_lost(client, row)]:
        raise NotReady(f"{language}: the new index does not find “{lost[0]}”, the old one does.")


def probes(language: str) -> Iterator[SearchDocument]:
    """A few rows, any of them alike."""
    rows = SearchDocument.objects.filter(language=language).order_by("translation_key")
    for _number in range(PROBES):
        if row := rows.filter(translation_key__gte=uuid4()).first() or rows.first():
            yield row


def is_lost(client: "Elasticsearch", row: SearchDocument) -> bool:
    """Whether the index that is searched finds a row by its title, and the new one does not."""
    question = Question(row.title, row.language, (row.language,)).for_engine(meaning=False)
    asked = Asked(question)
    if row.language not in asked.words:
        return False
    body = asked.one(row.language, str(row.translation_key))
    found = [
        client.search(index=alias(row.language, role), ignore_unavailable=True, **body)
        for role in (NEXT, LIVE)
    ]
    new, old = (bool(one["hits"]["total"]["value"]) for one in found)
    unchanged = SearchDocument.objects.filter(pk=row.pk, version=row.version)
    return old and not new and unchanged.exists()


def swap(client: "Elasticsearch", language: str) -> None:
    """Has the new index searched and keeps the old one, in one step; the one before that goes."""
    destinations.change(language, previous=True)  # from now on both are written, whichever is which
    found = indexes.current(client)
    new, live = found[alias(language, NEXT)], found.get(alias(language))
    moves = [(new.name, alias(language, NEXT), alias(language))]
    gone = []
    if live:
        moves.append((live.name, alias(language), alias(language, PREVIOUS)))
        gone = [one.name for one in [found.get(alias(language, PREVIOUS))] if one]
    move(client, *moves, gone=gone)


def move(client: "Elasticsearch", *moves: tuple[str, str, str], gone: Iterable[str] = ()) -> None:
    """Takes one alias from indexes and gives them another, all or none; fails if somebody was faster."""
    actions = []
    for name, old, new in moves:
        actions.append({"remove": {"index": name, "alias": old, "must_exist": True}})
        actions.append({"add": {"index": name, "alias": new}})
    actions += [{"remove_index": {"index": name}} for name in gone]
    client.indices.update_aliases(actions=actions)


def settle(client: "Elasticsearch", language: str, role: str = LIVE, **fields) -> None:
    """Notes a new state and, when nobody writes by the old one any more, makes an index equal to the rows."""
    destinations.change(language, **fields)
    comparison.level(client, language, role)


def described(client: "Elasticsearch", language: str) -> str:
    """The indexes of a language in one line."""
    found = indexes.current(client)
    live, new, previous = (found.get(alias(language, role)) for role in indexes.ROLES)
    if live is None:
        parts = ["no index; `search verify` makes it"]
    else:
        parts = [f"{live.name}, {client.count(index=live.name)['count']} documents"]
        if live.fingerprint != indexes.fingerprint(language):
            parts.append("made from other settings than this version's; `search reindex` renews it")
    if previous:
        parts.append(f"before it {previous.name}")
    state = IndexState.objects.filter(language=language).exclude(filling="").first()
    if new and state:
        parts.append(f"{new.name} is being filled, {state.written} documents so far")
    return f"{language}: {'; '.join(parts)}"
