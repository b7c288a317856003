"""What members do to a service or a need: begin, save, send, approve, take off, close."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from core import generation, member_pages, outbox, review
from core.drafts import Standing, standing
from core.member_pages import ChangedMeanwhile, Refused, held, held_draft
from core.signals import item_changed
from marketplace.listings.models import NeedPage, ServiceIndexPage, ServicePage
from marketplace.writing import permissions

__all__ = ["ChangedMeanwhile", "Refused", "held", "held_draft"]
MOST_DRAFTS = 20  # of one organisation and kind
LOG_SENT = "marketplace.sent"
LOG_CLOSED = "marketplace.closed"
LOG_OPENED = "marketplace.opened"
RESERVED = {"feed", "ask", "answer"}  # addresses below the lists that are no page's


class NotNow(Refused):
    """It is in review."""

    message = _("This is in review, so it cannot be changed now.")


class Unchanged(Refused):
    """There is nothing to review."""

    message = _("Nothing is different from what readers see. Change something first.")


class TooManyDrafts(Refused):
    """No organisation writes more at once than that."""

    message = _("There are many unfinished drafts. Finish or delete one of them first.")


def key_of(kind: str, author, token: str) -> UUID:
    """The key of what a person begins with one form, however often the form is sent."""
    return uuid5(NAMESPACE_URL, f"marketplace/{kind}/{author.pk}/{token}")


@transaction.atomic
def begin(author, token: str, language: str, values: dict) -> ServicePage:
    """The draft of a new service in a language, begun with the values of the first step.

    `token` names the form that was sent: sent twice, it begins one service. Raises `TooManyDrafts`.
    """
    index = ServiceIndexPage.objects.live().get(locale__language_code=language)
    service = ServicePage(translation_key=key_of("service", author, token), **values)
    return add(service, index, author, "service")


def add(page, index, author, otherwise: str):
    """Puts a new page below its list, or gives back the one that the same form has made.

    It is part of the caller's transaction. Raises `TooManyDrafts`.
    """
    member_pages.hold(index)
    model = type(page)
    begun = model.objects.filter(
        translation_key=page.translation_key, locale_id=index.locale_id
    ).first()
    if begun:
        return begun
    drafts = model.objects.filter(organisation=page.organisation_id, first_published_at=None)
    if drafts.sources().count() >= MOST_DRAFTS:
        raise TooManyDrafts
    return member_pages.place(page, index, author, otherwise, RESERVED)


@transaction.atomic
def save(page, author, values: dict, seen: str):
    """Saves some fields into the draft; what is the same already is left as it is.

    `seen` is the `mark_of` these fields when the form was opened. Raises `ChangedMeanwhile` where
    they are something else by now, `NotNow` where the page is in review.
    """
    page = held(page)
    if not permissions.can_write(author, page):
        raise NotNow
    draft = page.get_latest_revision_as_object()
    if member_pages.write(draft, values, seen):
        store(page, draft, author, "title" in values)
    return page


def store(page, draft, author, is_renamed: bool) -> None:
    """Saves a draft. An address that readers have seen stays."""
    if is_renamed and page.first_published_at is None:
        otherwise = "service" if isinstance(page, ServicePage) else "need"
        draft.slug = member_pages.free_slug(draft, page.get_parent(), otherwise, RESERVED)
    draft.save_revision(user=author, clean=False, log_action=True)


@transaction.atomic
def send(page, author):
    """Sends a draft into review; what is in review already stays there.

    Raises `Unchanged` for what is public as it is, and `PermissionDenied`, with the reason in words,
    where the review refuses it.
    """
    page = held(page)
    if not permissions.can_write(author, page):
        if page.is_written_by(author):
            return page
        raise NotNow
    if standing(page).code == Standing.PUBLIC:
        raise Unchanged
    log(instance=page, action=LOG_SENT, user=author)
    review.submitted.send(sender=type(page), page=page, by=author)
    if settings.MARKETPLACE_PEER_REVIEW:
        outbox.post("marketplace.peers", model=page._meta.model_name, page_id=page.pk)
    return held(page)


@transaction.atomic
def approve(page, by, revision_id: int) -> None:
    """Approves, as another member, the revision that `by` was shown; the review publishes it.

    Raises `PermissionDenied`, with the reason in words, where the rules of the review say no.
    """
    review.approved.send(sender=type(page), page=held(page), by=by, revision=revision_id)


@transaction.atomic
def send_back(page, by, revision_id: int, comment: str) -> None:
    """Returns it to its author, who gets a mail, with what has to change; refused like an approval."""
    shown = {"by": by, "revision": revision_id, "comment": comment}
    review.returned.send(sender=type(page), page=held(page), **shown)


@transaction.atomic
def take_off(page, by) -> int:
    """Takes a listing off the portal at once, in all its languages; returns how many were public.

    Reviews of it end: what was sent before does not make it public again.
    """
    if not page.is_written_by(by):
        raise Refused
    pages = versions(page)
    for one in pages:
        if state := one.current_workflow_state:
            state.cancel(user=by)
    public = [one for one in pages if one.live]
    for one in public:
        review.withdrawn.send(sender=type(one), page=one, by=by, rule="taken back")
    return len(public)


def public_versions(page):
    """The page in the languages in which readers see it."""
    return type(page).objects.live().filter(translation_key=page.translation_key)


def versions(page) -> list:
    """The page in all its languages, the rows held for this transaction."""
    found = type(page).objects.filter(translation_key=page.translation_key)
    return list(found.select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def close(need, by) -> int:
    """Closes a need, because it is met or nobody is looked for any more; returns how many changed."""
    return set_closed(need, by, timezone.localdate(), LOG_CLOSED)


@transaction.atomic
def open_again(need, by) -> int:
    """Opens a closed need again, with the text that was reviewed; returns how many changed.

    Raises `Refused` where the deadline is over: then its text has to change first.
    """
    if need.deadline is None or need.deadline < timezone.localdate():
        raise Refused(_("The deadline is over. Change it and send the need again."))
    return set_closed(need, by, None, LOG_OPENED)


def set_closed(need, by, day, action: str) -> int:
    """Writes the day on which a need was closed into all its versions.

    Whether it is closed belongs to the item and is no text, so nothing is published: the rows take
    it, and the history of each version says who did it.
    """
    if not need.is_written_by(by):
        raise Refused
    stale = [one for one in versions(need) if (one.closed_on is None) != (day is None)]
    NeedPage.objects.filter(pk__in=[one.pk for one in stale]).update(closed_on=day)
    for one in stale:
        log(instance=one, action=action, user=by)
        if one.live:
            one.closed_on = day
            item_changed.send(sender=NeedPage, instance=one)
    if stale:
        generation.grow()
    return len(stale)


@transaction.atomic
def delete(page, author) -> None:
    """Deletes a draft that was never public. Raises `NotNow` where it is in review or was public."""
    page = held(page)
    if not permissions.can_delete(author, page):
        raise NotNow
    member_pages.delete(page, author)
