"""What people fill in around agreements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.anonymous import AnonymousForm
from core.languages import language
from core.member_forms import WritingForm, plain
from core.text import without_controls
from marketplace.agreements.models import Evidence

LONGEST_TEXT = 200_000  # no document is longer


class AcceptForm(forms.Form):
    """Accepts exactly the text whose hash the page shows."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_(
            "It is kept with the text, together with your role and the time. Both sides see it."
        ),
        widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
        error_messages={"required": _("Write your name: an agreement says who accepted it.")},
    )
    agree = forms.BooleanField(
        label=_("Accepted"), error_messages={"required": _("Tick the box if you accept the text.")}
    )

    def clean_name(self):
        name = " ".join(without_controls(self.cleaned_data["name"]).split())
        if not name:
            raise forms.ValidationError(_("Write your name: an agreement says who accepted it."))
        return name


class VerifyForm(AnonymousForm):
    """Anybody asks about a document: by its hash, or by its whole text."""

    purpose = "marketplace.verify"
    limit = 60

    document = forms.CharField(
        label=_("Fingerprint or text of the document"),
        max_length=LONGEST_TEXT,
        help_text=_(
            "The fingerprint has 64 letters and digits and stands at the foot of each page. Or paste "
            "the whole content of the text file."
        ),
        widget=forms.Textarea({"class": "input", "rows": 4}),
        error_messages={"required": _("Paste a fingerprint or a text.")},
    )


class EvidenceForm(WritingForm):
    """What learners did and showed. Names of learners do not belong here."""

    language = forms.ChoiceField(
        label=_("Language in which you write"), widget=forms.Select({"class": "select"})
    )

    class Meta:
        model = Evidence
        fields = ["language", "programme", "did", "outcomes", "hours"]
        help_texts = {
            "programme": _("What the learners are trained for."),
            "did": _("In a few sentences, without names of learners."),
            "outcomes": _("One on each line, in words that an employer understands."),
            "hours": _("How many hours one learner worked on it."),
        }

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language(code).name) for code in languages]
        for name in ("programme", "did", "outcomes"):
            plain(self.fields[name])
        hours = self.fields["hours"]
        hours.min_value, hours.max_value = 1, 5000
        hours.validators += [
            forms.fields.validators.MinValueValidator(1),
            forms.fields.validators.MaxValueValidator(5000),
        ]
        hours.widget = forms.NumberInput({"class": "input input--short", "min": 1, "max": 5000})
