"""The forms of a room: beginning a deal, a message, a step with its reason."""

from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.dates import day
from core.languages import language
from marketplace.listings.capacity import CapacityWindow
from marketplace.rooms.fields import DayField, FilesField, LineField, TextField
from marketplace.rooms.models import LONGEST_TEXT
from organisations.models import Organisation


class OnceForm(forms.Form):
    """A form that does its work once, however often it is sent: `token` is its number."""

    @property
    def token(self) -> UUID:
        """The number of this form; the same again where it is shown again."""
        if not hasattr(self, "_token"):
            self._token = token_of(self.data.get("token", "")) or uuid4()
        return self._token


def token_of(text: str) -> UUID | None:
    """A token as a browser sends it back; None for anything else."""
    try:
        return UUID(str(text)[:64])
    except ValueError:
        return None


def languages() -> list[tuple[str, str]]:
    """The languages in which one can write in a deal, named in themselves."""
    return [(code, language(code).name) for code in settings.INTERFACE_LANGUAGES]


class RecordField(forms.ModelChoiceField):
    """One of some organisations, by its key."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=Organisation.objects.none(),
            to_field_name="key",
            empty_label=None,
            widget=forms.Select({"class": "select"}),
            **kwargs,
        )
        self.error_messages["invalid_choice"] = _("Choose one of your organisations.")

    def to_python(self, value):
        return super().to_python(None if value and token_of(value) is None else value)


class BeginForm(OnceForm):
    """What both ways to begin a deal ask: for whom, in which language, about what, and the first words."""

    organisation = RecordField(label=_("Your organisation"))
    language = forms.ChoiceField(
        label=_("Your language in this deal"),
        choices=languages,
        help_text=_("You write and read in it. The agreement stands in it too."),
        widget=forms.Select({"class": "select"}),
    )
    title = LineField(
        label=_("What it is about"),
        max_length=150,
        help_text=_("A few words. Both sides know the deal by them."),
    )
    text = TextField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        rows=8,
        help_text=_("What you would like, for whom, and what the other side should know."),
    )
    wanted_from = DayField(label=_("Wanted from"), required=False)
    wanted_until = DayField(label=_("Wanted until"), required=False)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("wanted_from"), cleaned.get("wanted_until")
        if begins and ends and ends < begins:
            self.add_error("wanted_until", _("It ends before it begins."))
        return cleaned


class WindowField(forms.ModelChoiceField):
    """A time in which the school has room, or none of them."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=CapacityWindow.objects.none(),
            required=False,
            empty_label=_("Another time"),
            widget=forms.Select({"class": "select"}),
            **kwargs,
        )
        self.reader = "en"

    def label_from_instance(self, window) -> str:
        parts = {
            "starts": day(window.starts, self.reader),
            "ends": day(window.ends, self.reader),
            "left": window.left,
        }
        return _("%(starts)s to %(ends)s, places left: %(left)s") % parts

    def to_python(self, value):
        return super().to_python(
            value if str(value or "").isdecimal() and len(value) < 18 else None
        )


class EnquiryForm(BeginForm):
    """Somebody asks for a service."""

    window = WindowField(
        label=_("When the school has room"),
        help_text=_("The place is kept for you when both sides have agreed, not before."),
    )
    field_order = ["organisation", "language", "title", "text", "window"]

    def __init__(self, *args, windows, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["window"].queryset = windows
        self.fields["window"].reader = reader
        if not windows.exists():
            del self.fields["window"]


class AnswerForm(BeginForm):
    """A provider answers a need, with one of its services or without."""

    service = forms.ChoiceField(
        label=_("Your service that fits"),
        required=False,
        widget=forms.Select({"class": "select"}),
        help_text=_("The proposal is filled in from it. You can answer without one."),
    )
    field_order = ["organisation", "language", "service", "title", "text"]

    def __init__(self, *args, services, **kwargs):
        super().__init__(*args, **kwargs)
        self.services = {str(one.translation_key): one for one in services}
        self.fields["service"].choices = [
            ("", _("None of them")),
            *((key, one.title) for key, one in self.services.items()),
        ]
        if not self.services:
            del self.fields["service"]

    def clean(self):
        cleaned = super().clean()
        service, mine = self.services.get(cleaned.get("service", "")), cleaned.get("organisation")
        if service and mine and service.record.pk != mine.pk:
            self.add_error("service", _("This service belongs to another of your organisations."))
        return cleaned


class MessageForm(OnceForm):
    """A message with files; `thread` names the message that it answers."""

    text = TextField(label=_("Your message"), max_length=LONGEST_TEXT, rows=5)
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "At most five, 10 MB each: PDF, pictures, ODT, ODS, DOCX, XLSX, text. Only the two sides "
            "can open them. Where a picture was taken is removed from it."
        ),
    )
    thread = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_thread(self):
        typed = self.cleaned_data["thread"]
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else None


class MoveForm(OnceForm):
    """A step of the deal, with its reason where the other side should know it."""

    reason = TextField(label=_("Reason"), max_length=3000, rows=5)

    def __init__(self, *args, move, **kwargs):
        super().__init__(*args, **kwargs)
        if move.reason:
            self.fields["reason"].help_text = _("Both sides read it. It stays with the deal.")
            self.fields["reason"].error_messages["required"] = _(
                "Please give a reason. The other side reads it."
            )
        else:
            del self.fields["reason"]
