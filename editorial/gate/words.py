"""What the admin says where a guard refuses: the reason, in place of "you have no permission"."""

import sys

from django.shortcuts import redirect
from django.utils import translation
from wagtail.admin import auth, messages

from editorial.refusals import ReviewRefused

wagtails_answer = auth.permission_denied


def install() -> None:
    """Takes the place of Wagtail's answer to whatever is not permitted; safe to repeat."""
    auth.permission_denied = permission_denied


def permission_denied(request):
    """Wagtail calls it while it handles the exception, outside the person's own language."""
    refusal = sys.exception()
    if not isinstance(refusal, ReviewRefused):
        return wagtails_answer(request)
    profile = getattr(request.user, "wagtail_userprofile", None)  # the admin has read it already
    with translation.override(
        profile.get_preferred_language() if profile else translation.get_language()
    ):
        messages.error(request, str(refusal))
    return redirect("wagtailadmin_home")
