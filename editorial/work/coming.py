"""What is to come: what will be published or taken off, when, in which language, approved by whom."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from accounts.models import User
from core import registry
from core.languages import Language, language
from editorial import permissions, publishing
from editorial.addresses import edit_url, timeline_at
from editorial.fingerprints import digest
from editorial.gate.guards import reviewed_types
from editorial.models import FourEyesTaskState

MOST = 200
GOES_PUBLIC, GOES_OFF = "publish", "end"
WHAT = {GOES_PUBLIC: _("Becomes public"), GOES_OFF: _("Goes off the portal")}


@dataclass(frozen=True)
class Wanted:
    """What was asked for, in these languages and within so many days; empty is everything."""

    codes: list[str]
    what: str = ""
    kind: str = ""
    days: str = ""

    def of(self, base: type) -> Q | None:
        """The condition on the content type of pages, or of the snippets of a model; None for no such."""
        snippet = base is not Page and base._meta.label_lower
        if self.kind in ("", snippet):
            return Q()
        if snippet or self.kind in {model._meta.label_lower for model in snippets()}:
            return None
        return Q(content_type=ContentType.objects.get_for_model(registry.item(self.kind).model))

    def until(self, path: str) -> Q:
        """The condition on a time."""
        end = timezone.now() + datetime.timedelta(days=int(self.days or 0))
        return Q(**{f"{path}__lte": end}) if self.days else Q()


@dataclass(frozen=True)
class Event:
    """Something that happens to a text at a time. `revision` is what was approved for it."""

    at: datetime.datetime
    what: str
    title: str
    kind: str
    of: Language
    url: str
    revision: int | None
    approved: str = ""

    @property
    def label(self):
        return WHAT[self.what]


def snippets() -> list[type]:
    """The models of reviewed snippets."""
    return [model for model in reviewed_types() if not issubclass(model, Page)]


def events(user: User, wanted: Wanted) -> list[Event]:
    """What was asked for, the next first: at most `MOST`.

    Two queries for pages and for each model of snippets, and three for who has approved it.
    """
    found: list[Event] = []
    for base in (Page, *snippets()):
        kind = wanted.of(base)
        if kind is None:
            continue
        if wanted.what != GOES_OFF:
            found += scheduled(user, base, kind & wanted.until("approved_go_live_at"), wanted.codes)
        if wanted.what != GOES_PUBLIC:
            found += to_end(user, base, kind & wanted.until("expire_at"), wanted.codes)
    found = sorted(found, key=attrgetter("at"))[:MOST]
    names = approvals([one.revision for one in found if one.revision])
    return [replace(one, approved=names.get(one.revision, "")) for one in found]


def language_path(base: type) -> str:
    return "locale__language_code" if base is Page else "language"


def scheduled(user: User, base: type, wanted: Q, codes: list[str]) -> Iterator[Event]:
    """The revisions that are approved for a time to come, the next first."""
    key = Cast(OuterRef("object_id"), BigIntegerField())  # so that the index of the key is used
    code = base._base_manager.filter(pk=key).values(language_path(base))[:1]
    found = Revision.objects.filter(
        wanted,
        base_content_type=ContentType.objects.get_for_model(base),
        approved_go_live_at__isnull=False,
    ).annotate(code=Subquery(code))
    for revision in found.filter(code__in=codes).order_by("approved_go_live_at", "pk")[:MOST]:
        yield Event(
            at=revision.approved_go_live_at,
            what=GOES_PUBLIC,
            title=revision.object_str,
            kind=kind_of(ContentType.objects.get_for_id(revision.content_type_id).model_class()),
            of=language(revision.code),
            url=url_for(user, base, revision.object_id, revision.code),
            revision=revision.pk,
        )


def to_end(user: User, base: type, wanted: Q, codes: list[str]) -> Iterator[Event]:
    """What is public and ends at a time, the next first."""
    found = base._base_manager.filter(wanted, live=True, expire_at__isnull=False)
    found = found.filter(**{f"{language_path(base)}__in": codes})
    if base is Page:
        found = found.select_related("locale")
    for one in found.order_by("expire_at", "pk")[:MOST]:
        code = permissions.language_of(one)
        yield Event(
            at=one.expire_at,
            what=GOES_OFF,
            title=str(one),
            kind=kind_of(one.specific_class if base is Page else base),
            of=language(code),
            url=url_for(user, base, one.pk, code),
            revision=one.live_revision_id,
        )


def url_for(user: User, base: type, pk, code: str) -> str:
    """The editor of a page for those who may open it, and otherwise what has happened to the text."""
    if base is Page and permissions.can_open(user, code):
        return edit_url(Page, pk)
    return timeline_at(base, pk)


def kind_of(model: type | None) -> str:
    return capfirst(str(model._meta.verbose_name)) if model else ""


def approvals(revisions: list[int]) -> dict[int, str]:
    """Who has approved each of some revisions as it is now, or by which rule. Three queries."""
    found = {
        entry.revision_id: publishing.words(entry.data)
        for log in (PageLogEntry, ModelLogEntry)
        for entry in log.objects.filter(action=publishing.LOG_ACTION, revision__in=revisions)
    }
    reviews = FourEyesTaskState.objects.filter(
        revision__in=revisions, status=FourEyesTaskState.STATUS_APPROVED
    ).select_related("finished_by", "revision")
    for review in reviews.order_by("pk"):
        if digest(review.revision) != review.content_hash:
            continue
        found[review.revision_id] = (
            publishing.words({"rule": review.rule})
            if review.rule
            else str(review.finished_by or "")
        )
    return found
