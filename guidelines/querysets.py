"""How recommendations are read."""

from accounts.models import RoleAssignment
from core.querysets import ItemQuerySet


class RecommendationQuerySet(ItemQuerySet):
    """Recommendations as the public and those who work on them see them."""

    def visible_to(self, user):
        """Those in the languages in which an active person has a role for everything; all for an operator."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        whole = RoleAssignment.objects.filter(user=user, section="", country="")
        languages = whole.values("language")
        return self.filter(locale__language_code__in=languages)
