"""The two decisions of a review, and comments at fields."""

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


class FieldCommentForm(forms.Form):
    """A comment at a field or block; `places` are the paths that it may be about, with their names."""

    path = forms.ChoiceField(label=_("About"))
    text = forms.CharField(
        label=_("Your comment"),
        error_messages={"required": _("Write your comment.")},
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, places: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = places
        if len(places) == 1:
            self.fields["path"].widget = forms.HiddenInput()
            self.initial.setdefault("path", places[0][0])
