"""The report of a mistake."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.anonymous import AnonymousForm


class MistakeForm(AnonymousForm):
    """What a visitor says is wrong on a page."""

    purpose = "mistake"

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Say where on the page it is, and what should stand there."),
        error_messages={"required": _("Write what is wrong.")},
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address (optional)"),
        help_text=_("For questions only. It is deleted when the mistake has been dealt with."),
        required=False,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
