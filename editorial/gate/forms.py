"""The reason of a withdrawal, and the operator's exceptions from review."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from editorial.gate.guards import reviewed_types
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
    """Offers the kinds that are reviewed, by the names that editors know."""

    class Meta:
        model = ReviewRule
        fields = ["content_type", "texts", "translations"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = reviewed_types()
        field = self.fields["content_type"]
        field.queryset = field.queryset.filter(pk__in=[kind.pk for kind in kinds.values()])
        names = {kind.pk: capfirst(str(model._meta.verbose_name)) for model, kind in kinds.items()}
        field.label_from_instance = lambda kind: names[kind.pk]

    def save(self, commit=True):
        self.instance.changed_by = self.for_user
        return super().save(commit=commit)
