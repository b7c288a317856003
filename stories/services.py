"""What members and contacts do to stories: write, send, report, confirm."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from core import generation, member_pages, outbox, review
from core.drafts import mark_of
from core.member_pages import ChangedMeanwhile, Refused, held, held_draft
from core.pictures import Prepared
from stories import permissions, pictures
from stories.models import StoryIndexPage, StoryPage
from stories.tried import MOVES, Reminder, State, TriedToo

MOST_DRAFTS = 20
# Addresses below the list of stories that are no story's.
RESERVED = {"compare", "feed", "still-true"}
LOG_SENT = "stories.sent"
LOG_CONFIRMED = "stories.confirmed"


class NotNow(Refused):
    """It is in review or public."""

    message = _("This story is in review or public, so it cannot be changed here.")


class TooManyDrafts(Refused):
    """Nobody tells more stories than that at once."""

    message = _("You have many unfinished stories. Finish or delete one of them first.")


class Undecidable(Refused):
    """A report that cannot become that."""

    message = _("This has been decided already. Nothing was changed by your click.")


@transaction.atomic
def begin(author, token: str, language: str, values: dict) -> StoryPage:
    """The draft of a new story in a language, begun with the values of the first step.

    `token` names the form that was sent: sent twice, it begins one story. Raises `TooManyDrafts`.
    """
    key = uuid5(NAMESPACE_URL, f"story/{author.pk}/{token}")
    index = StoryIndexPage.objects.live().get(locale__language_code=language)
    member_pages.hold(index)
    begun = StoryPage.objects.filter(translation_key=key, owner=author).first()
    if begun:
        return begun
    if StoryPage.objects.filter(owner=author, live=False).sources().count() >= MOST_DRAFTS:
        raise TooManyDrafts
    story = StoryPage(translation_key=key, **values)
    return member_pages.place(story, index, author, "story", RESERVED)


@transaction.atomic
def save_step(story, author, values: dict, seen: str) -> StoryPage:
    """Saves the fields of one step into the draft; what is the same already is left as it is.

    `seen` is the `mark_of` these fields when the form was opened. Raises `ChangedMeanwhile` where
    they are something else by now, `NotNow` where the story is in review or public.
    """
    story = held(story)
    if not permissions.can_write(author, story):
        raise NotNow
    draft = story.get_latest_revision_as_object()
    if not member_pages.write(draft, values, seen):
        return story
    if "title" in values:
        draft.slug = member_pages.free_slug(draft, story.get_parent(), "story", RESERVED)
    draft.save_revision(user=author, clean=False, log_action=True)
    if "picture" in values:
        pictures.remove_replaced(story, draft)
    return story


@transaction.atomic
def keep_picture(story, author, picture: Prepared, names, seen: str) -> str:
    """Puts a picture that was sent into the draft, at once and without its words; sent twice it is one.

    `seen` is the `mark_of` the fields `names` when the form was opened; the new mark is returned.
    Raises `ChangedMeanwhile` and `NotNow` like `save_step`.
    """
    story = held(story)
    if not permissions.can_write(author, story):
        raise NotNow
    draft = story.get_latest_revision_as_object()
    shown = pictures.shown(draft)
    if shown and shown.file_hash == pictures.digest(picture):
        return seen
    if mark_of(draft, names) != seen:
        raise ChangedMeanwhile
    image = pictures.store(story, author, picture)
    field = StoryPage._meta.get_field("picture")
    draft.picture = field.to_python(pictures.raw(image.pk))
    draft.save_revision(user=author, clean=False, log_action=True)
    pictures.remove_replaced(story, draft)
    return mark_of(held_draft(story), names)


@transaction.atomic
def send(story, author) -> StoryPage:
    """Sends a story to the editors, with its author's word that it may be published.

    What is in review already stays there. Raises `PermissionDenied`, with the reason in words,
    where the review refuses it.
    """
    story = held(story)
    if not permissions.can_write(author, story):
        if story.is_told_by(author) and not story.live:
            return story
        raise NotNow
    draft = story.get_latest_revision_as_object()
    picture = pictures.shown(draft)
    log(
        instance=story,
        action=LOG_SENT,
        user=author,
        data={
            "licence": draft.licence,
            "picture": picture and picture.pk,
            "picture_credit": draft.picture_credit,
        },
    )
    review.submitted.send(sender=StoryPage, page=story, by=author)
    return held(story)


@transaction.atomic
def delete(story, author) -> None:
    """Deletes a draft that was never public. Raises `NotNow` where it is in review or public, and
    `Refused` for whoever has not begun it."""
    story = held(story)
    if story.owner_id not in (None, author.pk):
        raise Refused(_("Only the person who has begun a story can delete it."))
    if not permissions.can_write(author, story):
        raise NotNow
    member_pages.delete(story, author)


@transaction.atomic
def confirm(story_key: UUID, day: date, by: str) -> int:
    """Sets the date on which a story was last confirmed, in all its versions; how many changed.

    No person decides and no text changes, so nothing is published: the date is written into the
    rows, and the history of each version says by which contact. Drafts and reviews that are older
    take the date when they are read (`StoryPage.with_content_json`).
    """
    versions = StoryPage.objects.filter(translation_key=story_key)
    stale = versions.exclude(confirmed_on__gte=day)
    pages = list(stale.select_for_update(of=("self",)))
    StoryPage.objects.filter(pk__in=[page.pk for page in pages]).update(confirmed_on=day)
    for page in pages:
        log(instance=page, action=LOG_CONFIRMED, data={"by": by, "on": day.isoformat()})
    if pages:
        generation.grow()
    return len(pages)


@transaction.atomic
def tell_change(story, by: str, text: str, submission: UUID) -> None:
    """What a contact says has changed goes to the editors of the story's language, by mail.

    The same `submission` sent twice goes once.
    """
    Reminder.objects.get_or_create(
        story_key=story.translation_key, defaults={"sent_on": timezone.localdate()}
    )
    asked = Reminder.objects.select_for_update().get(story_key=story.translation_key)
    if asked.last_answer == submission:
        return
    asked.last_answer = submission
    asked.save()
    outbox.post("stories.changed", page_id=story.pk, by=by, text=text)


@transaction.atomic
def report(author, story, values: dict) -> TriedToo:
    """A member's report of trying a story; one for each story, sent again until it is public.

    Raises `Undecidable` for one that is public.
    """
    found = (
        TriedToo.objects.select_for_update()
        .filter(author=author, story_key=story.translation_key)
        .first()
    )
    if found and not permissions.can_change_report(author, found):
        raise Undecidable
    values = values | {"story_title": story.title}
    if found and found.state == State.SUBMITTED and same(found, values):
        return found
    values |= {"state": State.SUBMITTED, "reason": "", "submitted_at": timezone.now()}
    made, _created = TriedToo.objects.update_or_create(
        author=author, story_key=story.translation_key, defaults=values
    )
    if not (found and found.state == State.SUBMITTED):  # who waits is told of once
        outbox.post("stories.report", report_id=made.pk)
    return made


def same(found: TriedToo, values: dict) -> bool:
    return all(getattr(found, name) == value for name, value in values.items())


@transaction.atomic
def decide(report: TriedToo, by, state: State, reason: str = "") -> TriedToo:
    """A reviewer publishes or refuses a report; a refusal says why, and its author hears of it.

    Raises `Undecidable` where it is that already, cannot become it or was sent again since `report`
    was read, `Refused` for somebody who may not decide, `ValueError` for a refusal without a reason.
    """
    read_as_of = report.submitted_at
    report = TriedToo.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not permissions.can_moderate(by, report):
        raise Refused(_("A reviewer of the language decides, never about their own report."))
    if state not in MOVES[report.state] or report.submitted_at != read_as_of:
        raise Undecidable
    reason = reason.strip()
    if state == State.REFUSED and not reason:
        raise ValueError("A refusal says why.")
    report.state, report.reason = state, reason
    report.decided_at, report.decided_by = timezone.now(), by
    report.save()
    generation.grow()
    if report.author_id:
        outbox.post("stories.decided", report_id=report.pk)
    return report
