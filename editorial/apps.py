from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Review and translation")

    def ready(self):
        from core import history
        from editorial import localize, publishing, signals, tasks  # noqa: F401  (they register)

        history.WORDS[publishing.LOG_ACTION] = publishing.words
        localize.install()
        signals.connect()
