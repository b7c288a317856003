"""The form of a need, and who has it."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import vocabularies
from core.anonymous import AnonymousForm
from core.member_forms import LONGEST, WritingForm, language_field, mistakes_of, plain_field
from core.text import without_controls
from marketplace.listings.models import NeedPage
from organisations.models import Organisation
from vocabularies.fields import CodeFormField

FIELDS = (
    "title",
    "outcome",
    "problem",
    "need_kind",
    "category",
    "deadline",
    "place",
    "budget",
    "languages",
    "supervision",
)
# The parts in which the form is shown, each below a heading.
PARTS = (
    (_("What you need"), ("title", "outcome", "problem", "need_kind", "category")),
    (
        _("When, where, for how much"),
        ("deadline", "place", "budget", "languages", "supervision"),
    ),
    (_("Only for verified schools"), ("details",)),
)


class NeedForm(WritingForm):
    """A need with its confidential part, which is no field of the page.

    `complete` asks for everything that a public need must have; `languages` are the codes of those in
    which a new one can be written.
    """

    details = forms.CharField(
        label=_("Confidential part (can be left empty)"),
        help_text=_(
            "Readers see only that there is one. Schools that a desk has verified can read it."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 3}),
    )

    class Meta:
        model = NeedPage
        fields = FIELDS
        formfield_callback = plain_field

    def __init__(self, *args, complete: bool = True, codes=(), details: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.complete = complete
        self.initial.setdefault("details", details)
        if self.instance.pk is None:
            self.initial["need_kind"] = self.initial.get("need_kind") or "project"
            here = get_language()
            known = vocabularies.get("language").codes
            self.initial["languages"] = self.initial.get("languages") or (
                [here] if here in known else []
            )
        title = self.fields["title"]
        title.label = _("What do you need?")
        title.help_text = _(
            "In a few words, as a headline. For example: A menu in two languages, with pictures."
        )
        title.max_length = 120
        title.validators.append(forms.fields.validators.MaxLengthValidator(120))
        title.widget.attrs["maxlength"] = 120
        self.fields["outcome"].label = _("What should be there in the end?")
        self.fields["outcome"].help_text = _("In one sentence. It stands in lists.")
        self.fields["deadline"].widget = forms.DateInput(
            {"class": "input input--short", "type": "date"}, format="%Y-%m-%d"
        )
        self.fields["deadline"].label = _("By when?")
        self.fields["place"].label = _("Where can it be done?")
        if codes:
            self.fields["language"] = language_field(codes)
        for name, field in self.fields.items():
            if not complete and name not in ("title", "language"):
                field.required = False

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_details(self):
        return without_controls(self.cleaned_data["details"].replace("\r\n", "\n")).strip()

    def clean_deadline(self):
        day = self.cleaned_data["deadline"]
        is_asked = self.complete or "deadline" in self.changed_data
        if day and day < timezone.localdate() and is_asked:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day

    @property
    def parts(self) -> list[dict]:
        """The fields below their headings: `{title, fields}`."""
        shown = [
            {"title": title, "fields": [self[name] for name in names]} for title, names in PARTS
        ]
        if "language" in self.fields:
            shown[0]["fields"].append(self["language"])
        return shown

    @property
    def mistakes(self) -> list[dict]:
        """Everything to put right, in order: `{anchor, label, message}`."""
        found = [{"anchor": "", "label": "", "message": m} for m in self.non_field_errors()]
        return found + mistakes_of([bound for part in self.parts for bound in part["fields"]])

    def values(self) -> dict:
        """The cleaned values by field of the page."""
        values = {name: getattr(self.instance, name) for name in FIELDS}
        return values | {"confidential": bool(self.cleaned_data["details"])}


class OrganisationForm(forms.Form):
    """For which of their organisations a member has the need."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        help_text=_("Who has the need."),
        widget=forms.Select({"class": "select"}),
    )

    def __init__(self, writer, *args, label="", help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.editable_by(writer).order_by("name", "pk")
        field.empty_label = None if field.queryset.count() == 1 else _("Choose one")
        field.label, field.help_text = label or field.label, help_text or field.help_text

    @property
    def mistakes(self) -> list[dict]:
        return mistakes_of(list(self))


class DeskForm(OrganisationForm):
    """For which desk a person enters the need of somebody else."""

    def __init__(self, writer, *args, **kwargs):
        super().__init__(
            writer,
            *args,
            label=_("Your desk"),
            help_text=_("The need says that this desk has entered it."),
            **kwargs,
        )


class AboutForm(forms.Form):
    """An organisation that is perhaps not on the portal yet, in as few words as a record needs."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=150,
        widget=forms.TextInput({"class": "input", "autocomplete": "organization"}),
    )
    kind = CodeFormField(label=_("Kind of organisation"), scheme="partner_kind")
    place = forms.CharField(
        label=_("Town"),
        max_length=100,
        widget=forms.TextInput({"class": "input", "autocomplete": "address-level2"}),
    )
    country = CodeFormField(label=_("Country"), scheme="country")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", "company")
        for name in ("kind", "country"):
            self.fields[name].widget.attrs["class"] = "select"

    def clean(self):
        cleaned = super().clean()
        for name in ("name", "place"):
            if name in cleaned:
                cleaned[name] = " ".join(without_controls(cleaned[name]).split())
                if not cleaned[name]:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    @property
    def mistakes(self) -> list[dict]:
        found = [{"anchor": "", "label": "", "message": m} for m in self.non_field_errors()]
        return found + mistakes_of(list(self))


class GuardForm(AnonymousForm):
    """Where the link goes, and what protects the form of those who have no account."""

    purpose = "marketplace.need"
    limit = 30  # a form with mistakes in its other parts counts too

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_(
            "We send you a link. When you open it, you have an account and the need is sent."
        ),
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
    )

    @property
    def mistakes(self) -> list[dict]:
        found = [{"anchor": "", "label": "", "message": m} for m in self.non_field_errors()]
        return found + mistakes_of([self["email"]])
