"""Guards under wagtail-localize: what holds whichever of its views or commands is used.

It writes drafts into live rows, publishes what nobody has reviewed, and makes live copies of source
text in other languages. These guards are installed when the app is ready; `editorial.gate.localize_views`
and `editorial.editing` stand above them and answer people in words.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Page
from wagtail_localize import models as localize
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import (
    LocaleSynchronization,
    StringTranslation,
    Translation,
    TranslationSource,
)

from editorial import translations
from editorial.locks import lock_for
from editorial.refusals import ReviewRefused
from editorial.translating.checks import readable


class AliasRefused(ReviewRefused):
    """An alias would be public without review, in the wrong language."""

    message = _(
        "There are no alias pages here: an alias is public without a review. Make a translation."
    )


class SecondSourceRefused(ReviewRefused):
    """An item has one source version."""

    message = _("This item has a source version already. Translate from that one.")


def install() -> None:
    """Puts the guards in their places; safe to repeat."""
    Translation.save_target = save_target
    LocaleSynchronization.sync_trees = no_tree_sync
    for component in list(LOCALE_COMPONENTS):
        if component["model"] is LocaleSynchronization:
            LOCALE_COMPONENTS.remove(component)
    pre_save.connect(refuse_alias, dispatch_uid="editorial_refuse_alias")
    pre_save.connect(
        refuse_second_source,
        sender=TranslationSource,
        dispatch_uid="editorial_refuse_second_source",
    )
    post_save.disconnect(localize.post_save_string_translation, sender=StringTranslation)
    post_save.connect(
        title_the_draft, sender=StringTranslation, dispatch_uid="editorial_title_the_draft"
    )


def title_the_draft(instance, **kwargs):
    """Names a draft after the translation of its title, which may be longer than the column yet."""
    if instance.context_id and instance.context.path == "title":
        longest = Page._meta.get_field("draft_title").max_length
        Page.objects.filter(
            translation_key=instance.context.object_id, locale_id=instance.locale_id
        ).update(draft_title=readable(instance.data)[:longest])


def save_target(self, user=None, publish=True):
    """Saves a translation as a draft, whatever is asked for, and never into a public row.

    What is in review, planned or locked for the person stays as it is. Its strings are stored all the
    same, and become its text when it is submitted.

    Models without drafts cannot wait for a review: they are saved as wagtail-localize does it.
    """
    model = self.source.specific_content_type.model_class()
    if not issubclass(model, DraftStateMixin):
        self.source.create_or_update_translation(
            self.target_locale, user=user, publish=publish, fallback=True
        )
        return
    try:
        target = self.get_target_instance()
    except ObjectDoesNotExist:
        target = None
    if target is not None and lock_for(user, target):
        return
    if target is not None and target.live:
        translations.renewed(self, fallback=True).save_revision(user=user)
        return
    self.source.create_or_update_translation(
        self.target_locale, user=user, publish=False, fallback=True
    )


def no_tree_sync(self, *, page_index=None):
    """Each language's tree holds only what exists in it."""


def refuse_alias(sender, instance, **kwargs):
    if issubclass(sender, Page) and instance.alias_of_id:
        raise AliasRefused


def refuse_second_source(instance, **kwargs):
    others = TranslationSource.objects.filter(object_id=instance.object_id).exclude(pk=instance.pk)
    if instance._state.adding and others.exists():
        raise SecondSourceRefused
