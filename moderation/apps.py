from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")

    def ready(self):
        from moderation import keeping, pages, registry, tasks  # noqa: F401  (two register work)

        registry.register(pages.REPORTABLE)
