"""Makes a draft of a text that was read."""

import io

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from core import registry
from core.importing import Reading, Section
from core.permissions import parents_for
from core.pictures import WrongFormat, prepared
from core.text import plain


def possible(user) -> list[tuple[str, str]]:
    """The kinds and languages in which a person may import, as pairs of codes."""
    items = [item for item in registry.items() if item.importer]
    parents = {code: parents_for(user, code, items) for code in settings.CONTENT_LANGUAGES}
    return [
        (item.kind, code)
        for item in items
        for code in settings.CONTENT_LANGUAGES
        if item.kind in parents[code]
    ]


@transaction.atomic
def make_draft(
    kind: str,
    language: str,
    reading: Reading,
    title: str,
    targets: list[str],
    alternatives: dict[int, dict],
    user,
) -> tuple[Page, list[str]]:
    """A draft of a reading, and what it has no place for.

    `targets` names for each section the place it goes to, "" for nowhere. `alternatives` holds, for
    each picture that is wanted, `{"alt_text", "decorative"}`. Raises `PermissionError` where the
    person may not add such a page.
    """
    item = registry.item(kind)
    parent = parents_for(user, language, [item]).get(kind)
    if parent is None:
        raise PermissionError(f"{user} may not add {kind} in {language}.")
    left: list[str] = []
    chosen: list[tuple[str, Section]] = []
    for section, target in zip(reading.sections, targets, strict=True):
        if target:
            chosen.append((target, section))
        else:
            left.append(text_of(section))
    wanted = {number for _target, section in chosen for number in section.pictures}
    # A picture that was wanted, in a section that was left out.
    left += [
        _("Picture %(number)s") % {"number": number + 1}
        for number in alternatives
        if number not in wanted
    ]
    pictures = {}
    for number in wanted & set(alternatives):
        said = alternatives[number]
        try:
            pictures[number] = {"image": keep(reading.pictures[number], title, said, user), **said}
        except WrongFormat:  # it only now turned out to be damaged
            alt = said["alt_text"] or _("without a description")
            left.append(
                _("Picture (%(alt)s): its format cannot be shown on the web.") % {"alt": alt}
            )
    page = item.model(
        title=title, locale=Locale.objects.get(language_code=language), live=False, owner=user
    )
    left += item.importer.fill(page, chosen, pictures)
    parent.add_child(instance=page)
    page.save_revision(user=user, clean=False)
    return page, left


def keep(picture, title: str, said: dict, user) -> int:
    """Stores a picture among the others and returns its number; raises `WrongFormat`."""
    image = get_image_model().objects.create(
        file=ImageFile(io.BytesIO(prepared(picture.content).content), name=picture.name),
        title=(said["alt_text"] or title)[:255],
        description=said["alt_text"][:255],
        uploaded_by_user=user,
    )
    return image.pk


def text_of(section: Section) -> str:
    """A section as plain text, for the list of what was not taken over."""
    cells = (" | ".join(row) for table in section.tables for row in table.rows)
    return "\n".join(part for part in (section.title, plain(section.html), *cells) if part)
