"""Addresses in a room: signed ones of files and calendars, and where each move is made."""

from django.core import signing
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from marketplace.rooms.models import Attachment

FILE_SALT = "marketplace.rooms.file"
CALENDAR_SALT = "marketplace.rooms.calendar"
FILE_LASTS = 3600  # seconds
# Moves that other parts have pages for.
ELSEWHERE = {"agree": "agreement-current", "agree_change": "agreement-current", "review": "review"}


def of_move(deal, move) -> str:
    """Where a move is made."""
    room = reverse("marketplace:deal", args=[deal.key])
    if move.name == "answer":
        return f"{room}#write"
    if move.through == "proposals":
        return reverse("marketplace:deal-propose", args=[deal.key])
    if move.name in ELSEWHERE:
        return optional(ELSEWHERE[move.name], deal.key) or room
    return reverse("marketplace:deal-move", args=[deal.key, move.name])


def optional(name: str, *args) -> str:
    """The address of a page of another part; "" where this portal has no such part."""
    try:
        return reverse(f"marketplace:{name}", args=args)
    except NoReverseMatch:
        return ""


def of_file(attachment: Attachment) -> str:
    """The part of the address that names a file: signed, and good for an hour."""
    return signing.TimestampSigner(salt=FILE_SALT).sign(str(attachment.pk))


def read_file(token: str) -> tuple[int | None, bool]:
    """Which file a token names, and whether it is too old; None for a forged one."""
    signer = signing.TimestampSigner(salt=FILE_SALT)
    try:
        return int(signer.unsign(token, max_age=FILE_LASTS)), False
    except signing.SignatureExpired:
        return int(signer.unsign(token)), True
    except (signing.BadSignature, ValueError):
        return None, False


def files_of(messages) -> dict[int, list[dict]]:
    """The files of some messages, by message: `{name, size, token}`; one query."""
    found: dict[int, list[dict]] = {}
    rows = Attachment.objects.filter(message__in=[one.pk for one in messages]) if messages else []
    for one in rows:
        found.setdefault(one.message_id, []).append(
            {"name": one.name, "size": one.size, "token": of_file(one)}
        )
    return found


def calendar(user, deal=None) -> str:
    """The private address of a calendar: of one deal, or of all that a person sees.

    Programs ask for it for years without signing in. It ends with the password, for whoever gave it away.
    """
    token = signing.dumps([user.pk, deal.pk if deal else 0, stamp(user)], salt=CALENDAR_SALT)
    return reverse("marketplace:deals-calendar", args=[token])


def read_calendar(token: str) -> tuple[User, int] | None:
    """Whose calendar a token names, and of which deal (0: all); None for a forged or an ended one."""
    try:
        person, deal, stamped = signing.loads(token, salt=CALENDAR_SALT)
        user = User.objects.filter(pk=int(person), is_active=True).first()
        is_valid = user is not None and constant_time_compare(stamp(user), stamped)
        return (user, int(deal)) if is_valid else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def stamp(user: User) -> str:
    """Another one with each password."""
    return salted_hmac(CALENDAR_SALT, user.password, algorithm="sha256").hexdigest()[:16]
