"""Needs: written by members, by a desk for somebody else, and by those who have no account yet."""

import datetime
import hashlib
from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as people
from accounts.models import User
from core import outbox
from core.drafts import mark_of
from core.member_pages import ChangedMeanwhile, Refused, held
from marketplace.listings.confidential import NeedDetails
from marketplace.listings.models import NeedIndexPage, NeedPage
from marketplace.writing import permissions, services
from marketplace.writing.models import PendingNeed
from organisations import services as records
from organisations.models import Organisation

SALT = "marketplace.need"
KEPT = datetime.timedelta(days=14)
AN_HOUR = datetime.timedelta(hours=1)
MAIL_AGAIN_AFTER = datetime.timedelta(minutes=10)  # when a form says nothing new
MAILS_PER_HOUR = 5  # to one address


class LinkUnknown(Exception):
    """The link was never made here, is too old, or there is a newer one."""


class TooManyMails(Refused):
    """No more mails go to an address for now."""

    message = _("Several mails went to this address already. Open the link in the newest one.")


# ---- What members write ---------------------------------------------------------------------


def index_of(language: str) -> NeedIndexPage:
    return NeedIndexPage.objects.live().get(locale__language_code=language)


@transaction.atomic
def begin(
    author,
    key: UUID,
    language: str,
    values: dict,
    details: str,
    organisation: Organisation,
    desk: Organisation | None = None,
) -> NeedPage:
    """The draft of a new need; with the same `key` it is made once.

    `desk` is who enters it for the organisation. Raises `TooManyDrafts`.
    """
    need = NeedPage(translation_key=key, organisation=organisation, entered_by_desk=desk, **values)
    made = services.add(need, index_of(language), author, "need")
    if made is need:
        set_details(need, author, details)
    return made


@transaction.atomic
def begin_for(author, key: UUID, language: str, values: dict, details: str, about: dict, desk):
    """The draft of a need that a desk enters for an organisation, whose record is found or made."""
    if not permissions.can_enter_for_others(author):
        raise Refused
    organisation = record_of(about)
    if organisation is None:
        organisation = records.register(Organisation(**about), None, "", language)
    if organisation == desk:
        desk = None
    return begin(author, key, language, values, details, organisation, desk)


def record_of(about: dict) -> Organisation | None:
    """The record of an organisation of this name in this country."""
    return Organisation(name=about["name"], country=about["country"]).namesake()


def set_details(need: NeedPage, by, text: str) -> None:
    """Keeps the confidential part beside the page, where no version of the page holds it."""
    if not text:
        NeedDetails.objects.filter(need_key=need.translation_key).delete()
        return
    NeedDetails.objects.update_or_create(
        need_key=need.translation_key, defaults={"text": text, "updated_by": by}
    )


def details_of(need: NeedPage) -> str:
    """The confidential part, for those who write the need."""
    found = NeedDetails.objects.filter(need_key=need.translation_key)
    return found.values_list("text", flat=True).first() or ""


def mark(draft: NeedPage, details: str, names) -> str:
    """A mark of what a draft and its confidential part hold; it tells nothing of either."""
    return hashlib.sha256(f"{mark_of(draft, names)}{details}".encode()).hexdigest()


@transaction.atomic
def save(need: NeedPage, author, values: dict, details: str, seen: str) -> NeedPage:
    """Saves the whole need into its draft; what is the same already is left as it is.

    `seen` is the `mark` when the form was opened. Raises `ChangedMeanwhile` where it is something
    else by now, `NotNow` where the need is in review.
    """
    need = held(need)
    if not permissions.can_write(author, need):
        raise services.NotNow
    draft = need.get_latest_revision_as_object()
    stored = details_of(need)
    before, text_before = mark(draft, stored, values), mark_of(draft, values)
    for name, value in values.items():
        setattr(draft, name, value)
    if mark(draft, details, values) == before:
        return need
    if before != seen:
        raise ChangedMeanwhile
    if mark_of(draft, values) != text_before:
        services.store(need, draft, author, "title" in values)
    set_details(need, author, details)
    return need


