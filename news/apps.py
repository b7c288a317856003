from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self):
        from core import registry
        from news import presentation
        from news.models import NewsIndexPage, NewsPage, ProjectIndexPage, ProjectPage

        registry.register(
            registry.Item(
                "news",
                NewsPage,
                "news",
                _("News"),
                _("News"),
                document=presentation.news_document,
                codes=presentation.news_codes,
                mark=presentation.news_mark,
                facts=presentation.news_facts,
            )
        )
        registry.register(
            registry.Item(
                "project",
                ProjectPage,
                "projects",
                _("Project"),
                _("Projects"),
                document=presentation.project_document,
                codes=presentation.project_codes,
                facts=presentation.project_row_facts,
            )
        )
        registry.present(NewsIndexPage, context=presentation.listing)
        registry.present(NewsPage, context=presentation.news, data=presentation.news_data)
        registry.present(ProjectIndexPage, context=presentation.projects)
        registry.present(ProjectPage, context=presentation.project, data=presentation.project_data)
