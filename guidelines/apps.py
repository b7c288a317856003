from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidelinesConfig(AppConfig):
    name = "guidelines"
    verbose_name = _("Guidelines")

    def ready(self):
        from core import registry
        from guidelines import briefs, importing, printing, signals, tasks  # noqa: F401  (they register themselves)
        from guidelines.models import ChapterPage, RecommendationPage
        from guidelines.presentation import handbook, recommendations

        for item in (
            registry.Item(
                "chapter",
                ChapterPage,
                "guidelines",
                _("Chapter"),
                _("Guidelines"),
                mark=handbook.sign_of,
                facts=handbook.row_facts,
                importer=importing.importer,
            ),
            registry.Item(
                "recommendation",
                RecommendationPage,
                "recommendations",
                _("Recommendation"),
                _("Recommendations"),
                facts=recommendations.row_facts,
            ),
        ):
            registry.register(item)
