"""Forms that narrow a list: by kind, by language, and by what that list has besides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import registry
from core.languages import language


def kinds() -> list[tuple]:
    """Every kind of item, as choices."""
    return [("", _("All kinds")), *((item.kind, item.name_plural) for item in registry.items())]


class FilterForm(forms.Form):
    """Every choice may be left open. What is not among the choices is told and filters nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=kinds)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data, codes):
        super().__init__(data, auto_id="filter-%s")
        self.fields["language"].choices = [
            ("", _("All languages")),
            *((code, language(code).name) for code in codes),
        ]

    def chosen(self, name: str) -> str:
        """What was chosen; nothing where it is not in the list."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen."""
        return any(self.chosen(name) for name in self.fields)
