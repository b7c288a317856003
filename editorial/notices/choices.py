"""How a person wants to hear of what happens: by kind, and at which hour of which clock."""

import zoneinfo
from collections.abc import Iterable

from django.core import signing
from django.db import transaction
from wagtail.users.models import UserProfile

from accounts.models import Role, User
from accounts.permissions import can_edit, scopes_of
from editorial.notices.models import DEFAULT_HOUR, DEFAULTS, DigestHour, How, Kind, MailChoice

SALT = "editorial.notices.stop"
DIGEST = "digest"  # in a link: all kinds that come once a day
KINDS_OF_ROLES = {
    Kind.REVIEW: {Role.REVIEWER, Role.APPROVER},
    Kind.ASSIGNED: {Role.TRANSLATOR},
    Kind.SOURCE: {Role.TRANSLATOR},
    Kind.DUE: {Role.TRANSLATOR},
}


def offered(user: User) -> list[Kind]:
    """The kinds that a person can ever hear of: by their roles; members hear of what they sent."""
    roles = {one.role for one in scopes_of(user, *Role)}
    found = [kind for kind in Kind if kind not in KINDS_OF_ROLES or KINDS_OF_ROLES[kind] & roles]
    return found if can_edit(user) else [kind for kind in found if kind != Kind.COMMENTED]


def of(user: User) -> dict[Kind, How]:
    """How a person hears of each kind."""
    chosen = MailChoice.objects.filter(person=user).values_list("kind", "how")
    return DEFAULTS | {Kind(kind): How(how) for kind, how in chosen}


def hour(user: User) -> int:
    """The full hour at which a person's daily mail is sent, on their own clock."""
    found = DigestHour.objects.filter(person=user).values_list("hour", flat=True).first()
    return DEFAULT_HOUR if found is None else found


def zone(user: User) -> zoneinfo.ZoneInfo:
    """A person's time zone; UTC where they have chosen none, or one that is no more."""
    profile = getattr(user, "wagtail_userprofile", None)
    try:
        return zoneinfo.ZoneInfo((profile and profile.current_time_zone) or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


@transaction.atomic
def change(user: User, wanted: dict[Kind, How], hour: int, time_zone: str) -> None:
    """Saves what a person has chosen."""
    for kind, how in wanted.items():
        MailChoice.objects.update_or_create(person=user, kind=kind, defaults={"how": how})
    DigestHour.objects.update_or_create(person=user, defaults={"hour": hour})
    profile = UserProfile.get_for_user(user)
    profile.current_time_zone = time_zone
    profile.save(update_fields=["current_time_zone"])


# ---- Stopping by the link of a mail -------------------------------------------------------


def token(user: User, what: str) -> str:
    """What stands in the link that stops a kind of mail, or the daily mail. It never ends."""
    return signing.Signer(salt=SALT).sign_object([user.pk, str(what)])


def read(said: str) -> tuple[int, str] | None:
    """The person and what to stop, of a token of ours; whether the account exists stays unsaid."""
    try:
        person, what = signing.Signer(salt=SALT).unsign_object(said)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (person, what) if what == DIGEST or what in Kind.values else None


@transaction.atomic
def stop(person: int, what: str) -> None:
    """Ends a kind of mail, or all that come once a day; nothing where the account is gone."""
    user = User.objects.select_for_update().filter(pk=person).first()
    if user is None:
        return
    chosen = of(user)
    for kind in stopped_by(what, chosen):
        MailChoice.objects.update_or_create(person=user, kind=kind, defaults={"how": How.NEVER})


def stopped_by(what: str, chosen: dict[Kind, How]) -> Iterable[Kind]:
    if what == DIGEST:
        return [kind for kind, how in chosen.items() if how == How.DAILY]
    return [Kind(what)]
