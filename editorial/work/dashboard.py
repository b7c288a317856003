"""What waits for a person: for their decision, their changes, their translation. Bounded queries.

Each list is one query to three, whatever its length, and knows how much there is beside what it shows.
"""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from core import registry
from core.languages import Language, language
from editorial import permissions, translations
from editorial.addresses import edit_url, send_url, timeline_at
from editorial.coverage import states
from editorial.models import Assignment, FourEyesTaskState
from editorial.work.filters import ALL, Filters

ROWS = 20
IN_REVIEW, RETURNED = WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES
SOON = datetime.timedelta(days=30)
TOTAL = Window(Count("pk"))


@dataclass(frozen=True)
class Row:
    """A line of a panel. `of` is the language of the work, `url` where it is done.

    `url` and `timeline` are empty where the person may not go there. `title_in` is the language of the title, where that is another one; `translation` the id of
    wagtail-localize's record of it; `assignment` the id of who has it. `item` is the key of what may
    be taken on; `timeline` is where everything stands that happened to it.
    """

    title: str
    of: Language | None
    url: str
    who: str = ""
    since: datetime.datetime | None = None
    comment: str = ""
    kind: str = ""
    title_in: str = ""
    due: datetime.date | None = None
    translation: int | None = None
    assignment: int | None = None
    item: str = ""
    timeline: str = ""

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


class Rows(list):
    """The rows that are shown; `total` is how many there are."""

    def __init__(self, rows=(), total: int | None = None):
        super().__init__(rows)
        self.total = len(self) if total is None else total


def counted(found: QuerySet, wanted: Q) -> tuple[list, int]:
    """The first of what a query finds of what is wanted and how many it finds, in one query."""
    rows = list(found.filter(wanted).annotate(total=TOTAL)[:ROWS])
    return rows, rows[0].total if rows else 0


def first_of_each(found: QuerySet, part: F, *order) -> QuerySet:
    """The first of each part of what a query finds; `total` is how many there are in the part."""
    return (
        found.annotate(
            total=Window(Count("pk"), partition_by=part),
            place=Window(RowNumber(), partition_by=part, order_by=order),
        )
        .filter(place__lte=ROWS)
        .order_by("place")
    )


def waiting_for(user: User, filters: Filters = ALL) -> Rows:
    """Reviews that `user` can decide, the longest waiting first. Three queries at most."""
    found, total = counted(
        FourEyesTaskState.objects.waiting_for(user)
        .select_related("revision", "workflow_state__requested_by")
        .order_by("started_at", "pk"),
        of_reviews(filters),
    )
    rows = [
        Row(
            title=state.revision.object_str,
            of=language(state.language) if state.language else None,
            url=reverse("editorial_review", args=[state.pk]),
            who=str(state.workflow_state.requested_by or ""),
            since=state.started_at,
            kind="translation" if state.translation else "source",
            timeline=timeline_of(state),
        )
        for state in found
    ]
    return Rows(rows, total)


def of_reviews(filters: Filters) -> Q:
    return filters.where(kind="workflow_state__content_type", language="language", due="")


def timeline_of(state: FourEyesTaskState) -> str:
    """Where everything stands that happened to what is in review."""
    workflow = state.workflow_state
    return reverse("editorial_timeline", args=[workflow.base_content_type_id, workflow.object_id])


def own(user: User, filters: Filters = ALL) -> dict[str, Rows]:
    """What `user` has submitted, by the status of its review: waiting, or returned. One query."""
    found = first_of_each(
        FourEyesTaskState.objects.filter(
            of_reviews(filters),
            pk__in=WorkflowState.objects.filter(
                requested_by=user, status__in=[IN_REVIEW, RETURNED]
            ).values("current_task_state"),
        ).select_related("revision", "workflow_state__content_type", "finished_by"),
        F("workflow_state__status"),
        F("started_at").desc(),
        F("pk").desc(),
    )
    made = {IN_REVIEW: Rows(), RETURNED: Rows()}
    for state in found:
        rows = made[state.workflow_state.status]
        rows.append(own_row(user, state))
        rows.total = state.total
    return made


