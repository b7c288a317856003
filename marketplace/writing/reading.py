"""A draft read aloud: each field with its label and its value in words."""

import datetime

from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from core.dates import day
from core.fields import RichTextField
from vocabularies import label
from vocabularies.fields import CodeField, CodesField


def rows(draft, names, public=None) -> list[dict]:
    """The filled-in fields of a draft, as `{name, label, value, changed}`; `value` is safe HTML.

    `changed` says whether it differs from the page that is `public`, where there is one.
    """
    found = []
    for name in names:
        value = words(draft, name)
        changed = public is not None and words(public, name) != value
        if value or changed:
            title = capfirst(str(draft._meta.get_field(name).verbose_name))
            found.append({"name": name, "label": title, "value": value or "–", "changed": changed})
    return found


def words(page, name: str):
    """The value of a field as a reader sees it; empty for none."""
    field, value = page._meta.get_field(name), getattr(page, name)
    if value in (None, "", [], False):
        return ""
    if isinstance(field, RichTextField):
        # Cleaned when it was saved, and expanded as on every page.
        return mark_safe(expand_db_html(value))  # noqa: S308
    if isinstance(field, CodeField):
        return format_html("{}", label(field.scheme, value))
    if isinstance(field, CodesField):
        return format_html("{}", ", ".join(label(field.scheme, code) for code in value))
    if isinstance(value, datetime.date):
        return format_html("{}", day(value, get_language()))
    if value is True:
        return format_html("{}", _("Yes"))
    if isinstance(value, str) and "\n" in value:
        return mark_safe(linebreaks(value, autoescape=True))  # noqa: S308
    return format_html("{}", str(value))
