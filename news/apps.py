from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self):
        from core import registry
        from news import presentation
        from news.models import NewsPage, ProjectPage

        registry.register(registry.Item("news", NewsPage, "news", _("News"), _("News")))
        registry.register(
            registry.Item(
                "project",
                ProjectPage,
                "projects",
                _("Project"),
                _("Projects"),
                facts=presentation.project_row_facts,
            )
        )
