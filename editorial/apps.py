from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Review and translation")

    def ready(self):
        from editorial import localize, signals, tasks  # noqa: F401  (they register themselves)

        localize.install()
        signals.connect()
