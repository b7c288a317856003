"""Bytes of a file as text: UTF-8 only, and nothing that no text holds."""

from django.utils.translation import gettext as _

from core.text import without_controls
from editorial.exchange.units import refuse


def decoded(data: bytes) -> str:
    """The text of a file; raises `Refused` with the line of the first byte that is no UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("This text is not in UTF-8. Save it again with that encoding.")
        raise refuse(message, line) from error
    for number, line in enumerate(text.split("\n"), 1):
        if without_controls(line) != line:
            raise refuse(_("There is a character here that no text holds."), number)
    return text


def not_ours() -> str:
    return _("This file was not exported here, or its head was changed. Export it again.")
