"""Why a deal does not do what somebody wanted, in words for them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class Refused(PermissionDenied):
    """This move is not possible, or not for this person; `str()` says why."""

    message = _("This step is not possible.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.message)


class Stale(Refused):
    """The deal has changed since the form was opened."""

    message = _("The deal has changed meanwhile. Look at it again before you decide.")
