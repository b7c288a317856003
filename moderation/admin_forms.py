"""What moderators fill in: the filters of their list, and a decision with its reasons."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.languages import language
from moderation import registry
from moderation.models import Action, Case, Decision, Ground, Reason

WAITING = "waiting"


class FilterForm(forms.Form):
    """Every choice may be left open. What is not among the choices is told and filters nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), (WAITING, _("Waits for a decision")), *Case.State.choices],
    )
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", _("All reasons")), *Reason.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=lambda: [
            ("", _("All kinds")),
            *((one.kind, one.name) for one in registry.kinds()),
        ],
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [
            ("", _("All languages")),
            *((code, language(code).name) for code in settings.CONTENT_LANGUAGES),
        ],
    )

    def __init__(self, data):
        super().__init__(data, auto_id="filter-%s")

    def narrow(self, cases):
        """The cases that fit what was chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        if state := chosen.get("state"):
            cases = cases.waiting() if state == WAITING else cases.filter(state=state)
        if reason := chosen.get("reason"):
            cases = cases.filter(pk__in=cases.filter(notices__reason=reason).values("pk"))
        for name in ("kind", "language"):
            if chosen.get(name):
                cases = cases.filter(**{name: chosen[name]})
        return cases


class DecisionForm(forms.ModelForm):
    """A decision: what, on which ground, and the moderator's own words with their language."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of your words"),
        help_text=_("All that stands around them comes in the language of whoever reads it."),
        choices=lambda: [(code, language(code).name) for code in settings.INTERFACE_LANGUAGES],
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        required=False,
        choices=[("", _("None: there is nothing wrong with it")), *Ground.choices],
    )

    class Meta:
        model = Decision
        fields = ["action", "ground", "rule", "facts", "language"]
        widgets = {
            "action": forms.RadioSelect,
            "facts": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "rule": _("Such as the article of a law, or the sentence of the rules that it breaks."),
            "facts": _(
                "What you found and why it matters. The author and those who reported it read this: "
                "tell no names of theirs."
            ),
        }

    def __init__(self, *args, reader: str = "", **kwargs):
        super().__init__(
            *args, initial={"token": uuid4(), "language": reader}, auto_id="decision-%s", **kwargs
        )
        self.fields["action"].choices = Action.choices
        self.fields["facts"].max_length = 5_000
        self.fields["facts"].validators.append(forms.fields.validators.MaxLengthValidator(5_000))

    def clean(self):
        cleaned = super().clean()
        action = cleaned.get("action")
        if action and action != Action.NONE:
            if not cleaned.get("ground"):
                self.add_error("ground", ValidationError(_("Say on which ground you decide.")))
            if not cleaned.get("rule") and "rule" not in self.errors:
                self.add_error("rule", ValidationError(_("Name the law or the rule.")))
        return cleaned

    def _post_clean(self):
        """Nothing is checked against a row: the service makes it, under a lock."""
