"""The two forms of an import: the file, and where its parts go."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core import registry
from core.importing import Reading
from core.languages import language
from imports import reading, services


class UploadForm(forms.Form):
    """What is brought, in which language, and the file."""

    place = forms.ChoiceField(label=_("What it becomes"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A Word document (.docx) or Markdown (.md), at most 10 MB. Headings, lists, bold, links, "
            "tables and pictures are read."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.md,.markdown"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [
            (f"{kind}/{code}", f"{registry.item(kind).name} – {language(code).name}")
            for kind, code in services.possible(user)
        ]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > reading.LARGEST_FILE:
            raise ValidationError(_("The file is larger than 10 MB."))
        self.content = file.read()
        try:
            self.reading = reading.read(file.name, self.content)
        except reading.Unreadable as error:
            raise ValidationError(str(error)) from error
        if not self.reading.sections:
            raise ValidationError(_("There is no text in this file."))
        return file


class PlacesForm(forms.Form):
    """Title, a place for each section, and what each picture shows."""

    title = forms.CharField(label=_("Title"), max_length=255)

    def __init__(self, *args, kind: str, code: str, found: Reading, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = found
        importer = registry.item(kind).importer
        self.fields["title"].initial = found.title
        nowhere = [("", _("Leave out"))]
        for number, section in enumerate(found.sections):
            self.fields[f"section-{number}"] = forms.ChoiceField(
                label=section.title or _("Before the first heading"),
                choices=[*nowhere, *importer.targets],
                initial=guess(section.title, importer, code),
                required=False,
            )
        for number, picture in enumerate(found.pictures):
            self.fields[f"picture-{number}"] = forms.ChoiceField(
                label=_("Picture %(number)s") % {"number": number + 1},
                choices=[
                    ("describe", _("Take it, with this description")),
                    ("decorative", _("Take it, it is only decoration")),
                    ("leave", _("Leave out")),
                ],
                initial="describe",
            )
            self.fields[f"alt-{number}"] = forms.CharField(
                label=_("What is on it"),
                max_length=255,
                required=False,
                initial=picture.alt[:255],
                help_text=_("For people who cannot see it. No learner who can be recognised."),
            )

    def clean(self):
        cleaned = super().clean()
        for number in range(len(self.found.pictures)):
            if cleaned.get(f"picture-{number}") == "describe" and not cleaned.get(f"alt-{number}"):
                self.add_error(
                    f"alt-{number}", _("Say what is on the picture, or choose otherwise.")
                )
        return cleaned

    def targets(self) -> list[str]:
        return [
            self.cleaned_data[f"section-{number}"] for number in range(len(self.found.sections))
        ]

    def alternatives(self) -> dict[int, dict]:
        """The wanted pictures by number, as `services.make_draft` takes them."""
        found = {}
        for number in range(len(self.found.pictures)):
            choice = self.cleaned_data[f"picture-{number}"]
            if choice != "leave":
                decorative = choice == "decorative"
                alt = "" if decorative else self.cleaned_data[f"alt-{number}"]
                found[number] = {"alt_text": alt, "decorative": decorative}
        return found

    def section_fields(self) -> list:
        """Each section with its field, for the template."""
        return [
            (self[f"section-{number}"], section)
            for number, section in enumerate(self.found.sections)
        ]

    def picture_fields(self) -> list:
        """Each picture with its two fields, for the template."""
        return [
            (number, self[f"picture-{number}"], self[f"alt-{number}"])
            for number in range(len(self.found.pictures))
        ]


def guess(title: str, importer, code: str) -> str:
    """The place that is called like the heading in the language of the text, else the fallback."""
    wanted = title.casefold().strip(" :.")
    with override(code):
        for name, label in importer.targets:
            if wanted and wanted in (name.casefold(), str(label).casefold()):
                return name
    return importer.fallback
