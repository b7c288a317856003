"""Where editors retire terms in the admin."""

from django import forms
from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet

from vocabularies import retired
from vocabularies.fields import SchemeMixin
from vocabularies.models import RetiredTerm


def scheme_names() -> dict[str, str]:
    """The schemes that pages use, by what their fields are called."""
    return {
        field.scheme: capfirst(field.verbose_name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SchemeMixin)
    }


def terms() -> list:
    """The terms that are still offered, grouped by scheme, for a form."""
    return [
        (name, [(f"{scheme}/{code}", label) for code, label in retired.offered(scheme)])
        for scheme, name in sorted(scheme_names().items(), key=lambda pair: pair[1])
    ]


class RetiredTermForm(WagtailAdminModelForm):
    """A term and the reason."""

    term = forms.ChoiceField(label=_("Term"), choices=terms)

    class Meta:
        model = RetiredTerm
        fields = ["reason"]

    field_order = ["term", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["term"]

    def clean(self):
        cleaned = super().clean()
        if "term" in cleaned:
            self.instance.scheme, self.instance.code = cleaned["term"].split("/", 1)
        return cleaned


class RetiredTermViewSet(ModelViewSet):
    """The terms that forms do not offer any more."""

    model = RetiredTerm
    icon = "list-ul"
    menu_label = _("Retired terms")
    menu_order = 620
    add_to_settings_menu = True
    list_display = ["label", "scheme", "reason", "since"]
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return RetiredTermForm


retired_terms = RetiredTermViewSet("retired_terms")
