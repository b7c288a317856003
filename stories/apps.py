from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Stories")

    def ready(self):
        from core import registry
        from stories.listing import newest
        from stories.models import StoryPage
        from stories.presentation import mark_of_facets

        registry.register(
            registry.Item(
                "story", StoryPage, "stories", _("Story"), _("Stories"), newest, mark_of_facets
            )
        )
