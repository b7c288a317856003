"""The form of one step of a service: the fields of the page itself, with its own rules."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.member_forms import StepForm, plain_field
from core.steps import Step
from marketplace.listings.checking import SCHOOL
from marketplace.listings.models import ServicePage
from organisations.models import Organisation


class ServiceStepForm(StepForm):
    """Some fields of a draft; `writer` is whose schools can be chosen."""

    def __init__(self, *args, writer=None, **kwargs):
        super().__init__(*args, **kwargs)
        if "organisation" in self.fields:
            field = self.fields["organisation"]
            field.required = True  # a draft is somebody's too
            field.queryset = schools_of(writer, self.instance.organisation_id)
            field.empty_label = None if field.queryset.count() == 1 else _("Choose one")

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())


def schools_of(writer, chosen: int | None = None):
    """The schools that a person writes for, and the one that a draft has already."""
    editable = Organisation.objects.editable_by(writer).filter(kind=SCHOOL)
    return Organisation.objects.filter(Q(pk__in=editable.values("pk")) | Q(pk=chosen)).order_by(
        "name", "pk"
    )


def step_form(step: Step) -> type[ServiceStepForm]:
    """The form class of a step of a service."""
    return forms.modelform_factory(
        ServicePage,
        form=ServiceStepForm,
        fields=list(step.fields),
        formfield_callback=plain_field,
    )


class ConsentForm(forms.Form):
    """What the trainer declares when the service is sent."""

    agreed = forms.BooleanField(
        label=_("My school agrees: the people who decide about lessons and orders know of it."),
        error_messages={"required": _("Ask them first, then tick this.")},
    )
    no_learner = forms.BooleanField(
        label=_("No learner is named or can be recognised."),
        error_messages={"required": _("Check the texts, then tick this.")},
    )
