"""Pictures that people send: told by their content, and stored without what a camera wrote into them.

A photograph from a telephone names the place and the minute in which it was taken. Originals lie below
`MEDIA_URL` and smaller versions repeat their data, so it is taken out before anything is stored.
"""

import io
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

# What Pillow calls the formats that are shown, and the ending of each. MPO: several pictures in one
# JPEG, as many telephones write it; the first one is the photograph.
ENDINGS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
OPENED = ("JPEG", "PNG", "WEBP", "GIF")
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
QUALITY = 90
# Colours and transparency; everything else in a file tells of its making.
KEPT = ("icc_profile", "transparency")
DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError)


class WrongFormat(Exception):
    """It is no picture, or one that browsers do not show."""

    def __str__(self) -> str:
        return _("This is not a picture that can be shown. Choose a JPEG, PNG or WebP file.")


class TooManyPixels(Exception):
    """It would take too much memory to be shown."""

    def __str__(self) -> str:
        return _(
            "The picture has more than 40 million pixels. Make it smaller, then choose it again."
        )


@dataclass(frozen=True)
class Prepared:
    """A picture as it is stored: its bytes, and the ending of its name."""

    content: bytes
    ending: str


def ending(content: bytes) -> str:
    """The ending that fits the content, whatever the file is called.

    Raises `WrongFormat`, or `TooManyPixels` (width × height × moving frames) before any is read.

    >>> from PIL import Image
    >>> file = io.BytesIO()
    >>> Image.new("RGB", (3, 2)).save(file, "PNG")
    >>> ending(file.getvalue())
    'png'
    """
    try:
        with Image.open(io.BytesIO(content), formats=OPENED) as image:
            found = ENDINGS[image.format]
            frames = 1 if found == "jpg" else getattr(image, "n_frames", 1)
            pixels = image.width * image.height * frames
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except DAMAGED as error:
        raise WrongFormat from error
    if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise TooManyPixels
    return found


def prepared(content: bytes) -> Prepared:
    """The same picture, upright, without place, time, camera, remarks and hidden further pictures.

    A GIF stays as it is: cameras write none, and it may move. Raises what `ending` raises.
    """
    kind = ending(content)
    if kind == "gif":
        return Prepared(content, kind)
    try:
        with Image.open(io.BytesIO(content)) as image:
            clean = ImageOps.exif_transpose(image)
        clean.info = {key: value for key, value in clean.info.items() if key in KEPT}
        file = io.BytesIO()
        clean.save(file, FORMATS[kind], quality=QUALITY, icc_profile=clean.info.get("icc_profile"))
    except DAMAGED as error:
        raise WrongFormat from error
    return Prepared(file.getvalue(), kind)
