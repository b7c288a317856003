"""Storing one part of a translation, so that nobody's newer text is replaced unseen."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User
from editorial import services
from editorial.locks import lock_for
from editorial.refusals import ReviewRefused
from editorial.translating.checks import length
from editorial.translating.parts import Part, fingerprint, tidy


class Newer(ReviewRefused):
    """Somebody has stored another text since this one was opened; `wording` is theirs."""

    code = "newer"

    def __init__(self, wording: StringTranslation | None):
        super().__init__(
            _(
                "Somebody else has changed this part since you opened it. Your text is not saved: "
                "compare the two. If you save again, yours replaces theirs."
            )
        )
        self.wording = wording


@transaction.atomic
def hold(translation: Translation, user: User):
    """The target with its row held, so that a submission and a save wait for each other.

    Raises `ReviewRefused` while it is in review or locked for `user`.
    """
    target = services.held(translation.get_target_instance())
    if lock_for(user, target):
        raise ReviewRefused(_("This text is in review or locked, so it was not changed."))
    return target


@transaction.atomic
def write(translation: Translation, part: Part, text: str, base: str, user: User) -> bool:
    """Stores what a person typed for a part; an empty text removes its translation.

    `base` is the fingerprint of what stood in the field before. True if anything was stored.
    Raises `Newer`, or `ReviewRefused` where it is locked or longer than its field; then nothing has
    changed.
    """
    hold(translation, user)
    part.stored = stored_now(translation, part)
    data = part.stored_form(text)
    if part.stored and part.stored.data == data and not is_machine(part.stored):
        return False
    if fingerprint(part.known) != base and fingerprint(text) != fingerprint(part.known):
        raise Newer(part.stored)
    if too_long := length(data, part.place.limit):
        raise ReviewRefused(too_long[0])
    if not tidy(text):
        if part.stored:
            part.stored.delete()
        part.stored = None
        return True
    store(translation, part, data, user)
    return True


def store(translation: Translation, part: Part, data: str, user: User, tool: str = "") -> None:
    """Writes a part as a person's work, whose target is held and whose text is known as it stands."""
    part.stored = part.stored or StringTranslation(
        translation_of=part.segment.string,
        locale=translation.target_locale,
        context=part.segment.context,
    )
    part.stored.data = data
    part.stored.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    part.stored.tool_name = tool
    part.stored.last_translated_by = user
    part.stored.has_error, part.stored.field_error = False, ""
    part.stored.save()


def stored_now(translation: Translation, part: Part) -> StringTranslation | None:
    return (
        StringTranslation.objects.filter(
            translation_of=part.segment.string_id,
            context=part.segment.context_id,
            locale=translation.target_locale_id,
        )
        .select_related("last_translated_by")
        .first()
    )


def is_machine(wording: StringTranslation) -> bool:
    return wording.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
