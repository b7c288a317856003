"""The form of registration, for visitors without an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

import vocabularies
from core.anonymous import AnonymousForm


class RegistrationForm(AnonymousForm):
    """Who takes part. Learners leave no name."""

    purpose = "events.registration"
    limit = 20  # a school registers its staff from one network

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send you a link. You are registered when you have opened it."),
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
    )
    audience = forms.ChoiceField(
        label=_("I take part for"), widget=forms.Select({"class": "select"})
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("Learners leave this empty: we keep no names of learners."),
        widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("School, company or organisation (optional)"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"class": "input", "autocomplete": "organization"}),
    )

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        choices = vocabularies.get("event_audience").choices()
        self.fields["audience"].choices = [("", _("Choose one")), *choices]

    def clean(self):
        cleaned = super().clean()
        nameless = "name" not in self.errors and not cleaned.get("name")
        if nameless and cleaned.get("audience") not in (None, "", "learner"):
            self.add_error("name", _("Write your name, so that the hosts can greet you."))
        return cleaned

    def values(self) -> dict:
        """What `services.register` takes."""
        return {
            name: self.cleaned_data[name] for name in ("email", "audience", "name", "organisation")
        }
