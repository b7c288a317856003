"""Who may see registrations and totals."""

from accounts.models import Role
from accounts.permissions import languages_of


def can_see_registrations(user) -> bool:
    """Whether there is an event, in any language, whose list the person might see.

    Which ones is what `EventPage.objects.visible_to(user)` answers.
    """
    return user.is_active and (user.is_superuser or bool(languages_of(user, Role.EDITOR)))


def can_see_totals(user) -> bool:
    """Totals name nobody: every editor may have them."""
    return can_see_registrations(user)
