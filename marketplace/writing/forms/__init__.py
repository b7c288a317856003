"""The forms of members: the steps of a service, its capacity windows, a need."""

from marketplace.writing.forms.capacity import windows_formset
from marketplace.writing.forms.needs import (
    AboutForm,
    DeskForm,
    GuardForm,
    NeedForm,
    OrganisationForm,
)
from marketplace.writing.forms.services import ConsentForm, ServiceStepForm, step_form

__all__ = [
    "AboutForm",
    "ConsentForm",
    "DeskForm",
    "GuardForm",
    "NeedForm",
    "OrganisationForm",
    "ServiceStepForm",
    "step_form",
    "windows_formset",
]
