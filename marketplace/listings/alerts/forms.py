"""The form that saves a search, for visitors without an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.anonymous import AnonymousForm
from marketplace.listings.alerts.models import How


class AlertForm(AnonymousForm):
    """Where the mails go, and how soon."""

    purpose = "marketplace.alert"
    limit = 30  # a school or an office has one network

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send you a link. The mails begin when you have opened it."),
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
    )
    how = forms.ChoiceField(
        label=_("When shall we write?"),
        choices=How.choices,
        initial=How.DAILY,
        widget=forms.RadioSelect,
    )
