"""Comments at fields: of pages as Wagtail's own, which its editor shows too; of snippets as ours."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page

from accounts.models import User
from core.listed import listed, row
from editorial.models import FourEyesTaskState
from editorial.publishing import identity
from editorial.refusals import AlreadyDecided
from editorial.reviewing.models import SnippetComment

# What a person is called by.
NAMES = ("first_name", "last_name", "email")


@dataclass(frozen=True)
class Reply:
    """An answer to a comment, written in Wagtail's editor."""

    text: str
    by: str


@dataclass(frozen=True)
class Remark:
    """An open comment as a screen shows it."""

    pk: int
    path: str
    text: str
    by: str
    at: datetime
    replies: tuple[Reply, ...] = ()


def open_on(obj) -> list[Remark]:
    """What is not resolved at a page or reviewed snippet, the oldest first. One query."""
    found = of(obj).filter(resolved_at=None).select_related("user").order_by("created_at", "pk")
    if isinstance(obj, Page):
        replies = CommentReply.objects.filter(comment=OuterRef("pk"))
        names = (f"user__{name}" for name in NAMES)
        found = found.annotate(read_replies=listed(replies, "comment", "pk", "text", *names))
    return [
        Remark(
            one.pk,
            one.contentpath,
            one.text,
            str(one.user),
            one.created_at,
            tuple(
                Reply(text, str(row(User, NAMES, names)))
                for _pk, text, *names in sorted(getattr(one, "read_replies", None) or [])
            ),
        )
        for one in found
    ]


def of(obj):
    """All comments at a page or reviewed snippet."""
    if isinstance(obj, Page):
        return Comment.objects.filter(page_id=obj.pk)
    kind, pk = identity(obj)
    return SnippetComment.objects.filter(base_content_type_id=kind, object_id=pk)


@transaction.atomic
def add(review: FourEyesTaskState, path: str, text: str, user) -> None:
    """Leaves a comment at a place in a text in review.

    The same words at the same place are one comment. Raises `AlreadyDecided` after the review.
    """
    stored = FourEyesTaskState.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if stored.status != stored.STATUS_IN_PROGRESS:
        raise AlreadyDecided
    obj = review.workflow_state.content_object
    if of(obj).filter(contentpath=path, text=text, user=user, resolved_at=None).exists():
        return
    if isinstance(obj, Page):
        comment = Comment.objects.create(
            page_id=obj.pk, user=user, text=text, contentpath=path, revision_created=review.revision
        )
        comment.log_create(page_revision=review.revision, user=user)
    else:
        kind, pk = identity(obj)
        SnippetComment.objects.create(
            revision=review.revision,
            base_content_type_id=kind,
            object_id=pk,
            contentpath=path,
            text=text,
            user=user,
        )


@transaction.atomic
def resolve(obj, key: str, user) -> bool:
    """Says that a comment is dealt with; False where there is none that is open.

    `key` is what a form sent.
    """
    pk = int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0
    comment = of(obj).filter(pk=pk, resolved_at=None).select_for_update(of=("self",)).first()
    if comment is None:
        return False
    # Not saved: Wagtail's `Comment` cannot be saved in parts.
    of(obj).filter(pk=pk).update(resolved_at=timezone.now(), resolved_by=user)
    if isinstance(comment, Comment):
        comment.log_resolve(user=user)
    return True
