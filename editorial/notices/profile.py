"""The one place where people choose their mails is their profile."""

from wagtail.admin.views.account import NotificationsSettingsPanel

from accounts import profile
from editorial.notices.forms import MailsForm


def install() -> None:
    """Adds our choices to the profile, and takes Wagtail's, which decide nothing, from its account."""
    profile.parts.append(MailsForm)
    NotificationsSettingsPanel.is_active = lambda panel: False
