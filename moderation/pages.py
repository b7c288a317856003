"""Every public page, as something that can be reported: an item and its translations together."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.models import User
from core import registry as items
from core import review
from core.text import without_controls
from moderation.registry import Reportable, Thing

KIND = "page"
RULE = "moderation"
LONGEST = 20_000


def key_of(page) -> str:
    """A page by the key that its translations share, and its language."""
    return f"{page.translation_key}/{page.locale.language_code}"


def parts(key: str) -> tuple[UUID, str] | None:
    """The two of a key, or None where it is none.

    >>> parts("x/en")
    """
    number, _slash, language = key.partition("/")
    try:
        return UUID(number), language
    except ValueError:
        return None


def find(key: str, user) -> Thing | None:
    """The public page of a key: everybody sees it."""
    named = parts(key)
    if named is None:
        return None
    found = Page.objects.live().filter(
        translation_key=named[0], locale__language_code=named[1], depth__gt=1
    )
    page = found.select_related("locale").first()
    return thing(page) if page else None


def thing(page: Page) -> Thing:
    """A page with what it says, and who wrote it."""
    page = page.specific
    item = items.item_of(page)
    document = item and item.document(page)
    said = [document.summary, document.body] if document else [page.summary]
    wrote = page.revisions.exclude(user=None).order_by().values_list("user", flat=True)
    involved = {*wrote, *([page.owner_id] if page.owner_id else [])}
    organisation = getattr(page, "organisation_id", None)
    return Thing(
        key=key_of(page),
        language=page.locale.language_code,
        title=page.title,
        text=without_controls("\n".join(filter(None, said)))[:LONGEST],
        url=page.url_path,
        authors=(page.owner_id,) if page.owner_id else (),
        involved=tuple(sorted(involved)),
        organisations=(organisation,) if isinstance(organisation, int) else (),
    )


def versions(key: str):
    """The pages of an item in all languages."""
    named = parts(key)
    return Page.objects.filter(translation_key=named[0]).order_by("pk").specific()


def take_down(key: str, by: User, reason: str) -> None:
    """Takes an item off the portal in every language; a review of it that is running ends."""
    for page in versions(key):
        state = page.current_workflow_state
        if state:
            state.cancel(user=by)
        if page.live:
            review.withdrawn.send(type(page), page=page, by=by, rule=RULE, reason=reason)


def restore(key: str, by: User) -> None:
    """Makes public again what a moderator took off, as it was."""
    for page in versions(key):
        if not page.live:
            review.restored.send(type(page), page=page, by=by, rule=RULE)


REPORTABLE = Reportable(KIND, _("Page"), find, take_down, restore)
