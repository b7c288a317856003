"""Who is told of what. Everything here runs in the background and is safe to repeat."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page, PageSubscription, TaskState
from wagtail_localize.models import Translation

from accounts.models import Role, User
from accounts.permissions import can_edit, holders
from core import outbox
from editorial import permissions, translations
from editorial.addresses import edit_url, send_url
from editorial.coverage import board, states
from editorial.models import Assignment, FourEyesTaskState
from editorial.notices import choices
from editorial.notices.models import DEFAULTS, Digest, How, Kind, MailChoice, Notice

SOON = datetime.timedelta(days=3)
KEPT = datetime.timedelta(days=180)


@transaction.atomic
def tell(kind: Kind, event: str, people: Iterable[User], **about) -> list[Notice]:
    """Tells each of `people` of an event, once however often it is called; returns what is new.

    `event` names what happened, as in `review:12`; `about` are the other fields of a notice.
    """
    people = list(people)
    chosen = dict(
        MailChoice.objects.filter(person__in=people, kind=kind).values_list("person", "how")
    )
    new = []
    for person in people:
        how = chosen.get(person.pk, DEFAULTS[kind])
        notice, made = Notice.objects.get_or_create(
            person=person, event=event, defaults={"kind": kind, "how": how} | about
        )
        if made:
            new.append(notice)
            if how == How.AT_ONCE:
                outbox.post("notices.mail", notice_id=notice.pk)
    return new


# ---- Reviews ------------------------------------------------------------------------------


def of_review(state: FourEyesTaskState) -> dict:
    return {
        "title": state.revision.object_str[:255],
        "language": state.language,
        "title_in": state.language,
        "state": state,
    }


def submitted(state: FourEyesTaskState) -> None:
    """Each person who can decide is told, as long as nobody has decided."""
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return
    obj = state.workflow_state.content_object
    tell(
        Kind.REVIEW,
        f"review:{state.pk}",
        permissions.deciders(obj, state),
        by=state.workflow_state.requested_by,
        path=reverse("editorial_review", args=[state.pk]),
        **of_review(state),
    )


def decided(state: FourEyesTaskState) -> None:
    """Who submitted it is told that it was approved, or returned and why."""
    person = state.workflow_state.requested_by
    if person is None or not person.is_active:
        return
    kind = Kind.APPROVED if state.status == TaskState.STATUS_APPROVED else Kind.RETURNED
    tell(
        kind,
        f"{kind}:{state.pk}",
        [person],
        by=state.finished_by,
        words=state.comment,
        path=state.edit_url,
        **of_review(state),
    )


def settle(state: TaskState) -> None:
    """A review that is over waits for nobody."""
    Notice.objects.unread().filter(state_id=state.pk, kind=Kind.REVIEW).update(
        read_at=timezone.now()
    )


# ---- Comments -----------------------------------------------------------------------------


def commented(comment: Comment, by: User, text: str, event: str) -> None:
    """Those whose text it is, who take part in the thread or follow the comments of the page."""
    page = comment.page.specific
    ids = permissions.authors(page) | {comment.user_id, page.owner_id}
    ids |= set(comment.replies.values_list("user_id", flat=True))
    ids |= set(
        PageSubscription.objects.filter(page=page, comment_notifications=True).values_list(
            "user_id", flat=True
        )
    )
    people = User.objects.filter(pk__in=ids - {None, by.pk}, is_active=True)
    for person in people.select_related("wagtail_userprofile"):
        path = where_comments_are(page, person)
        if path:
            tell(
                Kind.COMMENTED,
                event,
                [person],
                title=page.draft_title,
                language=page.locale.language_code,
                title_in=page.locale.language_code,
                words=text,
                by=by,
                path=path,
            )


def where_comments_are(page: Page, person: User) -> str:
    """Where a person sees the comments of a page; nothing for whoever may not see them."""
    state = page.current_workflow_task_state
    if isinstance(state, FourEyesTaskState) and permissions.can_decide(person, page, state):
        return reverse("editorial_review", args=[state.pk])
    if can_edit(person) and permissions.can_edit(person, page):
        return edit_url(type(page), page.pk)
    return ""


# ---- Translations -------------------------------------------------------------------------


def source_changed(page: Page) -> None:
    """Whose work has become stale: who has it, or else who translated before the change."""
    source = translations.source_of(page)
    if source is None:
        return
    key, since = page.translation_key, source.last_updated_at
    for record in source.translations.select_related("target_locale"):
        code = record.target_locale.language_code
        target = Page.objects.filter(translation_key=key, locale=record.target_locale).first()
        if target is None:
            continue
        held = Assignment.objects.filter(item=key, language=code, assigned_at__lt=since)
        ids = set(held.values_list("person_id", flat=True)) or wrote_before(record, since)
        tell(
            Kind.SOURCE,
            f"source:{record.pk}:{since.isoformat()}",
            holders(Role.TRANSLATOR, code).filter(pk__in=ids),
            title=target.draft_title,
            language=code,
            title_in=code,
            path=edit_url(Page, target.pk),
        )


def wrote_before(record: Translation, moment: datetime.datetime) -> set[int]:
    """Who wrote strings of a translation before a moment, by id."""
    strings = record.source.stringsegment_set.get_translations(record.target_locale)
    return set(
        strings.filter(updated_at__lt=moment)
        .exclude(last_translated_by=None)
        .values_list("last_translated_by", flat=True)
    )


def assigned(ids: list[int], person_id: int) -> None:
    """One notice about all that was given to a person at once, as far as they still have it."""
    held = Assignment.objects.filter(pk__in=ids, person_id=person_id, person__is_active=True)
    held = list(held.select_related("assigned_by", "person").order_by("pk"))
    if not held:
        return
    first, works = held[0], described(held)
    if not works or first.assigned_by_id == person_id:
        return
    about = works[0][1]
    if len(works) > 1:
        about |= {"path": reverse("wagtailadmin_home"), "more": len(works) - 1}
    event = f"assigned:{first.pk}:{first.assigned_at.isoformat()}"
    tell(Kind.ASSIGNED, event, [first.person], by=first.assigned_by, due=first.due, **about)


def due_soon() -> None:
    """Reminds of what is due within three days on the receiver's calendar, once for each date."""
    now = timezone.now()
    nearly = now.date() + SOON + datetime.timedelta(days=1)
    held = Assignment.objects.filter(
        due__range=(now.date() - datetime.timedelta(days=1), nearly),
        assigned_at__lt=now - datetime.timedelta(days=1),
        person__is_active=True,
    ).select_related("assigned_by", "person__wagtail_userprofile")
    soon = {f"due:{one.pk}:{one.due}": one for one in held if is_soon(one, now)}
    told = Notice.objects.filter(
        event__in=soon, person__in={one.person_id for one in soon.values()}
    )
    told = set(told.values_list("event", "person_id"))
    left = [one for event, one in soon.items() if (event, one.person_id) not in told]
    for one, about in described(left):
        event = f"due:{one.pk}:{one.due}"
        tell(Kind.DUE, event, [one.person], by=one.assigned_by, due=one.due, **about)


