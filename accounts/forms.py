"""Forms of the account: allauth's in our words and looks, the profile, an invitation."""

from allauth.account import forms as allauth_forms
from allauth.account.fields import EmailField, PasswordField, SetPasswordField
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts import services
from accounts.models import Invitation, User
from core.languages import language

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("The new password again")
PASSWORD_HINT = _("At least 8 characters. Not a common word, and not your name.")
SIGNUP_PASSWORD_HINT = _(
    "Without one you sign in with a link that we send by mail. With one: at least 8 characters, not"
    " a common word, and not your name."
)
MOST_LANGUAGES = 5


class LookMixin:
    """Our classes on every control, and no placeholder: a label says it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            attributes = field.widget.attrs
            attributes.pop("placeholder", None)
            is_select = isinstance(field.widget, forms.Select)
            attributes["class"] = "select" if is_select else "input"
            if isinstance(field, EmailField):
                field.label = EMAIL
            if isinstance(field, SetPasswordField):
                field.help_text = PASSWORD_HINT


class LoginForm(LookMixin, allauth_forms.LoginForm):
    """E-mail address and password; the second button asks for a link by mail instead."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label, password.help_text, password.required = PASSWORD, "", False

    @property
    def by_mail(self) -> bool:
        return "by_mail" in self.data

    def clean(self):
        if self.by_mail:
            self.cleaned_data.pop("password", None)
        elif not self.cleaned_data.get("password"):
            self.add_error("password", _("Enter your password, or ask for a link by mail."))
        return super().clean()

    def _clean_with_password(self, credentials):
        try:
            return super()._clean_with_password(credentials)
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data


class SignupForm(LookMixin, allauth_forms.SignupForm):
    """Name, e-mail address and, if one wants, a password."""

    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    field_order = ["email", "first_name", "last_name", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_controls(self)
        self.fields["email"].label = EMAIL
        password = self.fields["password1"]
        password.label = _("Password, if you want one")
        password.help_text = SIGNUP_PASSWORD_HINT

    def custom_signup(self, request, user) -> None:
        services.set_language(user, get_language())


def name_controls(form) -> None:
    """Lets browsers fill in the two names, and says that they may be left out."""
    form.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
    form.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
    form.fields["first_name"].help_text = _("Leave the names empty if you like.")


class CodeForm(LookMixin, allauth_forms.ConfirmLoginCodeForm):
    """The code of the mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the mail")


class EmailForm(LookMixin, allauth_forms.AddEmailForm):
    """A new e-mail address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ResetForm(LookMixin, allauth_forms.ResetPasswordForm):
    """Whose password is to be a new one."""


class NewPasswordMixin(LookMixin):
    """A new password, typed twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = NEW_PASSWORD
        self.fields["password2"].label = AGAIN

    def clean(self):
        cleaned = forms.Form.clean(self)
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned


class NewPasswordForm(NewPasswordMixin, allauth_forms.ResetPasswordKeyForm):
    """From the link of a mail."""


class SetPasswordForm(NewPasswordMixin, allauth_forms.SetPasswordForm):
    """The first password of an account."""


class ChangePasswordForm(NewPasswordMixin, allauth_forms.ChangePasswordForm):
    """Another password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old = self.fields["oldpassword"]
        old.label, old.help_text = _("Your password until now"), ""


def language_choices() -> list[tuple[str, str]]:
    """The interface languages, each named in itself."""
    return [(code, language(code).name) for code in settings.INTERFACE_LANGUAGES]


class ProfileForm(LookMixin, forms.ModelForm):
    """Name, language of menus and mails, and the languages that one reads, the best first."""

    preferred_language = forms.ChoiceField(
        label=_("Language of menus and mails"), choices=language_choices
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        labels = {"first_name": _("First name"), "last_name": _("Last name")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_controls(self)
        self.fields["preferred_language"].initial = self.instance.language
        known = self.instance.reading_languages
        for number in range(1, MOST_LANGUAGES + 1):
            self.fields[f"reads_{number}"] = forms.ChoiceField(
                label=_("Language %(number)s") % {"number": number},
                choices=[("", _("None")), *((c, language(c).name) for c, _n in settings.LANGUAGES)],
                required=False,
                initial=known[number - 1] if number <= len(known) else "",
                widget=forms.Select({"class": "select"}),
            )

    def reading_fields(self):
        """The fields of the languages that one reads, in their order."""
        return [self[f"reads_{number}"] for number in range(1, MOST_LANGUAGES + 1)]

    def save(self, commit=True):
        said = [self.cleaned_data[field.name] for field in self.reading_fields()]
        return services.change_profile(
            self.instance,
            first_name=self.cleaned_data["first_name"],
            last_name=self.cleaned_data["last_name"],
            language=self.cleaned_data["preferred_language"],
            reading_languages=list(dict.fromkeys(code for code in said if code)),
        )


class AcceptForm(LookMixin, forms.Form):
    """What a new account may begin with."""

    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    password = PasswordField(
        label=_("Password, if you want one"),
        help_text=SIGNUP_PASSWORD_HINT,
        autocomplete="new-password",
        required=False,
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        name_controls(self)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password"):
            names = {name: cleaned.get(name, "") for name in ("first_name", "last_name")}
            try:
                validate_password(cleaned["password"], User(email=self.email, **names))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class InvitationForm(WagtailAdminModelForm):
    """Whom an operator invites."""

    language = forms.ChoiceField(label=_("Language of the mail"), choices=language_choices)

    class Meta:
        model = Invitation
        fields = ["email", "language"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("An account with this e-mail address exists already."))
        return email

    def save(self, commit=True):
        self.instance = services.invite(
            self.cleaned_data["email"], self.cleaned_data["language"], self.for_user
        )
        return self.instance


class InvitationChangeForm(WagtailAdminModelForm):
    """What becomes of an invitation."""

    action = forms.ChoiceField(
        label=_("What shall be done?"),
        choices=[
            ("send", _("Send it again, valid for 14 days more")),
            ("withdraw", _("Withdraw it")),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Invitation
        fields: list[str] = []

    def clean(self):
        if self.instance.state not in (Invitation.State.PENDING, Invitation.State.EXPIRED):
            raise ValidationError(_("This invitation is not open any more."))
        return super().clean()

    def save(self, commit=True):
        one = self.instance
        if self.cleaned_data["action"] == "withdraw":
            services.withdraw(one)
            return one
        return services.invite(one.email, one.language, self.for_user, one.next_path, one.purpose)
