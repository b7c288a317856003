from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from stories.services import LOG_CONFIRMED, LOG_SENT
from stories.viewsets import tried_too


@hooks.register("register_admin_viewset")
def register_reports():
    return tried_too


@hooks.register("register_log_actions")
def register_actions(actions):
    @actions.register_action(LOG_SENT)
    class Sent(LogFormatter):
        label = _("Send a story")
        message = _(
            "Sent by its author, who says that no learner can be recognised and that it may be published"
        )

    @actions.register_action(LOG_CONFIRMED)
    class Confirmed(LogFormatter):
        label = _("Confirm a story")

        def format_message(self, entry):
            return _("Confirmed as still true by its contact, %(who)s") % {
                "who": entry.data.get("by", "")
            }
