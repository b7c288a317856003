"""Figures in the notation of a language, by Unicode CLDR."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal


def number(value: Decimal | float | int | None, language: str) -> str:
    """A figure without trailing zeros; empty for None, as in the preview of a draft.

    >>> number(Decimal("1240.50"), "de")
    '1.240,5'
    """
    if value is None:
        return ""
    return format_decimal(Decimal(str(value)).normalize(), locale=Locale.parse(language, sep="-"))


def with_unit(value: Decimal | float | int | None, unit: str, language: str) -> str:
    """A figure and its unit, held together by a no-break space."""
    text = number(value, language)
    return f"{text}\u00a0{unit}" if text and unit else text
