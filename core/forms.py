"""The forms of uploaded files: the content is what the name says, and stays what was reviewed."""

import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from core import pictures

ARCHIVES = {"docx", "odp", "ods", "odt", "pptx", "xlsx"}


class FileStaysMixin:
    """Refuses another file in the place of an uploaded one: pages that were reviewed show it."""

    def clean_file(self):
        if self.instance.pk and "file" in self.changed_data:
            raise ValidationError(
                _(
                    "A file cannot be replaced, because reviewed pages may show it. Upload a new one."
                )
            )
        return self.cleaned_data["file"]


class ImageForm(FileStaysMixin, BaseImageForm):
    """A picture stays what was reviewed, and does not say where and when it was taken."""

    def clean_file(self):
        file = super().clean_file()
        if "file" not in self.changed_data or not file:
            return file
        try:
            return ContentFile(pictures.prepared(file.read()).content, name=file.name)
        except (pictures.WrongFormat, pictures.TooManyPixels) as error:
            raise ValidationError(str(error)) from error


class DocumentForm(FileStaysMixin, BaseDocumentForm):
    """Refuses a file whose content is of another kind than its ending says."""

    def clean_file(self):
        file = super().clean_file()
        if "file" in self.changed_data and file and not is_what_it_says(file):
            raise ValidationError(
                _(
                    "The content of this file does not fit its name. Save it again in its own format."
                )
            )
        return file


def is_what_it_says(file) -> bool:
    """Whether an open file named `.pdf`, `.docx` … begins like one; other endings are text."""
    ending = PurePath(file.name).suffix.lower().lstrip(".")
    try:
        file.seek(0)
        if ending == "pdf":
            return file.read(5) == b"%PDF-"
        if ending in ARCHIVES:
            return zipfile.is_zipfile(file)
        return b"\0" not in file.read(4096)
    finally:
        file.seek(0)
