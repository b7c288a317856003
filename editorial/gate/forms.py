"""The reason of a withdrawal, the reviews of a kind of text, and pictures and files that are in use."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core import forms as files
from editorial.gate import media
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


class StaysMixin:
    """Says at the field what `media.guard_save` would refuse."""

    def clean(self):
        data = super().clean()
        changed = [name for name in self.changed_data if name in media.SHOWN - set(self.errors)]
        if changed and self.instance.pk and media.is_in_use(self.instance):
            for name in changed:
                is_hidden = self.fields[name].widget.is_hidden
                self.add_error(None if is_hidden else name, media.InUse.message)
        return data


class ImageForm(StaysMixin, files.ImageForm):
    """The form of a picture."""


class DocumentForm(StaysMixin, files.DocumentForm):
    """The form of a file."""
