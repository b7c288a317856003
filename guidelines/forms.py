"""The forms of the status screen in the admin."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from core.languages import language
from guidelines.models import Status
from guidelines.services import Answered


class MoveForm(forms.Form):
    """A step that has happened: which, when, for which office, and the answer if it is one."""

    to = forms.ChoiceField(label=_("New status"), choices=Status.choices[1:])
    on = forms.DateField(
        label=_("On which day"),
        widget=AdminDateInput,
        help_text=_("The day on which it happened. Not before the last step."),
    )
    office = forms.CharField(
        label=_("Office or role"),
        max_length=150,
        required=False,
        help_text=_("Shown to readers. Left empty, it is who leads the recommendation."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For the record. Not shown to readers."),
    )
    follow_up_on = forms.DateField(
        label=_("Follow-up on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("On this day you get a mail that reminds you to ask."),
    )
    body = forms.CharField(label=_("Who answered"), max_length=150, required=False)
    text = forms.CharField(
        label=_("Their words"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("As they were given, in their own language."),
    )
    language = forms.ChoiceField(label=_("Language of the answer"), required=False)
    url = forms.URLField(label=_("Address of the answer"), required=False, assume_scheme="https")

    ANSWER = ("body", "text", "language")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        names = [(code, language(code).name) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [("", _("Choose one")), *names]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("to") == Status.ANSWERED:
            for name in self.ANSWER:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("An answer needs this."))
        return cleaned

    def answer(self) -> Answered | None:
        """The answer that was typed, where the new status is one."""
        said = self.cleaned_data
        if said["to"] != Status.ANSWERED:
            return None
        return Answered(said["body"], said["text"], said["language"], said["url"])


class FollowUpForm(forms.Form):
    """The day of the follow-up alone."""

    follow_up_on = forms.DateField(
        label=_("Follow-up on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Left empty, nobody is reminded."),
    )
