"""Refuses, under every view and command, what does not come through `editorial.publishing`.

Whether a model is saved, added, copied, moved, reverted or deleted: where that would make a reviewed
kind public, change what readers see or take it away, it raises. `QuerySet.update()` sends no signal
and stays outside.
"""

import json

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Page, Revision, WorkflowMixin
from wagtail.signals import pre_page_move

from core.drafts import without_ids
from editorial import publishing
from editorial.refusals import NotReviewed

# What readers do not see: the state of the draft, locks, and the place in the tree, which is written
# by moving (refused below) and by adding and removing neighbours.
UNSEEN = {
    "latest_revision",
    "latest_revision_created_at",
    "has_unpublished_changes",
    "draft_title",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "path",
    "depth",
    "numchild",
    "url_path",
}


class MoveRefused(NotReviewed):
    """Whatever is public would stand somewhere else, or in another order."""

    message = _("What is public stays where it is. Take it off the portal first.")


class DeletionRefused(NotReviewed):
    """A public text would vanish without a reason."""

    message = _("This is public. Take it off the portal first: that leaves a reason.")


def install() -> None:
    """Puts the guards in their places; safe to repeat."""
    for signal, guard, sender in (
        (pre_save, guard_save, None),
        (pre_save, guard_revision, Revision),
        (pre_delete, guard_deletion, None),
        (pre_page_move, guard_move, None),
    ):
        signal.connect(guard, sender=sender, dispatch_uid=f"editorial.{guard.__name__}")


def is_reviewed(model: type) -> bool:
    """Whether texts of a model become public by a review only."""
    return issubclass(model, DraftStateMixin) and issubclass(model, WorkflowMixin)


def guard_save(sender, instance, update_fields, **kwargs):
    """Refuses to write what readers see, while the gate is closed for it."""
    if not is_reviewed(sender):
        return
    written = {
        field.name
        for field in sender._meta.concrete_fields
        if field.name not in UNSEEN
        and field.attname not in instance.get_deferred_fields()
        and (update_fields is None or {field.name, field.attname} & set(update_fields))
    }
    if not written or publishing.is_open(publishing.identity(instance)):
        return
    stored = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    was = stored is not None and stored.live
    will_be = instance.live if "live" in written else was
    if (was or will_be) and (was != will_be or differs(stored, instance, written)):
        raise NotReviewed


def differs(stored, instance, names: set[str]) -> bool:
    fields = (field for field in instance._meta.concrete_fields if field.name in names)
    return any(plain(field, stored) != plain(field, instance) for field in fields)


def plain(field, obj):
    """The value of a field as it is stored, without the ids that blocks get when they are saved."""
    value = field.get_prep_value(getattr(obj, field.attname))
    if field.get_internal_type() == "JSONField" and isinstance(value, str):
        return without_ids(json.loads(value))
    return value


def guard_revision(instance, update_fields, **kwargs):
    """Refuses a time of publishing that no review or rule has set, and another text in what one has."""
    model = instance.base_content_type.model_class()
    key = instance.base_content_type_id, str(instance.object_id)
    if model is None or not is_reviewed(model) or publishing.is_open(key):
        return
    stored = Revision.objects.filter(pk=instance.pk).first() if instance.pk else None
    changed = {
        name
        for name in ("approved_go_live_at", "content")
        if (update_fields is None or name in update_fields)
        and getattr(stored, name, None) != getattr(instance, name)
    }
    if (changed and instance.approved_go_live_at) or (
        "content" in changed and stored and publishing.is_decided(stored)
    ):
        raise NotReviewed


def guard_deletion(sender, instance, **kwargs):
    """Refuses to delete what is public."""
    if not is_reviewed(sender) or publishing.is_open(publishing.identity(instance)):
        return
    if sender is Page and instance.specific_class in (None, Page):
        return  # the page that Wagtail's own migrations leave behind
    if sender._base_manager.filter(pk=instance.pk, live=True).exists():
        raise DeletionRefused


def guard_move(instance, **kwargs):
    """Refuses to move a tree in which something is public."""
    if publishing.is_open(publishing.identity(instance)):
        return
    if instance.get_descendants(inclusive=True).filter(live=True).exists():
        raise MoveRefused


def reviewed_types():
    """The content types of the kinds that are reviewed."""
    from django.apps import apps

    models = [model for model in apps.get_models() if is_reviewed(model) and model is not Page]
    return ContentType.objects.get_for_models(*models, for_concrete_models=False)
