"""How cases are read."""

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from accounts.models import Role
from accounts.permissions import languages_of


class CaseQuerySet(QuerySet):
    """What was reported, of the languages of a moderator."""

    def visible_to(self, user):
        """Those of the languages in which `user` is moderator; operators see all."""
        if user is None or not user.is_active or user.pk is None:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(language__in=languages_of(user, Role.MODERATOR))

    def waiting(self):
        """Those about which somebody has to decide."""
        return self.filter(state__in=["open", "appealed"])

    def in_turn(self):
        """What waits first, and of that what has waited longest; the rest newest first."""
        waits = Case(
            When(state__in=["open", "appealed"], then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return self.annotate(waits=waits, number_of_notices=Count("notices")).order_by(
            "waits",
            Case(When(state__in=["open", "appealed"], then="created_at")),
            "-decided_at",
            "pk",
        )
