"""The reason of a withdrawal, and the reviews of a kind of text."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from editorial.gate.models import ReviewRule


class WithdrawForm(forms.Form):
    """Why a text is taken off the portal."""

    reason = forms.CharField(
        label=_("Why is it taken off?"),
        help_text=_("It stands in the history that editors and reviewers see."),
        error_messages={"required": _("Write why it is taken off.")},
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReviewRuleForm(WagtailAdminModelForm):
    """The reviews of one kind; who chose them is kept."""

    class Meta:
        model = ReviewRule
        fields = ["texts", "translations"]

    def save(self, commit=True):
        self.instance.changed_by, self.instance.changed_at = self.for_user, timezone.now()
        return super().save(commit=commit)
