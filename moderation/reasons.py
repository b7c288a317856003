"""Where somebody concerned reads why a thing was taken off the portal."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from moderation import links
from moderation.links import Party
from moderation.models import Case
from organisations.models import Membership


def addresses(kind: str, keys: Iterable[str], user: User) -> dict[str, str]:
    """The case of each thing that was taken off, by its key, for whoever is a party of it.

    Parties are the authors, the owners of the organisation, and who reported it with this account.
    No query where there are no keys.
    """
    keys = list(keys)
    if not keys or not user.is_authenticated:
        return {}
    cases = Case.objects.filter(kind=kind, key__in=keys, is_down=True).order_by("pk")
    cases = cases.prefetch_related("authors", "organisations", "notices")
    mine = Membership.objects.filter(user=user, role="owner")
    own = set(mine.values_list("organisation", flat=True))
    found = {}
    for case in cases:
        one = party(case, user, own)
        if one:
            found[case.key] = reverse("moderation:case", args=[links.token(one)])
    return found


def party(case: Case, user: User, own: set[int]) -> Party | None:
    """The person as a party of a case whose people were read already."""
    if user in case.authors.all() or own & {one.pk for one in case.organisations.all()}:
        return Party(case, user=user)
    notice = next((one for one in case.notices.all() if one.user_id == user.pk), None)
    return notice and Party(case, notice=notice)
