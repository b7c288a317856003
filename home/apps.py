from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home and plain pages")

    def ready(self):
        from core import registry
        from home.models import GlossaryPage, StandardPage

        for item in (
            registry.Item("page", StandardPage, "", _("Page"), _("Pages")),
            registry.Item("glossary", GlossaryPage, "", _("Glossary"), _("Glossary")),
        ):
            registry.register(item)
