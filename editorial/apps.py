from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Review and translation")

    def ready(self):
        from core import history
        from editorial import localize, publishing, signals, tasks  # noqa: F401  (they register)
        from editorial.gate import guards

        history.WORDS[publishing.LOG_ACTION] = publishing.words
        history.WORDS[publishing.WITHDRAW_ACTION] = publishing.words
        localize.install()  # first, for its own words about aliases
        guards.install()
        signals.connect()
