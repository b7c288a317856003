"""What happened, as rows of one table made of many, newest first: one page costs a bounded number of
queries, however much there is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import F, TextChoices, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from core.languages import Language
from editorial.timeline.items import Item


class Kind(TextChoices):
    """What one can filter by."""

    REVISION = "revision", _("Drafts")
    REVIEW = "review", _("Reviews")
    COMMENT = "comment", _("Comments")
    TRANSLATION = "translation", _("Translations")
    PUBLICATION = "publication", _("Publications")
    RECORD = "record", _("Assignments and records")
    OTHER = "other", _("Other steps")


@dataclass(frozen=True)
class Event:
    """One thing that happened: `what` in a sentence, `detail` in the words of who did it."""

    what: str
    who: str = ""
    detail: str = ""
    of: Language | None = None
    url: str = ""


@dataclass(frozen=True)
class Dated:
    """An event with when it happened and its kind."""

    kind: Kind
    at: datetime
    event: Event


class Source:
    """A table in which things are recorded that happened.

    `rows` gives a queryset of everything, `at` names its date; `events` turns some of the rows into
    events by the text of their key, in one query or two.
    """

    kind: Kind
    at = "created_at"

    def __init__(self, item: Item):
        self.item = item

    def rows(self):
        raise NotImplementedError

    def events(self, keys: list[str]) -> dict[str, Event]:
        raise NotImplementedError

    def of(self, pk) -> Language | None:
        """The language of the version with this key."""
        version = self.item.version(pk)
        return version.of if version else None


def listed(source: Source, number: int):
    """The rows of a source as they stand in the one table: number of the source, key, date."""
    return (
        source.rows()
        .order_by()
        .annotate(from_=Value(number), key_=Cast("pk", TextField()), at_=F(source.at))
        .values_list("from_", "key_", "at_")
    )


def page_of(sources: list[Source], number, size: int):
    """A page of the paginated table, and its events in its order."""
    first, *others = [listed(source, index) for index, source in enumerate(sources)]
    table = first.union(*others, all=True) if others else first
    page = Paginator(table.order_by("-at_", "-from_", "-key_"), size).get_page(number)
    rows = list(page)
    keys = defaultdict(list)
    for source, key, _at in rows:
        keys[source].append(key)
    events = {source: sources[source].events(found) for source, found in keys.items()}
    return page, [
        Dated(sources[source].kind, at, events[source][key])
        for source, key, at in rows
        if key in events[source]
    ]
