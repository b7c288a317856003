"""Tables that people take away as CSV files."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(name: str, rows: Iterable[list], bom: bool = True) -> HttpResponse:
    """Rows as CSV that spreadsheets read: with a byte-order mark, no cell a formula."""
    response = HttpResponse("\ufeff" if bom else "", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    patch_cache_control(response, private=True, no_store=True)
    csv.writer(response).writerows([harmless(cell) for cell in row] for row in rows)
    return response


def harmless(cell) -> str:
    r"""A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("Riga")
    ("'=1+1", 'Riga')
    """
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
