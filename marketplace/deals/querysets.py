"""How deals are read, and whose they are."""

from django.db.models import Case, Count, Q, QuerySet, Value, When

from marketplace.deals.states import BOTH, OVER, PARTIES, Side, State
from organisations.models import Membership, MembershipRole, Organisation

ACTING = (MembershipRole.OWNER, MembershipRole.EDITOR)  # who acts for an organisation in a deal
MEDIATED = (State.DISPUTED, State.RESOLVED)
MEDIATE = "marketplace.mediate"


def attended(side: str) -> Q:
    """Whether somebody can act for a side, or for the record into which its own was merged.

    The members are looked up once, not for each deal.
    """
    people = Membership.objects.filter(role__in=ACTING, user__is_active=True)
    known = people.order_by().values("organisation")
    return Q(**{f"{side}__in": known}) | Q(**{f"{side}__merged_into__in": known})


class DealQuerySet(QuerySet):
    """Deals belong to the two organisations; of merged records the one that was kept counts."""

    def visible_to(self, user):
        """The deals of one's organisations; for a desk those that it mediates or that nobody attends."""
        if user is None or user.pk is None or not user.is_active:
            return self.none()
        mine = self._of(user, *PARTIES)
        if not user.has_perm(MEDIATE):
            return self.filter(mine)
        return self.filter(mine | Q(state__in=MEDIATED) | (~Q(state__in=OVER) & self._unattended()))

    def of(self, user, side: Side):
        """Those in which a person acts for this side."""
        if user is None or user.pk is None or not user.is_active:
            return self.none()
        if side in PARTIES:
            return self.filter(self._of(user, side))
        if side != Side.DESK or not user.has_perm(MEDIATE):
            return self.none()
        return self.filter(state__in=MEDIATED).exclude(self._of(user, *PARTIES))

    def of_organisation(self, organisation: Organisation):
        """Those of a record and of the records that were merged into it."""
        same = Q()
        for side in PARTIES:
            same |= Q(**{side: organisation}) | Q(**{f"{side}__merged_into": organisation})
        return self.filter(same)

    def open(self):
        """Those that are not over."""
        return self.exclude(state__in=OVER)

    def over(self):
        return self.filter(state__in=OVER)

    def waiting_for(self, side: Side):
        """Those in which the next move is this side's."""
        parties = [side, BOTH] if side in PARTIES else [side]
        return self.filter(awaits__in=parties)

    def waiting_for_person(self, user):
        """Those in which the next move is a person's: for whichever side they act."""
        if user is None or user.pk is None or not user.is_active:
            return self.none()
        wanted = Q(
            pk__in=self.model.objects.of(user, Side.DESK).waiting_for(Side.DESK).values("pk")
        )
        for side in PARTIES:
            wanted |= self._of(user, side) & Q(awaits__in=[side, BOTH])
        return self.filter(wanted)

    def unattended(self):
        """Those with a side for which nobody can act at present."""
        return self.open().filter(self._unattended())

    def counts(self, user) -> dict[str, int]:
        """How many of these deals wait for a person, are open, and are over: in one query."""
        waiting = self.model.objects.waiting_for_person(user).values("pk")
        return self.aggregate(
            waiting=Count("pk", filter=Q(pk__in=waiting)),
            open=Count("pk", filter=~Q(state__in=OVER)),
            over=Count("pk", filter=Q(state__in=OVER)),
        )

    def by_state(self) -> dict[str, int]:
        """How many stand in each state."""
        rows = self.order_by().values("state").annotate(number=Count("pk"))
        return {row["state"]: row["number"] for row in rows}

    def with_sides(self):
        """With the records of both sides and those into which they were merged."""
        return self.select_related(
            "provider", "client", "provider__merged_into", "client__merged_into"
        )

    def with_attendance(self):
        """With the records of both sides, and whether one has nobody who can act for it (`is_silent`)."""
        silent = Case(When(self._unattended(), then=Value(True)), default=Value(False))
        return self.with_sides().annotate(is_silent=silent)

    def _of(self, user, *sides: Side) -> Q:
        mine = Membership.objects.filter(user=user, role__in=ACTING).values("organisation")
        found = Q()
        for side in sides:
            found |= Q(**{f"{side}__in": mine}) | Q(**{f"{side}__merged_into__in": mine})
        return found

    def _unattended(self) -> Q:
        return ~attended("provider") | ~attended("client")
