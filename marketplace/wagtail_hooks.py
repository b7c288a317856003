from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from marketplace.writing.services import LOG_CLOSED, LOG_OPENED, LOG_SENT


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action(
        LOG_SENT, _("Send a listing"), _("Sent by a member of the organisation")
    )
    actions.register_action(LOG_CLOSED, _("Close a need"), _("Closed by the organisation"))
    actions.register_action(LOG_OPENED, _("Open a need"), _("Opened again by the organisation"))
