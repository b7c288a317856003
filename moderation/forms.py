"""What readers send: a notice, and an appeal."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import serving
from core.anonymous import AnonymousForm
from moderation import pages
from moderation.models import Reason
from moderation.registry import Thing


class NoticeForm(AnonymousForm):
    """What should not be on the portal, and why. `thing` is None where its address is asked for."""

    purpose = "notice"

    address = forms.CharField(
        label=_("Address of the page"),
        help_text=_("Copy it from the address line of your browser."),
        max_length=2_000,
        widget=forms.URLInput(attrs={"class": "input"}),
    )
    reason = forms.ChoiceField(
        label=_("Why should it not be here?"), choices=Reason, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Explain it"),
        help_text=_(
            "Say which part you mean and, if you know it, against which law or rule it is."
        ),
        error_messages={"required": _("Say what is wrong with it.")},
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("You can leave it empty if this is about the safety of minors."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The decision is sent there. The author does not learn your name or address."),
        required=False,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    good_faith = forms.BooleanField(
        label=_("I believe that what I say here is right and complete."),
        error_messages={"required": _("Tick this, or do not send the notice.")},
        widget=forms.CheckboxInput(attrs={"class": "checkbox"}),
    )

    def __init__(self, request, *args, thing: Thing | None = None, interface: str = "", **kwargs):
        self.thing, self.interface = thing, interface
        super().__init__(request, *args, **kwargs)
        if thing is not None:
            del self.fields["address"]

    def clean_address(self):
        typed = self.cleaned_data["address"]
        self.thing = thing_at(typed, self.interface)
        if self.thing is None:
            raise ValidationError(
                _("There is no public page of this portal at this address."), "unknown"
            )
        return typed

    def clean(self):
        if self.cleaned_data.get("reason") != Reason.MINORS:
            for field, said in (
                ("name", _("Give your name. The law asks for it.")),
                ("email", _("Give your e-mail address. The law asks for it.")),
            ):
                if field not in self.errors and not self.cleaned_data.get(field):
                    self.add_error(field, said)
        return super().clean()


def thing_at(address: str, interface: str) -> Thing | None:
    """The public page that somebody sees at an address of this portal."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    here = {"", urlsplit(settings.BASE_URL).netloc}
    language, _slash, path = parts.path.lstrip("/").partition("/")
    if parts.netloc not in here or language not in settings.INTERFACE_LANGUAGES:
        return None
    read = next((one[5:] for one in parts.query.split("&") if one.startswith("read=")), "")
    found = serving.find(path, language, read)
    if found and found.page is None:
        found = serving.find(found.redirect.split("/", 2)[2], language, read)
    return pages.thing(found.page) if found and found.page else None


class AppealForm(AnonymousForm):
    """Why a decision is wrong."""

    purpose = "appeal"

    text = forms.CharField(
        label=_("Why is the decision wrong?"),
        help_text=_("Say what was overlooked or understood wrongly."),
        error_messages={"required": _("Say why the decision is wrong.")},
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
    )
