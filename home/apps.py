from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home and plain pages")

    def ready(self):
        from core import registry
        from home import glossary, presentation
        from home.models import GlossaryPage, HomePage, StandardPage

        for item in (
            registry.Item(
                "page",
                StandardPage,
                "",
                _("Page"),
                _("Pages"),
                document=presentation.standard_page_document,
            ),
            registry.Item(
                "glossary",
                GlossaryPage,
                "",
                _("Glossary"),
                _("Glossary"),
                document=glossary.document,
            ),
        ):
            registry.register(item)
        registry.present(HomePage, context=presentation.home_context, data=presentation.site_data)
        registry.present(StandardPage, data=presentation.page_data)
        registry.present(GlossaryPage, context=glossary.context, data=glossary.defined_terms)
