"""The forms in which members change the record of their organisation and choose its members."""

import re

from django import forms
from django.core.validators import URLValidator
from django.db.models import Field
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

import vocabularies
from core.anonymous import AnonymousForm
from core.languages import language
from core.member_forms import WritingForm, plain_field
from organisations import profiles
from organisations.models import MembershipRole, Organisation, OrganisationPage

FIELDS = (
    "name",
    "kind",
    "staff",
    "country",
    "postal_code",
    "place",
    "fields",
    "narrow_fields",
    "sector",
    "languages",
    "website",
    "contact_email",
)
FORMATTED = re.compile(r"<(?!/?(?:p|br|ul|li)\b)")
LOSES = _("If you change this text, links, headings and bold letters in it are lost.")
SCHEMES = {"fields": "field", "narrow_fields": "narrow_field", "languages": "language"}


class RecordForm(forms.ModelForm):
    """What a member may say of an organisation."""

    class Meta:
        model = Organisation
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        website = self.fields["website"]
        website.assume_scheme = "https"
        website.validators = [v for v in website.validators if not isinstance(v, URLValidator)]
        website.validators.append(URLValidator(schemes=["http", "https"]))
        for field in self.fields.values():
            if isinstance(field.widget, forms.Select) and not isinstance(
                field.widget, forms.CheckboxSelectMultiple
            ):
                field.widget.attrs["class"] = "select"
            elif not isinstance(field.widget, forms.CheckboxSelectMultiple | forms.HiddenInput):
                field.widget.attrs["class"] = "input"

    def values(self) -> dict:
        """The fields of the record as they were typed."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class EditForm(RecordForm):
    """The same for a record that somebody else may be changing too."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def tell_change(self, current: Organisation) -> None:
        """Says what somebody else saved meanwhile; sent again, what was typed here counts."""
        tell_change(self, current, FIELDS)


def tell_change(form, current: Organisation, names) -> None:
    """Adds to each field that differs what somebody else saved; the form takes their version."""
    form.add_error(
        None,
        _(
            "Somebody else saved this record after you opened it. What you typed is kept. Compare "
            "the marked fields, then save again."
        ),
    )
    for name in names:
        theirs = getattr(current, name)
        if name in form.cleaned_data and form.cleaned_data[name] != theirs:
            form.add_error(
                name, _("Saved by somebody else: %(value)s") % {"value": shown(current, name)}
            )
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(current.version)


def shown(record: Organisation, name: str) -> str:
    """The value of a field in words."""
    value = getattr(record, name)
    if name in SCHEMES:
        labels = [vocabularies.get(SCHEMES[name]).label(code) for code in value]
        return ", ".join(labels) or "–"
    field: Field = Organisation._meta.get_field(name)
    if field.choices:
        value = getattr(record, f"get_{name}_display")()
    return "–" if value in (None, "") else str(value)


class RegisterForm(RecordForm):
    """A new organisation, with the sentence that begins its profile."""

    sentence = forms.CharField(
        label=capfirst(OrganisationPage._meta.get_field("sentence").verbose_name),
        help_text=OrganisationPage._meta.get_field("sentence").help_text,
        max_length=220,
        widget=forms.TextInput,
    )


class ProfileForm(WritingForm):
    """The text of a profile, in the language of its page or, for a first one, in a chosen one."""

    class Meta:
        model = OrganisationPage
        fields = profiles.FIELDS
        formfield_callback = plain_field

    def __init__(self, *args, code: str = "", languages=(), **kwargs):
        super().__init__(*args, **kwargs)
        title = self.fields["title"]
        title.label = _("Name")
        title.help_text = _("As readers of this language know the organisation.")
        for name, html in self.rich.items():
            if FORMATTED.search(html):
                hints = [self.fields[name].help_text, LOSES]
                self.fields[name].help_text = format_lazy("{} {}", *hints) if hints[0] else LOSES
        for field in self.fields.values() if code else []:
            field.widget.attrs |= {"lang": code, "dir": language(code).dir}
        if languages:
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"),
                help_text=_("The language in which you write. It stays as you choose it now."),
                choices=[(one, language(one).name) for one in languages],
                widget=forms.Select({"class": "select"}),
            )
            self.order_fields(["language", *profiles.FIELDS])

    def values(self) -> dict:
        """The cleaned values by field of the page."""
        return {name: getattr(self.instance, name) for name in self._meta.fields}


class GuardForm(AnonymousForm):
    """What protects the registration through the link of an invitation."""

    purpose = "organisation"
    limit = 20


class InviteForm(forms.Form):
    """A person who is to be a member."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=MembershipRole,
        widget=forms.RadioSelect,
        help_text=_(
            "An owner changes the record and the profile and chooses the members. An editor changes "
            "the record and the profile. A contact person can be asked by the desk."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["class"] = "input"


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=MembershipRole)
