"""What the views of members' forms share: protection that never throws typed text away."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from core.anonymous import from_here


def form_of_member(view):
    """For a view of a member's form. What was typed survives a sign-in that ran out meanwhile.

    The view gets `request.not_saved`: why a form that was sent must be shown again instead of
    saved, or "". Django's own protection would answer with a page without the form. A form from
    another site is refused as ever.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        request.not_saved = ""
        if request.method == "POST":
            if not from_here(request):
                return HttpResponseForbidden()
            if not request.user.is_authenticated:
                request.not_saved = _(
                    "You have been signed out, because this page was open for a long time. What you "
                    "wrote stands in this form. Sign in in a new window, then save here once more."
                )
            elif CsrfViewMiddleware(lambda _request: None).process_view(request, view, (), {}):
                request.not_saved = _(
                    "You have signed in anew after this page was opened, so nothing was saved yet. "
                    "What you wrote stands in this form. Save it once more."
                )
        elif not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return never_cache(csrf_exempt(wrapped))


def crumbs(*trail: tuple[str, str]) -> list[dict]:
    """Breadcrumbs from home over the member's stories to the page itself."""
    parts = [(_("Your stories"), reverse("stories-mine")), *trail]
    return [{"title": title, "url": url, "lang": ""} for title, url in parts]
