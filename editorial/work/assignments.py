"""Who translates what until when. Every function raises a `ReviewRefused` where the rules say no."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, RoleAssignment, User
from accounts.permissions import has_role
from core import outbox
from editorial.coverage import states
from editorial.models import Assignment
from editorial.permissions import roles_of
from editorial.refusals import NotYours, ReviewRefused

# Who gives work in a language to others: its translators among themselves, and its approvers.
GIVERS = (Role.TRANSLATOR, Role.APPROVER)


def can_assign(user: User, language: str) -> bool:
    """Whether `user` may give translations into a language to its translators."""
    return any(has_role(user, role, language) for role in GIVERS)


def given_by(user: User) -> list[str]:
    """The languages into which `user` may give translations."""
    roles = roles_of(user)
    return [
        code for code in settings.CONTENT_LANGUAGES if any((role, code) in roles for role in GIVERS)
    ]


def translators(codes: list[str]) -> dict[User, list[str]]:
    """The translators into some languages, each with those of these that are theirs."""
    rows = RoleAssignment.objects.filter(
        role=Role.TRANSLATOR, language__in=codes, user__is_active=True
    ).select_related("user")
    found: dict[User, list[str]] = {}
    for one in rows.order_by(
        "user__first_name", "user__last_name", "user__email", "user", "language"
    ):
        found.setdefault(one.user, []).append(one.language)
    return found


def can_change(user: User, assignment: Assignment) -> bool:
    """Whether `user` may hand an assignment over or end it: who has it, and who gives work there."""
    return user.pk == assignment.person_id or can_assign(user, assignment.language)


@transaction.atomic
def assign(
    items: Iterable[UUID], language: str, person: User, due: datetime.date | None, by: User
) -> list[Assignment]:
    """Gives the translations of items into a language to a person, whoever had them before.

    Left out is what is no work there: what is public and up to date, in review, or unknown. Given
    is what was assigned; the same again changes nothing.
    """
    if not can_assign(by, language):
        raise NotYours(_("You cannot assign translations into this language."))
    check_translator(person, language)
    held = held_rows(items, language)
    before = {row.pk: row.assigned_at for row in held.values()}
    given = [
        put(held.get(item), item, language, person, due, by)
        for item in sorted(open_items(items, language))
    ]
    tell([row for row in given if before.get(row.pk) != row.assigned_at], person, by)
    return given


@transaction.atomic
def claim(item: UUID, language: str, by: User) -> Assignment:
    """Takes a translation that is nobody's; raises where somebody else has it already."""
    check_translator(by, language)
    held = held_rows([item], language).get(item)
    if held is None:
        if item not in open_items([item], language):
            raise ReviewRefused(_("There is nothing to translate here now."))
        held, _made = Assignment.objects.get_or_create(
            item=item, language=language, defaults={"person": by, "assigned_by": by}
        )
    if held.person_id != by.pk:
        raise ReviewRefused(_("%(person)s has this translation already.") % {"person": held.person})
    return held


@transaction.atomic
def hand_over(
    assignment: Assignment, person: User, by: User, due: datetime.date | None
) -> Assignment:
    """Gives a person's translation to another one or to the same, until a day."""
    language = assignment.language
    if not can_change(by, assignment):
        raise NotYours(_("You cannot assign translations into this language."))
    check_translator(person, language)
    held = held_rows([assignment.item], language).get(assignment.item)
    if held is None or held.person_id != assignment.person_id:
        raise ReviewRefused(_("This translation is no longer assigned as you saw it."))
    before = held.assigned_at
    given = put(held, held.item, language, person, due, by)
    tell([given] if given.assigned_at != before else [], person, by)
    return given


@transaction.atomic
def release(assignment: Assignment, by: User) -> None:
    """Makes a translation nobody's again; safe to repeat."""
    if not can_change(by, assignment):
        raise NotYours(_("You cannot assign translations into this language."))
    for held in held_rows([assignment.item], assignment.language).values():
        held.delete()


def finish(page) -> None:
    """Ends the assignment of a translation that is public and up to date."""
    rows = Assignment.objects.filter(item=page.translation_key, language=page.locale.language_code)
    if rows and not open_items([page.translation_key], page.locale.language_code):
        for row in rows:
            row.delete()


def check_translator(person: User, language: str) -> None:
    if not has_role(person, Role.TRANSLATOR, language):
        raise NotYours(_("%(person)s is no translator for this language.") % {"person": person})


def held_rows(items: Iterable[UUID], language: str) -> dict[UUID, Assignment]:
    """The assignments of items in a language, held for this transaction."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("person")
    return {row.item: row for row in rows.filter(item__in=list(items), language=language)}


def open_items(items: Iterable[UUID], language: str) -> set[UUID]:
    """Those of `items` that are work in a language: missing, begun or stale."""
    found = states.sources().filter(translation_key__in=list(items))
    found = found.exclude(locale__language_code=language)
    return {
        key
        for state in states.WORK
        for key in states.having(found, state, [language]).values_list("translation_key", flat=True)
    }


def tell(given: list[Assignment], person: User, by: User) -> None:
    """Promises one notice about all that a person was given by somebody else."""
    if given and person.pk != by.pk:
        ids = [row.pk for row in given]
        outbox.post("notices.assigned", ids=ids, person_id=person.pk)


def put(held, item: UUID, language: str, person: User, due, by: User) -> Assignment:
    """Writes one assignment; where another process wrote it first, that one is changed."""
    if held is None:
        held, made = Assignment.objects.get_or_create(
            item=item,
            language=language,
            defaults={"person": person, "due": due, "assigned_by": by},
        )
        if made:
            return held
    if (held.person_id, held.due) != (person.pk, due):
        held.person, held.due, held.assigned_by = person, due, by
        held.save()
    return held
