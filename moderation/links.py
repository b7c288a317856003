"""The signed link by which somebody follows a case and appeals, without an account."""

import datetime
from dataclasses import dataclass

from django.core import signing

from accounts.models import User
from moderation.models import Case, Notice

SALT = "moderation.case"
MONTHS = 6


@dataclass(frozen=True)
class Party:
    """One side of a case: whoever sent `notice`, or else `user`, who wrote the thing."""

    case: Case
    notice: Notice | None = None
    user: User | None = None

    @property
    def is_author(self) -> bool:
        return self.notice is None

    @property
    def email(self) -> str:
        """Where mails go; empty for a notice without a sender, and for who has left."""
        if self.notice:
            return self.notice.email
        return self.user.email if self.user.is_active else ""

    @property
    def language(self) -> str:
        return self.notice.language if self.notice else self.user.language

    @property
    def name(self) -> str:
        """This party in the payload of promised work, as in `notice:7`."""
        return f"notice:{self.notice.pk}" if self.notice else f"user:{self.user.pk}"


def party(case: Case, name: str) -> Party | None:
    """The party of a case by its name; None where it is none of the case."""
    kind, _colon, number = name.partition(":")
    if not number.isdigit():
        return None
    if kind == "notice":
        notice = case.notices.filter(pk=int(number)).first()
        return notice and Party(case, notice=notice)
    user = User.objects.select_related("wagtail_userprofile").filter(pk=int(number)).first()
    return user and Party(case, user=user)


def token(one: Party) -> str:
    """What stands in the link."""
    return signing.dumps([one.case.pk, one.name], salt=SALT)


def read(text: str) -> Party | None:
    """The party of a link; None for one that is not ours, or whose case is gone."""
    try:
        number, name = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    case = Case.objects.filter(pk=number).first()
    return case and party(case, name)


def last_day(decided: datetime.datetime) -> datetime.date:
    """The last day of an appeal, six months after the decision.

    >>> last_day(datetime.datetime(2027, 8, 31, 12, tzinfo=datetime.timezone.utc))
    datetime.date(2028, 2, 29)
    """
    months = decided.month - 1 + MONTHS
    year, month = decided.year + months // 12, months % 12 + 1
    next_first = datetime.date(year + month // 12, month % 12 + 1, 1)
    longest = (next_first - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(decided.day, longest))
