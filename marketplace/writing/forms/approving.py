"""What another member of the organisation says when something is wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SendBackForm(forms.Form):
    """What has to change before it can be public."""

    comment = forms.CharField(
        label=_("What has to change"),
        help_text=_("The author finds your words at the text and in a mail."),
        error_messages={
            "required": _("Write what has to change. The author finds your words at the text.")
        },
        max_length=5_000,
        widget=forms.Textarea({"class": "input", "rows": 4}),
    )
