"""Who may decide about what was reported, asked in one place."""

from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.permissions import has_role, holders, scopes_of
from moderation.models import Case, Decision


def is_moderator(user: User) -> bool:
    """Whether a person sees reported content of any language."""
    return user.is_active and (user.is_superuser or bool(scopes_of(user, Role.MODERATOR)))


def works_on(user: User, case: Case) -> bool:
    """Whether a person is moderator for the language of a case, or an operator."""
    return user.is_active and (user.is_superuser or has_role(user, Role.MODERATOR, case.language))


def is_own(user: User, case: Case) -> bool:
    """Whether a person wrote the thing, belongs to its organisation, or has reported it."""
    return (
        case.involved.filter(pk=user.pk).exists()
        or case.authors.filter(pk=user.pk).exists()
        or user.memberships.filter(organisation__in=case.organisations.all()).exists()
        or case.notices.filter(user=user).exists()
        or case.notices.filter(email__iexact=user.email).exists()
    )


def decided_first(user: User, case: Case) -> bool:
    """Whether it was this person whose decision somebody has appealed against."""
    return case.decisions.filter(stage=Decision.Stage.FIRST, by=user).exists()


def can_decide(user: User, case: Case) -> bool:
    """Whether a person may decide now, about the notices or about the appeal."""
    return (
        works_on(user, case)
        and not is_own(user, case)
        and case.state in (Case.State.OPEN, Case.State.APPEALED)
        and not (case.state == Case.State.APPEALED and decided_first(user, case))
    )


def deciders(case: Case) -> QuerySet[User]:
    """Those who are told that a case waits: its moderators, or else the operators."""
    first = case.decisions.filter(stage=Decision.Stage.FIRST).values("by")
    for people in (
        holders(Role.MODERATOR, case.language),
        User.objects.filter(is_active=True, is_superuser=True),
    ):
        able = people.exclude(pk__in=first).order_by("pk")
        if found := [person.pk for person in able if not is_own(person, case)]:
            return User.objects.filter(pk__in=found)
    return User.objects.none()
