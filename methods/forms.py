"""The questions that lead to a method."""

from django import forms
from django.utils.translation import gettext_lazy as _

import vocabularies
from methods.choosing import SIDES, Answers

MOST = 1_000


class ChooserForm(forms.Form):
    """Who asks, why, and what they have; every question may be left out."""

    side = forms.ChoiceField(
        label=_("Who are you?"), required=False, widget=forms.RadioSelect, initial="school"
    )
    motive = forms.MultipleChoiceField(
        label=_("Why do you want to work together more?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.IntegerField(
        label=_("Staff hours that you have for one round"),
        required=False,
        min_value=1,
        max_value=MOST,
    )
    learners = forms.IntegerField(
        label=_("Learners who take part"), required=False, min_value=1, max_value=MOST
    )
    experience = forms.ChoiceField(label=_("Experience together"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = vocabularies.get("method_role")
        for name in ("hours", "learners"):
            # A number field of a browser would throw away what is not a number.
            self.fields[name].widget = forms.TextInput({"class": "input", "inputmode": "numeric"})
        self.fields["experience"].widget.attrs["class"] = "select"
        self.fields["side"].choices = [(side, roles.label(side)) for side in SIDES]
        self.fields["motive"].choices = vocabularies.get(f"motive_{self.asked_side}").choices()
        self.fields["experience"].choices = [
            ("", _("Does not matter")),
            *vocabularies.get("experience").choices(),
        ]

    @property
    def asked_side(self) -> str:
        """The side whose motives are offered, whatever else was sent."""
        sent = self.data.get("side") if self.is_bound else None
        return sent if sent in SIDES else SIDES[0]

    def clean_motive(self):
        return tuple(self.cleaned_data["motive"])

    def answers(self) -> Answers:
        """What was told, as far as it is valid."""
        data = getattr(self, "cleaned_data", {})
        return Answers(
            side=self.asked_side,
            motives=data.get("motive", ()),
            hours=data.get("hours"),
            learners=data.get("learners"),
            experience=data.get("experience") or "",
        )
