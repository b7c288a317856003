"""What members of the public site do to drafts of pages: begin one, save into it, delete it.

Whose page it is and when it may be changed is the caller's question. Every function is part of the
caller's transaction.
"""

from collections.abc import Collection

from anyascii import anyascii
from django.core.exceptions import PermissionDenied
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page

from core.drafts import mark_of


class Refused(PermissionDenied):
    """What a member tried is not possible; `str()` says why in words."""

    message = _("This step is not possible.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.message)


class ChangedMeanwhile(Refused):
    """Saving would replace what was saved elsewhere since the form was opened."""

    message = _(
        "This step was changed in another window after you opened it. What you wrote is not saved "
        "yet and not lost: it stands in this form. Compare the two. If you save now, this replaces it."
    )


def hold(page: Page) -> None:
    """Holds a page for this transaction: of a list, so that pages are counted and placed in it."""
    Page.objects.select_for_update().get(pk=page.pk)


def held(page):
    """The page as it is stored, its row held for this transaction."""
    hold(page)
    return type(page).objects.get(pk=page.pk)


def held_draft(page):
    """The latest draft of a page as it is stored now."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def free_slug(page, index, otherwise: str, reserved: Collection[str] = ()) -> str:
    """An address for the page below its list that no other page has.

    `otherwise` is the word for a title that makes no address, and in front of a reserved one.
    """
    wanted = slugify(anyascii(page.title))[:200] or otherwise
    if wanted in reserved:
        wanted = f"{otherwise}-{wanted}"
    return find_available_slug(index, wanted, ignore_page_id=page.pk)


def place(page, index, author, otherwise: str, reserved: Collection[str] = ()):
    """Puts a new page below its list as its author's draft. The list must be held."""
    page.live, page.has_unpublished_changes = False, True
    page.owner, page.locale_id = author, index.locale_id
    page.slug = free_slug(page, index, otherwise, reserved)
    index.refresh_from_db()
    index.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=author)
    page.save_revision(user=author, clean=False, log_action=True)
    return page


def write(draft, values: dict, seen: str) -> bool:
    """Sets values on a draft, which is not saved; False where all of them are the same already.

    `seen` is the `mark_of` these fields when the form was opened. Raises `ChangedMeanwhile` where
    they are something else by now.
    """
    before = mark_of(draft, values)
    for name, value in values.items():
        setattr(draft, name, value)
    if mark_of(draft, values) == before:
        return False
    if before != seen:
        raise ChangedMeanwhile
    return True


def delete(page, author) -> None:
    """Deletes a draft that was never public."""
    # It is theirs by what it is, not by a permission of Wagtail's.
    DeletePageAction(page, user=author).execute(skip_permission_checks=True)
