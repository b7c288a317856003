"""The pages of one's account. Names as allauth has them, so that its own redirects find them; those
of its pages that nothing leads to have no address."""

from allauth.account import views as allauth_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts import views
from accounts.views import private

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

ROUTES = [
    ("", views.profile, "account_profile"),
    ("login/", views.LoginView.as_view(), "account_login"),
    ("login/link/", views.login_link, "account_login_link"),
    ("login/code/", to_login, "account_request_login_code"),
    ("login/code/confirm/", views.CodeView.as_view(), "account_confirm_login_code"),
    ("logout/", allauth_views.logout, "account_logout"),
    ("closed/", allauth_views.account_inactive, "account_inactive"),
    ("signup/", views.SignupView.as_view(), "account_signup"),
    ("email/", allauth_views.email, "account_email"),
    ("email/sent/", allauth_views.email_verification_sent, "account_email_verification_sent"),
    ("password/change/", allauth_views.password_change, "account_change_password"),
    ("password/set/", allauth_views.password_set, "account_set_password"),
    ("password/reset/", allauth_views.password_reset, "account_reset_password"),
    ("password/reset/sent/", allauth_views.password_reset_done, "account_reset_password_done"),
    (
        "password/reset/done/",
        to_login,
        "account_reset_password_from_key_done",
    ),
    ("no-access/", views.no_access, "account_no_access"),
    ("invitation/<str:token>/", views.invitation, "account_invitation"),
]
urlpatterns = [
    *(path(route, private(view), name=name) for route, view, name in ROUTES),
    re_path(
        r"^email/confirm/(?P<key>[-:\w]+)/$",
        private(allauth_views.confirm_email),
        name="account_confirm_email",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        private(allauth_views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
