"""What of the board is shown, and who gets the chosen translations."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import registry
from core.languages import language
from editorial.coverage.listing import DIRECTLY, Wanted
from editorial.coverage.states import State
from editorial.filters import FilterForm
from editorial.work.forms import DueField

MINE = "mine"
AGES = {
    "7": _("In the last 7 days"),
    "30": _("In the last 30 days"),
    "90": _("In the last 90 days"),
    "older": _("More than a year ago"),
}


class BoardFilters(FilterForm):
    """The same for items and languages; `own` are the languages of the person."""

    section = forms.ChoiceField(label=_("Section"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    age = forms.ChoiceField(
        label=_("Source changed"), required=False, choices=[("", _("At any time")), *AGES.items()]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any state")), *State.choices]
    )
    q = forms.CharField(label=_("Words in the title"), required=False, max_length=100)
    field_order = ["kind", "section", "organisation", "age", "language"]

    def __init__(self, data, own: list[str], organisations: list[tuple[str, str]]):
        super().__init__(data, settings.CONTENT_LANGUAGES)
        self.own = [code for code in settings.CONTENT_LANGUAGES if code in own]
        self.fields["section"].choices = [
            ("", _("All sections")),
            *registry.sections().items(),
            (DIRECTLY, _("Directly under the home page")),
        ]
        self.fields["organisation"].choices = [("", _("All organisations")), *organisations]
        languages = self.fields["language"]
        languages.label = _("Languages")
        if self.own:
            everything, *each = languages.choices
            languages.choices = [everything, (MINE, _("My languages")), *each]

    def codes(self) -> list[str]:
        """The languages that are shown."""
        wanted = self.chosen("language")
        if wanted == MINE:
            return self.own
        return [wanted] if wanted else list(settings.CONTENT_LANGUAGES)

    def wanted(self) -> Wanted:
        """The source versions that are asked for."""
        names = set(self.fields) - {"language"}
        return Wanted(tuple(self.codes()), **{name: self.chosen(name) for name in names})


class AssignForm(forms.Form):
    """Chosen items, a language of those in which one may assign, one of its translators, and a day.

    `speaks` are the translators with those of the languages that are theirs.
    """

    language = forms.ChoiceField(label=_("Language"))
    person = forms.ChoiceField(label=_("Assign to"))
    due = DueField()

    def __init__(self, data, codes: list[str], speaks: dict[User, list[str]]):
        super().__init__(data)
        self.people = {str(person.pk): person for person in speaks}
        self.fields["language"].choices = [(code, language(code).name) for code in codes]
        self.fields["person"].choices = [
            (str(person.pk), f"{person} ({', '.join(language(code).name for code in found)})")
            for person, found in speaks.items()
        ]
        self.sent = data.getlist("item") if data is not None else []

    def clean(self):
        try:
            self.keys = [UUID(one) for one in self.sent]
        except ValueError as error:
            raise ValidationError(_("Choose from the list.")) from error
        if not self.keys:
            raise ValidationError(_("Choose at least one item in the table."))
        return super().clean()