def is_soon(one: Assignment, now: datetime.datetime) -> bool:
    """Whether an assignment is due within three days and not over, on its translator's calendar."""
    today = now.astimezone(choices.zone(one.person)).date()
    return today <= one.due <= today + SOON


def described(held: list[Assignment]) -> list[tuple[Assignment, dict]]:
    """Assignments that are still work, with what a notice says of them. Bounded queries."""
    if not held:
        return []
    items = states.sources().filter(translation_key__in=[one.item for one in held])
    codes = list(dict.fromkeys(one.language for one in held))
    rows = board.rows(items.select_related("locale"), codes, assigned=False)
    cells = {(row.key, cell.of.code): (row, cell) for row in rows for cell in row.cells}
    found = []
    for one in held:
        row, cell = cells.get((str(one.item), one.language), (None, None))
        if cell is None or cell.state not in states.WORK:
            continue
        path = edit_url(Page, cell.page) if cell.page else ""
        about = {
            "title": row.title[:255],
            "title_in": row.of.code,
            "language": one.language,
            "path": path or send_url(row.page, one.language),
        }
        found.append((one, about))
    return found


def forget() -> None:
    """Deletes what is half a year old."""
    long_ago = timezone.now() - KEPT
    Notice.objects.filter(created_at__lt=long_ago).delete()
    Digest.objects.filter(until__lt=long_ago).delete()
