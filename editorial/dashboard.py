"""What waits for a person: for their decision, their changes, their translation. Bounded queries."""

import datetime
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from accounts.models import Role, User
from accounts.permissions import languages_of
from core.languages import Language, language
from editorial import translations
from editorial.addresses import edit_url
from editorial.coverage import board, states
from editorial.models import Assignment, FourEyesTaskState

ROWS = 20
LANGUAGES = 6


@dataclass(frozen=True)
class Row:
    """A line of a panel. `of` is the language of the work, `url` where it is done.

    `title_in` is the language of the title, where that is another one; `translation` the id of
    wagtail-localize's record of it.
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


def waiting_for(user: User) -> list[Row]:
    """Reviews that `user` can decide, the longest waiting first. Three queries at most."""
    states = (
        FourEyesTaskState.objects.waiting_for(user)
        .select_related("revision", "workflow_state__requested_by")
        .order_by("started_at", "pk")[:ROWS]
    )
    return [
        Row(
            title=state.revision.object_str,
            of=language(state.language) if state.language else None,
            url=reverse("editorial_review", args=[state.pk]),
            who=str(state.workflow_state.requested_by or ""),
            since=state.started_at,
            kind="translation" if state.translation else "source",
        )
        for state in states
    ]


def own(user: User, status: str) -> list[FourEyesTaskState]:
    return list(
        FourEyesTaskState.objects.filter(
            pk__in=WorkflowState.objects.filter(requested_by=user, status=status).values(
                "current_task_state"
            )
        )
        .select_related("revision", "workflow_state", "finished_by")
        .order_by("-started_at", "-pk")[:ROWS]
    )


def returned_to(user: User) -> list[Row]:
    """What others returned to `user`, with their comments."""
    return [
        Row(
            title=state.revision.object_str,
            of=language(state.language) if state.language else None,
            url=state.edit_url,
            who=str(state.finished_by or ""),
            since=state.finished_at,
            comment=state.comment,
        )
        for state in own(user, WorkflowState.STATUS_NEEDS_CHANGES)
    ]


def in_review_of(user: User) -> list[Row]:
    """What `user` has submitted and waits for others."""
    return [
        Row(
            title=state.revision.object_str,
            of=language(state.language) if state.language else None,
            url=state.edit_url,
            since=state.started_at,
        )
        for state in own(user, WorkflowState.STATUS_IN_PROGRESS)
    ]


def to_translate(user: User) -> list[Row]:
    """Work in the languages that `user` translates into: stale first, then begun, then missing."""
    codes = languages_of(user, Role.TRANSLATOR)[:LANGUAGES]
    if not codes:
        return []
    rows = begun(codes)
    share = -(-(ROWS - len(rows)) // len(codes))  # so that no language hides the others
    for code in codes if share > 0 else []:
        rows += missing(code, share)
    return rows[:ROWS]


def begun(codes: list[str]) -> list[Row]:
    """Translations that are stale or not public yet, unless they are in review."""
    records = translations.with_missing(
        Translation.objects.filter(enabled=True, target_locale__language_code__in=codes)
    ).annotate(code=F("target_locale__language_code"), updated=F("source__last_updated_at"))
    target = Page.objects.filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    ).annotate(changed=states.source_changed())
    found = (
        records.annotate(
            page_id=Subquery(target.filter(~states.in_review()).values("pk")[:1]),
            title=Subquery(target.values("draft_title")[:1]),
            live=Subquery(target.values("live")[:1]),
            changed=Subquery(target.values("changed")[:1]),
        )
        .exclude(page_id=None)
        .filter(Q(live=False) | Q(missing=True) | Q(changed=True))
        .order_by("-live", "updated", "pk")[:ROWS]
    )
    return [
        Row(
            title=record.title,
            of=language(record.code),
            url=edit_url(Page, record.page_id),
            since=record.updated,
            kind="stale" if record.changed else "begun",
            translation=record.pk,
        )
        for record in found
    ]


def missing(code: str, number: int) -> list[Row]:
    """Public source versions that do not exist in a language, the newest first."""
    pages = (
        states.having(states.sources(), states.State.MISSING, [code])
        .select_related("locale")
        .order_by("-first_published_at", "-pk")[:number]
    )
    return [
        Row(
            title=page.title,
            of=language(code),
            url=send_url(page.pk, code),
            since=page.first_published_at,
            kind="missing",
            title_in=page.locale.language_code,
        )
        for page in pages
    ]


def send_url(page_id: int, code: str) -> str:
    """Where a source version is sent into a language."""
    path = reverse("editorial_localize:submit_page_translation", args=[page_id])
    return f"{path}?select_locale={code}"


def assigned_to(user: User) -> list[Row]:
    """What was given to `user` to translate and is not in review, what is due first. Six queries."""
    held = Assignment.objects.filter(person=user).select_related("assigned_by")
    held = list(held.order_by(F("due").asc(nulls_last=True), "pk")[:ROWS])
    items = states.sources().filter(translation_key__in=[one.item for one in held])
    codes = list(dict.fromkeys(one.language for one in held))
    rows = {
        row.key: row for row in board.rows(items.select_related("locale"), codes, assigned=False)
    }
    return [
        assigned_row(one, rows[str(one.item)], cell)
        for one in held
        if str(one.item) in rows
        for cell in rows[str(one.item)].cells
        if cell.of.code == one.language and cell.state != states.State.IN_REVIEW
    ]


def assigned_row(assignment: Assignment, row: board.Row, cell: board.Cell) -> Row:
    kinds = {states.State.TRANSLATING: "begun", states.State.PUBLISHED: ""}
    return Row(
        title=row.title,
        title_in=row.of.code,
        of=cell.of,
        url=edit_url(Page, cell.page) if cell.page else send_url(row.page, cell.of.code),
        who=str(assignment.assigned_by or ""),
        since=assignment.assigned_at,
        kind=kinds.get(cell.state, str(cell.state)),
        due=assignment.due,
    )
