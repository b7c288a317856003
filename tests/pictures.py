"""Pictures as telephones send them."""

import io
import struct
import zlib

from PIL import Image

ORIENTATION, CAMERA, GPS = 0x0112, 0x0110, 0x8825


def photograph(colour="green", size=(60, 40), kind="JPEG") -> bytes:
    """A photograph lying on its side that says where it was taken and with what."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = 6, "Telephone 12"
    exif[GPS] = {1: "N", 2: (56.0, 57.0, 0.0), 3: "E", 4: (24.0, 6.0, 0.0)}
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, exif=exif)
    return file.getvalue()


def says_where(content: bytes) -> bool:
    """Whether a picture tells its place or camera."""
    with Image.open(io.BytesIO(content)) as image:
        exif = image.getexif()
    return bool(exif.get_ifd(GPS)) or CAMERA in exif or b"Telephone" in content


def huge_png() -> bytes:
    """30,000 × 30,000 pixels in less than a hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
