"""How allauth works here: its mails go through the outbox, its words are ours, its way on too."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import User
from accounts.permissions import can_edit
from core import outbox
from core.anonymous import visitor_address

ERRORS = {
    "duplicate_email": _("This is the address of your account already."),
    "email_password_mismatch": _("The e-mail address or the password is not right."),
    "email_taken": _("An account with this e-mail address exists already."),
    "enter_current_password": _("This is not your password."),
    "incorrect_code": _("The code is not right. Copy it from the newest mail."),
    "invalid_password_reset": _("This link is not valid any more. Ask for a new one."),
    "too_many_login_attempts": _("That was too often. Wait some minutes and try again."),
}
MESSAGES = {
    "email_confirmation_failed": _("Another account has this address."),
    "email_confirmed": _("Your e-mail address is confirmed."),
    "email_deleted": _("The new address is forgotten. Your address stays as it was."),
    "logged_out": _("You are signed out."),
    "password_changed": _("Your new password is saved."),
    "password_set": _("Your new password is saved."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Answers what allauth asks of a project."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_ajax(self, request) -> bool:
        """Pages only: nothing here is fetched by a script."""
        return False

    def get_client_ip(self, request) -> str:
        """Limits on signing in know visitors apart as those on forms do."""
        return visitor_address(request)

    def new_user(self, request) -> User:
        user = super().new_user(request)
        user.has_to_confirm = True
        return user

    def confirm_email(self, request, email_address) -> bool:
        """The one who reads the mailbox gets the address, not who has once typed it."""
        services.forget_unconfirmed(email_address.email, email_address.user)
        if not User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id):
            try:
                with transaction.atomic():
                    return super().confirm_email(request, email_address)
            except IntegrityError:  # another account has got it in this moment
                pass
        self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
        return False

    def add_message(
        self,
        request,
        level,
        message_template=None,
        message_context=None,
        extra_tags="",
        message=None,
    ):
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        message = message or MESSAGES.get(name)
        if message:
            super().add_message(request, level, extra_tags=extra_tags, message=str(message))

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Promises the mail, in the language of the account, else in that of the page."""
        kind = template_prefix.rpartition("/")[2]
        if kind == "email_deleted":
            return  # it was never this account's address, and may be a stranger's
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = user.language if user else translation.get_language()
        with translation.override(language), transaction.atomic():
            outbox.post(
                "accounts.mail",
                letter=kind,
                email=email,
                language=language,
                code=context.get("code", ""),
                path=self.path_in_mail(kind, context),
            )

    def path_in_mail(self, kind: str, context: dict) -> str:
        """Where the mail's button leads."""
        if kind == "login_code":
            ways = {"code": context["code"], "next": get_next_redirect_url(self.request) or ""}
            query = urlencode({name: value for name, value in ways.items() if value})
            return f"{reverse('account_login_link')}?{query}"
        if kind.startswith("email_confirmation"):
            return reverse("account_confirm_email", args=[context["key"]])
        if kind == "password_reset_key":
            return reverse(
                "account_reset_password_from_key",
                kwargs={"uidb36": context["uid"], "key": context["key"]},
            )
        names = {
            "account_already_exists": "account_login",
            "unknown_account": "account_signup",
        }
        return reverse(names.get(kind, "account_reset_password"))

    def get_login_redirect_url(self, request) -> str:
        """Those who may edit go on to the editing screens, others to their account."""
        name = "wagtailadmin_home" if can_edit(request.user) else "account_profile"
        return resolve_url(name)

    def get_email_verification_redirect_url(self, email_address) -> str:
        return reverse("account_profile" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account_profile")
