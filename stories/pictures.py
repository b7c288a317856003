"""Pictures that members send for their stories, from the first draft on.

They are images like those of editors. Until a story is public nothing leads to its picture, and its
address holds a random name: uploaded files are answered without asking who asks.
"""

import datetime
import hashlib
import io
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model, get_image_model_string
from wagtail.models import ReferenceIndex

from core import outbox
from core.pictures import Prepared

AGAIN = datetime.timedelta(days=1)


class SentPicture(models.Model):
    """Which image was sent for which story: it goes when the story does not show it any more."""

    # What is counted as a use of the image is the page that shows it.
    wagtail_reference_index_ignore = True

    image = models.OneToOneField(
        get_image_model_string(), on_delete=models.CASCADE, related_name="+"
    )
    story = models.ForeignKey(
        "stories.StoryPage", on_delete=models.CASCADE, related_name="sent_pictures"
    )

    class Meta:
        verbose_name = _("picture sent by a member")

    def __str__(self) -> str:
        return f"{self.story_id}: {self.image_id}"


def shown(draft):
    """The image that a draft shows, with its words; None if it shows none."""
    return next((child.value for child in draft.picture if child.value), None)


def raw(image_id: int, alt_text: str = "", decorative: bool = False) -> list[dict]:
    """The stored value of `StoryPage.picture` with one image."""
    value = {"image": image_id, "alt_text": alt_text, "decorative": decorative}
    return [{"type": "picture", "id": str(uuid4()), "value": value}]


def digest(picture: Prepared) -> str:
    """What Wagtail keeps as `file_hash`: equal for a picture that is sent twice."""
    return hashlib.sha1(picture.content, usedforsecurity=False).hexdigest()


def store(story, author, picture: Prepared):
    """Makes an image of a picture that was sent for a story."""
    image = get_image_model().objects.create(
        title=story.draft_title or story.title,
        # Random, so that nobody finds the picture of a draft by trying names.
        file=ImageFile(io.BytesIO(picture.content), name=f"story-{uuid4().hex}.{picture.ending}"),
        file_size=len(picture.content),
        file_hash=digest(picture),
        uploaded_by_user=author,
    )
    SentPicture.objects.create(story=story, image=image)
    return image


def remove_unused(images) -> None:
    """Deletes those of the images, with their files, that no stored page shows and no review holds.

    What a review holds, or a plan to publish, is tried again every day.
    """
    kept = []
    for image in images:
        if not ReferenceIndex.get_references_to(image).exists():
            try:
                with transaction.atomic():  # a refusal takes back no more than this
                    image.delete()
            except PermissionDenied:
                kept.append(image.pk)
    if kept:
        outbox.post_later("stories.pictures", AGAIN, image_ids=kept)


def remove_replaced(story, draft) -> None:
    """Deletes what was sent for a story and neither its draft nor a stored page shows any more."""
    now = shown(draft)
    sent = get_image_model().objects.filter(pk__in=story.sent_pictures.values("image"))
    remove_unused(sent.exclude(pk=now.pk if now else None))