# ---- What is sent without an account --------------------------------------------------------


@transaction.atomic
def keep(submission: UUID, email: str, language: str, values: dict) -> None:
    """Keeps what somebody without an account has sent, and promises the mail with the link.

    `submission` names the form: sent again with other words, those count, and only the newest link
    works. Raises `TooManyMails`.
    """
    if NeedPage.objects.filter(translation_key=key_of(submission)).exists():
        return
    now, email = timezone.now(), email.strip().lower()
    pending, made = PendingNeed.objects.get_or_create(
        submission=submission,
        defaults={"email": email, "language": language, "values": values},
    )
    pending = PendingNeed.objects.select_for_update().get(pk=pending.pk)
    is_same = pending.values == values and pending.email == email
    if pending.mailed_at and is_same and pending.mailed_at > now - MAIL_AGAIN_AFTER:
        return
    lately = PendingNeed.objects.filter(email=email, mailed_at__gt=now - AN_HOUR)
    if (lately.aggregate(sent=Sum("mails"))["sent"] or 0) >= MAILS_PER_HOUR:
        if made:
            pending.delete()
        raise TooManyMails
    if not is_same:
        pending.email, pending.values, pending.nonce = email, values, uuid4()
    pending.language, pending.mailed_at = language, now
    pending.mails += 1
    pending.save()
    outbox.post("marketplace.need", pending_id=pending.pk)


def key_of(submission: UUID) -> UUID:
    """The key of the need that becomes of a form."""
    return uuid5(submission, "marketplace/need")


def token(pending: PendingNeed) -> str:
    """What stands in the link."""
    return signing.dumps([pending.submission.hex, pending.nonce.hex], salt=SALT)


def read(token: str) -> tuple[PendingNeed | None, NeedPage | None]:
    """What waits behind a link, or the need that has become of it; raises `LinkUnknown`."""
    try:
        submission, nonce = signing.loads(token, salt=SALT, max_age=KEPT)
    except signing.BadSignature as error:
        raise LinkUnknown from error
    need = NeedPage.objects.filter(translation_key=key_of(UUID(submission))).first()
    pending = PendingNeed.objects.filter(submission=submission, nonce=nonce).first()
    if need is None and pending is None:
        raise LinkUnknown
    return (None, need) if need else (pending, None)


@transaction.atomic
def follow(
    pending: PendingNeed,
    user: User | None,
    language: str,
    choose: Callable[[User], Organisation | dict],
    written: tuple[dict, str, bool],
) -> tuple[User, NeedPage]:
    """Makes of what was sent a need in review, with the account and the organisation where needed.

    `choose(user)` gives the organisation or what a new record says; `written` is the page's values, the
    confidential part, and whether the need is whole: else it stays a draft. The waiting row is deleted.
    A link that is followed twice gives the same need. Raises `accounts.services.AddressTaken`,
    `ValidationError` about the organisation, and `TooManyDrafts`.
    """
    row = PendingNeed.objects.select_for_update().filter(pk=pending.pk).first()
    key = key_of(pending.submission)
    if row is None:
        need = NeedPage.objects.get(translation_key=key)
        return need.owner, need
    if user is None:
        user = people.open_account(row.email, row.language)
    chosen = choose(user)
    values, details, is_whole = written
    if isinstance(chosen, dict):
        if record_of(chosen):
            told = _(
                "An organisation of this name is registered already, and you are not among its "
                "owners and editors. Ask one of them to invite you, then open the link again. Or "
                "write another name."
            )
            raise ValidationError({"name": told})
        chosen = records.register(Organisation(**chosen), user, "", language)
    need = begin(user, key, language, values, details, chosen)
    if is_whole:
        try:
            with transaction.atomic():
                services.send(need, user)
        except PermissionDenied:
            pass  # it is a draft then, and its page says what it lacks
    row.delete()
    return user, need


def forget_old() -> int:
    """Deletes what nobody has followed for two weeks; returns how many."""
    return PendingNeed.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
