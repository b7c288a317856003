from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from search import checks, signals, tasks  # noqa: F401  (they register themselves)
        from search.elastic import queue  # noqa: F401
        from search.meaning import alike  # noqa: F401
