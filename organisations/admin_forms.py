"""The forms of the desk: record, verification, merging, campaign."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from core.languages import language
from organisations import campaigns, services
from organisations.forms import FIELDS, tell_change
from organisations.models import Campaign, Organisation, Verification


class DeskRecordForm(WagtailAdminModelForm):
    """Everything of a record; `version` tells whether somebody saved it meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        fields = [*FIELDS, "internal_note", "is_demonstration"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def save(self, commit=True):
        """A new record, or a change of one; raises `services.Changed` where somebody was faster."""
        if self.instance.pk is None:
            return super().save(commit)
        values = {name: self.cleaned_data[name] for name in self._meta.fields}
        return services.change(self.instance, self.cleaned_data["version"], values)

    def tell_change(self, current: Organisation) -> None:
        tell_change(self, current, self._meta.fields)


class VerificationForm(forms.ModelForm):
    """What a desk has checked."""

    class Meta:
        model = Verification
        fields = ["checked", "desk", "on", "valid_until", "note"]
        widgets = {"on": AdminDateInput, "valid_until": AdminDateInput}


class WithdrawForm(forms.Form):
    """Why a verification does not hold any more."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}))


class MergeForm(forms.Form):
    """Which two records are one organisation, and which of them stays."""

    other = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("The same organisation as"),
        help_text=_("Records of the same country."),
    )
    keep = forms.ChoiceField(label=_("Which record stays"), widget=forms.RadioSelect)
    compared = forms.BooleanField(
        label=_("I have compared both. This cannot be undone."),
    )

    def __init__(self, organisation: Organisation, *args, **kwargs):
        super().__init__(*args, **kwargs)
        same_country = Organisation.objects.current().filter(country=organisation.country)
        self.fields["other"].queryset = same_country.exclude(pk=organisation.pk)
        self.fields["other"].label_from_instance = lambda one: f"{one.name}, {one.place}"
        self.fields["keep"].choices = [
            ("this", organisation.name),
            ("other", _("The other record")),
        ]


class CampaignForm(WagtailAdminModelForm):
    """A campaign with addresses to add; those that it has stay."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [(code, language(code).name) for code in settings.INTERFACE_LANGUAGES],
    )
    addresses = forms.CharField(
        label=_("Add e-mail addresses"),
        help_text=_("Paste them here: one on each line, or with commas between them."),
        required=False,
        widget=forms.Textarea,
    )

    class Meta:
        model = Campaign
        fields = ["name", "language", "text", "addresses"]

    def clean_addresses(self):
        good, bad = campaigns.addresses(self.cleaned_data["addresses"])
        if bad:
            raise forms.ValidationError(
                _("These are no e-mail addresses: %(bad)s") % {"bad": ", ".join(bad[:20])}
            )
        if len(good) > campaigns.MOST:
            raise forms.ValidationError(
                _("At most %(most)s addresses at once.") % {"most": campaigns.MOST}
            )
        return good

    def save(self, commit=True):
        if self.instance.pk is None:
            self.instance.created_by = self.for_user
        campaign = super().save(commit)
        if commit:
            campaigns.add_recipients(campaign, self.cleaned_data["addresses"])
        return campaign
