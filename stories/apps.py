from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Stories")

    def ready(self):
        from core import registry
        from stories import importing, listing, presentation, services
        from stories import signals as _signals  # noqa: F401  (they register themselves)
        from stories import tasks as _tasks  # noqa: F401
        from stories.models import StoryIndexPage, StoryPage

        registry.register(
            registry.Item(
                "story",
                StoryPage,
                "stories",
                _("Story"),
                _("Stories"),
                document=presentation.search_document,
                codes=presentation.codes,
                newest=listing.newest,
                themes=listing.themes,
                mark=presentation.mark,
                facts=presentation.row_facts,
                importer=importing.importer,
                of_organisation=_("Stories it tells"),
                begin=services.begin,
            )
        )
        registry.present(StoryIndexPage, context=listing.context)
        registry.present(StoryPage, context=presentation.context, data=presentation.json_ld)