def own_row(user: User, state: FourEyesTaskState) -> Row:
    """A text of `user` in review or after it: with its editor, unless they wrote it as a member."""
    opens = not state.is_page or permissions.can_open(user, state.language)
    return Row(
        title=state.revision.object_str,
        of=language(state.language) if state.language else None,
        url=state.edit_url if opens else "",
        who=str(state.finished_by or ""),
        since=state.finished_at or state.started_at,
        comment=state.comment,
        timeline=timeline_of(state) if opens or permissions.works_on(user, state) else "",
    )


# ---- Translations -------------------------------------------------------------------------


def to_translate(languages: list[str], filters: Filters = ALL) -> Rows:
    """Work that is nobody's in the languages of a translator: stale, begun, missing. Three queries."""
    codes = filters.codes(languages)
    if not codes:
        return Rows()
    rows = begun(codes, filters)
    share = max(-(-(ROWS - len(rows)) // len(codes)), 0)  # so that no language hides the others
    others = missing(codes, share, filters)
    return Rows([*rows, *others][:ROWS], rows.total + others.total)


def begun(codes: list[str], filters: Filters = ALL, free: bool = True) -> Rows:
    """Translations that are stale or not public yet and not in review; `free` leaves out somebody's."""
    records = translations.with_missing(
        Translation.objects.filter(target_locale__language_code__in=codes)
    ).annotate(code=F("target_locale__language_code"), updated=F("source__last_updated_at"))
    target = Page.objects.filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    ).annotate(changed=translations.is_stale())
    held = Assignment.objects.filter(
        item=OuterRef("source__object_id"), language=OuterRef("target_locale__language_code")
    )
    found, total = counted(
        records.annotate(
            page_id=Subquery(target.filter(~states.in_review()).values("pk")[:1]),
            title=Subquery(target.values("draft_title")[:1]),
            live=Subquery(target.values("live")[:1]),
            changed=Subquery(target.values("changed")[:1]),
            item=F("source__object_id"),
            of_type=F("source__specific_content_type"),
        )
        .exclude(page_id=None)
        .filter(Q(changed=True) | Q(enabled=True) & (Q(live=False) | Q(missing=True)))
        .exclude(Exists(held) if free else Q())
        .order_by("-live", "updated", "pk"),
        filters.where(
            kind="source__specific_content_type", language="target_locale__language_code", due=""
        ),
    )
    types = ContentType.objects.get_for_models(*(item.model for item in registry.items()))
    items = {kind.pk for kind in types.values()}
    rows = [
        Row(
            title=record.title,
            of=language(record.code),
            url=edit_url(Page, record.page_id),
            since=record.updated,
            kind="stale" if record.changed else "begun",
            timeline=timeline_at(Page, record.page_id),
            translation=record.pk,
            item=str(record.item) if is_free(record, items) else "",
        )
        for record in found
    ]
    return Rows(rows, total)


def is_free(record: Translation, items: set[int]) -> bool:
    """Whether a translation can be taken on: of an item, and not only with a string left over."""
    return record.of_type in items and (record.changed or not record.live)


def missing(codes: list[str], number: int, filters: Filters = ALL) -> Rows:
    """Public source versions that do not exist in a language and are nobody's, the newest first.

    At most `number` of each language, in two queries. What there is is compared here, because a
    database that works it out in one query with the totals takes seconds for thousands of items.
    """
    versions = Page.objects.filter(locale__language_code__in=codes).order_by()
    held = Assignment.objects.filter(language__in=codes).order_by()
    known = set(
        versions.values_list("translation_key", "locale__language_code").union(
            held.values_list("item", "language"), all=True
        )
    )
    sources = list(
        states.sources()
        .filter(filters.where(kind="content_type", language="", due=""))
        .order_by(F("first_published_at").desc(nulls_last=True), "-pk")
        .values_list(
            "translation_key", "pk", "title", "locale__language_code", "first_published_at"
        )
    )
    rows, total = [], 0
    for code in filters.codes(codes):
        free = [source for source in sources if (source[0], code) not in known]
        rows += [missing_row(code, *source) for source in free[:number]]
        total += len(free)
    return Rows(rows, total)


def missing_row(code: str, item, page: int, title: str, title_in: str, since) -> Row:
    return Row(
        title=title,
        of=language(code),
        url=send_url(page, code),
        since=since,
        kind="missing",
        title_in=title_in,
        item=str(item),
    )


def assigned(held: QuerySet[Assignment], user: User, filters: Filters = ALL) -> dict[bool, Rows]:
    """Assignments without what is in review, what is due first: those of `user`, and of others. One query."""
    source = states.sources().filter(translation_key=OuterRef("item"))
    target = Page.objects.filter(
        translation_key=OuterRef("item"), locale__language_code=OuterRef("language")
    ).annotate(changed=translations.is_stale(), reviewed=states.in_review())
    wanted = filters.where(kind="kind", language="language", due="due")
    found = first_of_each(
        held.select_related("assigned_by", "person")
        .annotate(
            mine=ExpressionWrapper(Q(person=user), BooleanField()),
            source=Subquery(source.values("pk")[:1]),
            title=Subquery(source.values("title")[:1]),
            title_in=Subquery(source.values("locale__language_code")[:1]),
            kind=Subquery(source.values("content_type")[:1]),
            page=Subquery(target.values("pk")[:1]),
            live=Subquery(target.values("live")[:1]),
            changed=Subquery(target.values("changed")[:1]),
            reviewed=Subquery(target.values("reviewed")[:1]),
        )
        .exclude(source=None)
        .filter(wanted, Q(reviewed=None) | Q(reviewed=False)),
        F("mine"),
        F("due").asc(nulls_last=True),
        F("pk").asc(),
    )
    made = {True: Rows(), False: Rows()}
    for one in found:
        rows = made[one.mine]
        rows.append(assigned_row(one, user))
        rows.total = one.total
    return made


def assigned_row(one: Assignment, user: User) -> Row:
    """An assignment with who gave it to `user`, or with whose it is."""
    kind = "missing" if one.page is None else "begun"
    if one.live:
        kind = "stale" if one.changed else ""
    return Row(
        title=one.title,
        title_in=one.title_in,
        of=language(one.language),
        url=work_url(user, one.source, one.page, one.language),
        who=str((one.assigned_by if one.mine else one.person) or ""),
        since=one.assigned_at,
        kind=kind,
        due=one.due,
        assignment=one.pk,
        timeline=timeline_at(Page, one.page) if one.page else "",
    )


def work_url(user: User, source: int, page: int | None, code: str) -> str:
    """Where `user` goes on with a version of an item in a language; "" where that is not theirs to do."""
    if page:
        return edit_url(Page, page) if permissions.can_open(user, code) else ""
    return send_url(source, code) if permissions.can_translate_into(user, code) else ""


# ---- What will not stay as it is ----------------------------------------------------------


def ending(edited: list[str], translated: list[str], filters: Filters = ALL) -> Rows:
    """What is public and ends within 30 days, and translations whose source is changing.

    The first in the languages that somebody edits, the second in those that they translate into.
    """
    source = Exists(
        Page.objects.filter(
            states.in_review(),
            Exists(
                TranslationSource.objects.filter(
                    object_id=OuterRef("translation_key"), locale_id=OuterRef("locale_id")
                )
            ),
            translation_key=OuterRef("translation_key"),
        ).exclude(locale_id=OuterRef("locale_id"))
    )
    until = timezone.now() + SOON
    ends = Q(locale__language_code__in=edited, expire_at__lte=until)
    changing = Q(source, locale__language_code__in=translated)
    pages, total = counted(
        Page.objects.live()
        .filter(ends if filters.due else ends | changing)
        .select_related("locale")
        .order_by(F("expire_at").asc(nulls_last=True), "pk"),
        filters.where(kind="content_type", language="locale__language_code", due="expire_at__date"),
    )
    return Rows([ending_row(page, edited, until) for page in pages], total)


def ending_row(page: Page, edited: list[str], until: datetime.datetime) -> Row:
    code = page.locale.language_code
    ends = page.expire_at and page.expire_at <= until and code in edited
    return Row(
        title=page.title,
        of=language(code),
        url=edit_url(Page, page.pk),
        kind="ending" if ends else "stale soon",
        due=timezone.localdate(page.expire_at) if ends else None,
        timeline=timeline_at(Page, page.pk),
    )
