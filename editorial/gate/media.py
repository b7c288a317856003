"""Pictures and files: what readers see of them stays what was reviewed, whoever would change it.

They have no drafts, so a change would be public at once. Whoever wants another picture or title
uploads it anew and uses it in a draft, which is reviewed.
"""

from itertools import groupby
from operator import itemgetter

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, ReferenceIndex, Revision, TaskState
from wagtail.signals import published

from editorial.gate.guards import is_reviewed
from editorial.refusals import NotReviewed

# What pages show of a picture or file; the focal point decides how a picture is cut.
SHOWN = {
    "title",
    "description",
    "file",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
    "focal_point_height",
}


class InUse(NotReviewed):
    """Readers would see another picture or file, or none, where nobody has reviewed that."""

    message = _(
        "A public text uses this, or one that is in review. So it stays as it is. Upload a new one "
        "and use it in a draft, or take the text off the portal first."
    )


class PrivacyRefused(NotReviewed):
    """Files of public texts would vanish behind a login."""

    message = _("What is uploaded here is for public texts, so no collection is private.")


def install() -> None:
    """Puts the guards in their places; safe to repeat."""
    for model in (get_image_model(), get_document_model()):
        pre_save.connect(guard_save, sender=model, dispatch_uid="editorial.media.save")
        pre_delete.connect(guard_deletion, sender=model, dispatch_uid="editorial.media.delete")
    pre_save.connect(
        guard_privacy, sender=CollectionViewRestriction, dispatch_uid="editorial.media.privacy"
    )
    published.connect(
        note_references, dispatch_uid="editorial.media.references"
    )  # pages send it too


def guard_save(sender, instance, update_fields, **kwargs):
    """Refuses to change what texts show of a picture or file."""
    names = [
        field.attname
        for field in sender._meta.concrete_fields
        if field.name in SHOWN
        and field.attname not in instance.get_deferred_fields()
        and (update_fields is None or field.name in update_fields)
    ]
    stored = names and sender._base_manager.filter(pk=instance.pk).values(*names).first()
    if not stored:
        return
    is_new_file = not getattr(instance.file, "_committed", True)
    if is_new_file or any(getattr(instance, name) != stored[name] for name in names):
        refuse_if_used(instance)


def guard_deletion(sender, instance, **kwargs):
    """Refuses to delete what texts show; a text that uses it is published before that or after it."""
    lock(sender, [instance.pk])
    refuse_if_used(instance)


def refuse_if_used(instance):
    if is_in_use(instance):
        raise InUse


def guard_privacy(**kwargs):
    """Refuses to take the files of a whole collection away from readers."""
    raise PrivacyRefused


def note_references(instance, **kwargs):
    """What a text uses is known as soon as it is public, not only when the worker has been there."""
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(instance)


def hold(revision):
    """Keeps what a revision uses until the transaction ends: nobody decides meanwhile to delete it."""
    found = ReferenceIndex._extract_references_from_object(revision.as_object())
    used = {(kind, pk) for kind, pk, *_path in found}
    for model in (get_image_model(), get_document_model()):
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False).pk
        lock(model, [pk for to_kind, pk in used if to_kind == kind])


def lock(model, keys):
    """Waits for whoever else holds one of these rows, and holds them; in one order, so without a knot."""
    rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def is_in_use(media) -> bool:
    """Whether a public text uses a picture or file, or one that is in review or waits for its time."""
    references = ReferenceIndex.get_references_to(media).values_list(
        "base_content_type", "object_id"
    )
    for kind, rows in groupby(sorted(set(references)), key=itemgetter(0)):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None or not is_reviewed(model):
            continue
        if model._base_manager.filter(pk__in=[pk for _kind, pk in rows], live=True).exists():
            return True
    return any(uses(revision, media) for revision in on_their_way(media))


def on_their_way(media):
    """Revisions in review or approved for later whose content holds the key of a picture or file."""
    from editorial.models import FourEyesTaskState

    in_review = FourEyesTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return (
        Revision.objects.filter(
            Q(approved_go_live_at__isnull=False) | Q(pk__in=in_review.values("revision"))
        )
        .annotate(written=Cast("content", TextField()))
        .filter(written__regex=rf"(^|[^0-9]){media.pk}([^0-9]|$)")
    )


def uses(revision, media) -> bool:
    """Whether a revision points to a picture or file; its references are in no index yet."""
    kind = ContentType.objects.get_for_model(media, for_concrete_model=False).pk
    found = ReferenceIndex._extract_references_from_object(revision.as_object())
    return any((to_kind, pk) == (kind, str(media.pk)) for to_kind, pk, *_path in found)
