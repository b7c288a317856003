"""One's account: signing in by password or mail, the profile, an invitation, the way to the admin."""

from functools import wraps

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import passthrough_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.forms import AcceptForm, ProfileForm
from accounts.models import Invitation, User
from accounts.permissions import can_edit
from accounts.profile import parts as profile_parts


def private(view):
    """Nobody keeps the answer: no cache, no search engine."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


# ---- Signing in ---------------------------------------------------------------------------


class StartsAnewMixin:
    """Who comes back to this page while a code waits wants something else than to type it."""

    def _redirect_to_pending_stage(self, request, stage) -> None:
        clear_login(request)


class LoginView(StartsAnewMixin, allauth_views.LoginView):
    """With the password or with a link by mail, on one page."""


class SignupView(StartsAnewMixin, allauth_views.SignupView):
    """A new account."""


class CodeView(allauth_views.ConfirmLoginCodeView):
    """The code of the mail, which the mail's link fills in."""

    def get_initial(self) -> dict:
        return {"code": self.request.GET.get("code", "")[:20]}

    def _verify_form_valid(self, form):
        services.trust_mailbox(self._process.user)
        return super()._verify_form_valid(form)


@require_safe
def login_link(request):
    """The link of the mail: it works in the browser that asked for it, so that a mail which is
    forwarded, or read by a program, lets nobody else in."""
    query = f"?{request.GET.urlencode()}"
    stage = None if request.user.is_authenticated else get_pending_stage(request)
    if request.user.is_authenticated or (stage and stage.key == LoginByCodeStage.key):
        return redirect(reverse("account_confirm_login_code") + query)
    messages.warning(
        request,
        _(
            "This link works for 15 minutes, and only in the browser in which you asked for it. Type "
            "the code of the mail there, or ask for a new link here."
        ),
    )
    return redirect(
        passthrough_next_redirect_url(request, reverse("account_login"), REDIRECT_FIELD_NAME)
    )


# ---- Profile ------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """Name and languages; the ways to change e-mail address and password, and to sign out."""
    user = User.objects.get(pk=request.user.pk)  # what is typed wrongly is not this person's name
    form = ProfileForm(request.POST or None, instance=user)
    parts = [part(request.POST or None, user=user) for part in profile_parts]
    forms = [form, *parts]
    valid = [one.is_valid() for one in forms]  # every form says what is wrong
    if all(valid):
        with transaction.atomic():
            for one in forms:
                one.save()
        with translation.override(form.cleaned_data["preferred_language"]):
            messages.success(request, _("Your profile is saved."))
            return redirect("account_profile")
    return render(
        request,
        "accounts/profile.html",
        {"form": form, "parts": parts, "can_edit": can_edit(request.user)},
    )


# ---- Invitations --------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token: str):
    """Who is invited sees by whom, and accepts: with a new account or the one that they have."""
    found = services.find_invitation(token)
    if found is None or found.state != Invitation.State.PENDING:
        return render(
            request,
            "accounts/invitation_closed.html",
            {"state": found.state if found else ""},
            status=410 if found else 404,
        )
    owner = User.objects.filter(email__iexact=found.email).first()
    signed_in = request.user if request.user.is_authenticated else None
    if owner and not signed_in:
        return redirect_to_login(request.path)
    form = AcceptForm(request.POST or None, email=found.email)
    if request.method == "POST" and owner == signed_in and (owner or form.is_valid()):
        return take_up(request, found, owner, {} if owner else form.cleaned_data)
    return render(
        request,
        "accounts/invitation.html",
        {"invitation": found, "form": form, "owner": owner, "stranger": owner != signed_in},
    )


def take_up(request, found: Invitation, owner: User | None, about: dict):
    """Accepts, signs a new account in, and leads on."""
    try:
        user = services.accept(found, owner, **about)
    except (services.NotOpen, services.AddressTaken):  # by the same link, a moment ago
        return redirect(request.path)
    inside = url_has_allowed_host_and_scheme(found.next_path, None)
    url = found.next_path if inside else reverse("account_profile")
    return redirect(url) if owner else enter(request, user, url)


def enter(request, user: User, url: str):
    """Signs a new account in, whose owner has followed a link of a mail, and leads on."""
    return perform_login(request, Login(user=user, email=user.email, redirect_url=url))


# ---- The way to the admin -----------------------------------------------------------------


def admin_login(request):
    """Stands in front of Wagtail's login: there is one way to sign in."""
    path = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(path, request.get_host()):
        path = reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(path)
    if can_edit(request.user):
        return redirect(path)
    with translation.override(request.user.language):
        return redirect("account_no_access")


@login_required
@require_safe
def no_access(request):
    """For those who are signed in and have nothing to edit."""
    if can_edit(request.user):
        return redirect("wagtailadmin_home")
    list(messages.get_messages(request))  # Wagtail has said the same
    return render(request, "accounts/no_access.html", status=403)


def admin_password_reset(request):
    """Stands in front of Wagtail's pages for a forgotten password."""
    return redirect("account_reset_password")
