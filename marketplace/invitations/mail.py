"""The mail to somebody who writes for an invited provider: that there is a need, and where it is."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import mail
from core.page_context import absolute
from core.serving import reading_address
from marketplace.invitations import services


def send(invitation_id: int, user_id: int) -> bool:
    """Sends one mail; False where need, provider or person are not there any more."""
    found = services.invitation(invitation_id, user_id)
    if found is None:
        return False
    invitation, user = found
    need = services.need_for(invitation.need_key, user.language)
    if need is None:
        return False
    with translation.override(user.language):
        content = {
            "subject": _("You are invited to answer a need"),
            "title": need.title,
            "title_lang": need.locale.language_code,
            "provider": invitation.provider.name,
            "need_url": absolute(reading_address(need.url_path, user.language)),
            "answer_url": absolute(reverse("marketplace:answer", args=[invitation.need_key])),
        }
        mail.made_of("marketplace/mail/invitation", user.email, user.language, content).send()
    return True
