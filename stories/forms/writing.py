"""The form of one step: the fields of the story itself, with the story's own rules."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from core import member_forms
from core.member_forms import mistakes_of, plain_field
from organisations.models import Organisation
from stories.forms.blocks import block_formset
from stories.forms.pictures import PictureForm
from stories.steps import Step
from vocabularies import postal_codes


class StepForm(member_forms.StepForm):
    """Some fields of a draft and the formsets of its streams.

    `writer` is whose organisations can be chosen. `more` names the stream that gets one more empty
    form.
    """

    def __init__(
        self, *args, step: Step, writer=None, complete: bool = True, more: str = "", **kwargs
    ):
        super().__init__(*args, step=step, complete=complete, **kwargs)
        if "organisation" in self.fields:
            self.offer_organisations(writer)
        self.picture = (
            PictureForm(
                self.data if self.is_bound else None,
                self.files if self.is_bound else None,
                draft=self.instance,
                complete=complete,
            )
            if "picture" in step.fields
            else None
        )
        self.formsets = {
            name: block_formset(
                self._model_field(name),
                self.instance,
                self.data if self.is_bound else None,
                complete,
                name == more,
            )
            for name in step.fields
            if isinstance(self._model_field(name), StreamField) and name != "picture"
        }
        if "region" in self.fields:
            self.fields["postal_code"] = forms.CharField(
                label=_("Postal code"),
                help_text=_("It gives the region. It is not kept and not shown."),
                max_length=12,
                required=False,
                widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
            )
            self.fields["region"].help_text = _(
                "Filled in from the postal code. Left empty for a whole country."
            )

    def offer_organisations(self, writer) -> None:
        """Asks for which organisation `writer` tells the story, where there is a choice."""
        offered = Organisation.objects.filter(
            Q(pk__in=Organisation.objects.editable_by(writer).values("pk"))
            | Q(pk=self.instance.organisation_id)
        ).order_by("name", "pk")
        if offered:
            self.fields["organisation"].queryset = offered
            self.fields["organisation"].empty_label = _("None of them")
        else:
            del self.fields["organisation"]

    def _model_field(self, name: str):
        return None if name not in self.step.fields else self.instance._meta.get_field(name)

    @property
    def parts(self) -> list[dict]:
        """Fields and formsets in the order of the step."""
        order = [
            other
            for name in self.step.fields
            for other in (["postal_code", name] if name == "region" else [name])
        ]
        if "language" in self.fields:
            order.append("language")
        return [
            self._part(name)
            for name in order
            if name in self.formsets or name in {*self.fields, "picture"} - {"picture_credit"}
        ]

    def _part(self, name: str) -> dict:
        if name == "picture":
            return {"picture": self.picture, "credit": self["picture_credit"]}
        return {"formset": self.formsets[name]} if name in self.formsets else {"field": self[name]}

    def clean(self):
        cleaned = super().clean()
        shown = self.picture and self.picture.is_shown
        if self.complete and shown and not cleaned.get("picture_credit"):
            self.add_error("picture_credit", _("Say whose picture it is."))
        code, country = cleaned.get("postal_code"), cleaned.get("country")
        if code and country:
            found = postal_codes.region(country, code)
            cleaned["region"] = cleaned.get("region") or found or ""
            if found is None:
                self.add_error(
                    "postal_code",
                    _(
                        "There is no such postal code in this country. It looks like this: %(pattern)s"
                    )
                    % {"pattern": postal_codes.pattern(country)},
                )
            elif not cleaned["region"]:
                self.add_error(
                    "postal_code",
                    _(
                        "No region is known for this postal code in this country. Choose the region."
                    ),
                )
        elif code:
            self.add_error("postal_code", _("Choose the country first."))
        return cleaned

    def _post_clean(self):
        """The rules of the story; those of its streams are asked with their forms."""
        super()._post_clean()
        if self.picture and self.picture.is_valid():
            self.instance.picture = self._model_field("picture").to_python(self.picture.value())
        for name, formset in self.formsets.items():
            if formset.is_valid():
                field = self._model_field(name)
                value = field.to_python(formset.value())
                setattr(self.instance, name, value)
                if self.complete and (formset.required or len(value)):
                    formset.check_stream(getattr(self.instance, name))

    def _get_validation_exclusions(self):
        """Streams are checked with their forms."""
        return super()._get_validation_exclusions() | {"picture"} | set(self.formsets)

    def is_valid(self) -> bool:
        own = super().is_valid() and (self.picture is None or self.picture.is_valid())
        return own and not any(formset.is_wrong for formset in self.formsets.values())

    def bound_fields(self, part: dict) -> list:
        if picture := part.get("picture"):
            return [picture["file"], picture["alt_text"], part["credit"]]
        if formset := part.get("formset"):
            return [bound for form in formset for bound in form.asked]
        return super().bound_fields(part)

    @property
    def mistakes(self) -> list[dict]:
        """Everything to put right, in order: `{anchor, label, message}`."""
        found = [{"anchor": "", "label": "", "message": m} for m in self.non_field_errors()]
        for part in self.parts:
            if formset := part.get("formset"):
                found += [
                    {"anchor": formset.name, "label": formset.label, "message": message}
                    for message in formset.non_form_errors()
                ]
            found += mistakes_of(self.bound_fields(part))
        return found


def step_form(step: Step, model) -> type[StepForm]:
    """The form class of a step of a story."""
    streams = {f.name for f in model._meta.get_fields() if isinstance(f, StreamField)}
    return forms.modelform_factory(
        model,
        form=StepForm,
        fields=[name for name in step.fields if name not in streams],
        formfield_callback=plain_field,
    )


class ConsentForm(forms.Form):
    """What the author declares when the story is sent."""

    no_learner = forms.BooleanField(
        label=_("No learner is named or can be recognised."),
        error_messages={"required": _("Check the texts and the voices, then tick this.")},
    )
    may_publish = forms.BooleanField(
        label=_("I may publish this, and it may be used under the licence that I chose."),
        error_messages={"required": _("Without this the editors cannot publish the story.")},
    )
    picture = forms.BooleanField(
        label=_(
            "The picture may be used under this licence too. Everybody who can be recognised in it "
            "has agreed, and none of them is under 18."
        ),
        error_messages={
            "required": _("Without this the picture cannot be shown. You can remove it.")
        },
    )

    def __init__(self, *args, has_picture: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_picture:
            del self.fields["picture"]
