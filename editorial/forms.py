"""The two decisions of a review."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm


class ApproveForm(TaskStateCommentForm):
    """An optional word for the author."""

    comment = forms.CharField(
        label=_("A word for the author (optional)"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReturnForm(TaskStateCommentForm):
    """What has to change."""

    comment = forms.CharField(
        label=_("What has to change"),
        help_text=_("The author finds your words at the text and in a mail."),
        error_messages={
            "required": _("Write what has to change. The author finds your words at the text.")
        },
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
