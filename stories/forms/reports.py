"""The forms about a public story: "we tried this too", and "is it still true?"."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.anonymous import AnonymousForm
from core.languages import language
from core.member_forms import plain
from core.text import without_controls
from stories.tried import TriedToo

TEXTS = ("organisation", "context", "same", "different", "result")


class TriedTooForm(forms.ModelForm):
    """A report of somebody who tried what a story tells."""

    class Meta:
        model = TriedToo
        fields = ("organisation", "country", "context", "same", "different", "result", "language")
        formfield_callback = lambda field, **kwargs: plain(field.formfield(**kwargs))  # noqa: E731

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            help_text=_("The language in which you write. A reviewer of this language reads it."),
            choices=[(code, language(code).name) for code in settings.CONTENT_LANGUAGES],
            widget=forms.Select({"class": "select"}),
        )

    def clean(self):
        cleaned = super().clean()
        return cleaned | {
            name: without_controls(cleaned[name]) for name in TEXTS if name in cleaned
        }


class StillTrueForm(AnonymousForm):
    """The contact's answer about a story: it is still true, or what has changed."""

    purpose = "still-true"

    YES, CHANGED = "yes", "changed"
    answer = forms.ChoiceField(
        label=_("Is it still true?"),
        choices=[(YES, _("Yes, it is still true.")), (CHANGED, _("Something has changed."))],
        widget=forms.RadioSelect,
    )
    changed = forms.CharField(
        label=_("What has changed?"),
        help_text=_(
            "Only if something has changed. It goes to the editors; you need not rewrite it."
        ),
        max_length=4_000,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 5}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == self.CHANGED and not cleaned.get("changed"):
            self.add_error("changed", ValidationError(_("Say in a sentence what has changed.")))
        return cleaned
