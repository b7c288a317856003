"""Fields of the forms in a room."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.plaintext import lines_of
from marketplace.rooms import files


class TextField(forms.CharField):
    """Text of several lines, without control characters; it is plain text for ever."""

    def __init__(self, *, rows: int = 4, **kwargs):
        kwargs.setdefault("widget", forms.Textarea({"class": "input", "rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return lines_of(super().to_python(value))


class LineField(forms.CharField):
    """Text on one line."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({"class": "input"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return " ".join(lines_of(super().to_python(value)).split())


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs):
        widget = forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d")
        kwargs.setdefault("widget", widget)
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Write the day like this: 2027-02-28.")


class ManyFiles(forms.ClearableFileInput):
    """The browser's field for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data, files, name):
        found = files.getlist(name) if hasattr(files, "getlist") else files.get(name)
        return found or []


class FilesField(forms.FileField):
    """Up to five files, each checked by its content. Its value is a list of `files.Checked`."""

    widget = ManyFiles

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs |= {"accept": files.ACCEPTED, "class": "input"}

    def clean(self, data, initial=None):
        if len(data) > files.MOST_FILES:
            raise ValidationError(_("Send at most five files with one message."))
        checked, wrong = [], []
        for file in data:
            try:
                if file.size > files.MOST_BYTES:
                    raise files.WrongFile(
                        _("“%(name)s” is larger than 10 MB.") % {"name": files.tidy(file.name)}
                    )
                checked.append(files.checked(file.name, file.read()))
            except files.WrongFile as error:
                wrong.append(str(error))
        if wrong:
            raise ValidationError(wrong)
        return checked
