"""Days and times in a reader's language, by Unicode CLDR."""

import datetime

from babel import Locale
from babel.dates import format_date, format_time
from django.utils.html import format_html
from django.utils.safestring import SafeString

# Europeans read English too: day before month, 24 hours.
LOCALES = {"en": "en_GB", "pt": "pt_PT"}
FULL = {"en": "EEEE d MMMM y"}  # without the comma


def locale(language: str) -> Locale:
    """The CLDR locale of a language code such as `fi`."""
    return Locale.parse(LOCALES.get(language, language).replace("-", "_"))


def day(date: datetime.date, language: str, style: str = "long") -> str:
    """A date in words: `full` with the weekday, `long` without.

    >>> day(datetime.date(2027, 3, 9), "en")
    '9 March 2027'
    """
    style = FULL.get(language, style) if style == "full" else style
    return format_date(date, style, locale=locale(language))


def clock(time: datetime.time, language: str) -> str:
    """A time of day without seconds.

    >>> clock(datetime.time(14), "en"), clock(datetime.time(14), "fi")
    ('14:00', '14.00')
    """
    return format_time(time, "short", locale=locale(language))


def leaf(date: datetime.date, language: str) -> SafeString:
    """A date as a leaf of a calendar, in the place of a mark; the text beside it says it too."""
    names = locale(language).months["stand-alone"]
    month = names["abbreviated"][date.month]
    month = names["wide"][date.month] if month.isdigit() else month  # Lithuanian has numbers
    return format_html(
        '<span class="leaf" aria-hidden="true"><b>{}</b>{} {}</span>', date.day, month, date.year
    )
