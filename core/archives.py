"""ZIP files that people send: opened only while they stay within bounds."""

import io
import zipfile
import zlib

BROKEN = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError)


class BadArchive(Exception):
    """This is no ZIP file, or it is damaged."""


class TooLarge(BadArchive):
    """It would become far too large when it is unpacked."""


def opened(content: bytes, most_parts: int, largest: int) -> zipfile.ZipFile:
    """An archive of at most so many parts and, unpacked, bytes; raises `BadArchive`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except BROKEN as error:
        raise BadArchive from error
    if len(parts) > most_parts or sum(part.file_size for part in parts) > largest:
        raise TooLarge
    return archive


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of an archive, with no more bytes than it announces; raises `BadArchive`."""
    try:
        return archive.read(name)
    except (*BROKEN, zlib.error) as error:
        raise BadArchive from error
