"""The form of a story's one picture, inside the step that asks for it."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images.shortcuts import get_rendition_or_not_found

from core.pictures import Prepared, TooManyPixels, WrongFormat, prepared
from core.text import without_controls
from stories import pictures

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"  # telephones then offer the camera too


class PictureForm(forms.Form):
    """A file, what it shows in words, and whether it goes.

    The file is stored before anything else of the step is looked at, so that no mistake elsewhere
    makes its author choose it again: see `stories.services.keep_picture`.
    """

    file = forms.FileField(
        label=_("Photograph"),
        help_text=_(
            "JPEG, PNG or WebP, at most 10 MB. Where and when it was taken is removed from the file."
        ),
        required=False,
        widget=forms.FileInput({"class": "input", "accept": ACCEPTED}),
    )
    alt_text = forms.CharField(
        label=_("What does the picture show?"),
        help_text=_(
            "One or two sentences, for people who cannot see it. For example: Two people in work "
            "clothes measure a door, seen from behind."
        ),
        max_length=255,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 2}),
    )
    remove = forms.BooleanField(label=_("Remove the picture"), required=False)

    def __init__(self, *args, draft, complete: bool, **kwargs):
        self.image = pictures.shown(draft)
        self.complete = complete
        super().__init__(
            *args,
            prefix="picture",
            initial={"alt_text": self.image.contextual_alt_text if self.image else ""},
            **kwargs,
        )

        if self.image:
            self.fields["file"].label = _("Another photograph in its place")

    @property
    def preview(self):
        """The stored picture in the size of the form; None while there is none."""
        return self.image and get_rendition_or_not_found(self.image, "max-640x480")

    @cached_property
    def upload(self) -> Prepared | None:
        """The picture that was sent now, if it is one, whatever else is wrong."""
        return (self.is_bound and not self.has_error("file") and self.cleaned_data["file"]) or None

    @property
    def is_shown(self) -> bool:
        """Whether the story has a picture after this form."""
        if self.upload:
            return True
        return bool(self.image) and not (self.is_bound and self.cleaned_data.get("remove"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return None
        if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            raise ValidationError(
                _("The picture is larger than 10 MB. Make it smaller, then choose it again.")
            )
        try:
            return prepared(file.read())
        except (WrongFormat, TooManyPixels) as error:
            raise ValidationError(str(error)) from error

    def clean(self):
        cleaned = super().clean()
        cleaned["alt_text"] = without_controls(cleaned.get("alt_text", ""))
        decorative = self.image and self.image.decorative and not cleaned.get("file")
        if self.complete and self.is_shown and not (cleaned["alt_text"] or decorative):
            self.add_error(
                "alt_text",
                _("Say in words what the picture shows, for people who cannot see it."),
            )
        return cleaned

    def value(self) -> list[dict]:
        """What `StoryPage.picture` holds after this form."""
        if not self.image or self.cleaned_data["remove"]:
            return []
        said = self.cleaned_data["alt_text"]
        return pictures.raw(self.image.pk, said, bool(self.image.decorative and not said))
