"""The forms of a review and of the reply to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages import language
from core.text import without_controls
from marketplace.reviews.models import STARS

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class ReviewForm(forms.Form):
    """What one side says of the other."""

    rating = forms.TypedChoiceField(
        label=_("How did it go, all in all?"), choices=STARS, coerce=int, widget=forms.RadioSelect
    )
    on_time = forms.ChoiceField(
        label=_("Did the other side keep to the dates?"), choices=YES_NO, widget=forms.RadioSelect
    )
    would_again = forms.ChoiceField(
        label=_("Would you work with them again?"), choices=YES_NO, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What should others know?"),
        max_length=2000,
        help_text=_("What went well, what did not. Name no person."),
        widget=forms.Textarea({"class": "input", "rows": 6}),
    )
    language = forms.ChoiceField(
        label=_("Language in which you write"), widget=forms.Select({"class": "select"})
    )

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language(code).name) for code in languages]

    def clean_text(self):
        text = without_controls(self.cleaned_data["text"]).strip()
        if not text:
            raise forms.ValidationError(_("Write a sentence or two."))
        return text

    def values(self) -> dict:
        """What `services.write` takes."""
        found = dict(self.cleaned_data)
        return found | {name: found[name] == "yes" for name in ("on_time", "would_again")}


class ReplyForm(forms.Form):
    """The one reply."""

    text = forms.CharField(
        label=_("Your reply"),
        max_length=1000,
        help_text=_("It stands below the review. You can reply once."),
        widget=forms.Textarea({"class": "input", "rows": 4}),
    )
