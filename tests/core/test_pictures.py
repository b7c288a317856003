"""Pictures are told by their content and lose what the camera wrote into them."""

import io

import pytest
from PIL import Image

from core import pictures
from tests.pictures import huge_png, photograph, says_where


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "MPO"])
def test_place_and_camera_go_and_the_picture_stands_upright(kind):
    content = photograph(kind=kind)
    assert says_where(content)
    done = pictures.prepared(content)
    assert not says_where(done.content)
    assert Image.open(io.BytesIO(done.content)).size == (40, 60)
    assert pictures.prepared(content) == done


def test_colours_and_transparency_stay():
    file = io.BytesIO()
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    image.save(file, "PNG", icc_profile=b"profile")
    done = Image.open(io.BytesIO(pictures.prepared(file.getvalue()).content))
    assert done.getpixel((0, 0))[3] == 0
    assert done.info["icc_profile"] == b"profile"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (huge_png(), pictures.TooManyPixels),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", pictures.WrongFormat),
        (photograph()[:600], pictures.WrongFormat),
        (b"", pictures.WrongFormat),
    ],
)
def test_what_is_no_picture_is_refused(content, error):
    with pytest.raises(error):
        pictures.prepared(content)
