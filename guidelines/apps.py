from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidelinesConfig(AppConfig):
    name = "guidelines"
    verbose_name = _("Guidelines")

    def ready(self):
        from core import registry
        from guidelines import briefs, importing, models, printing, signals, taking_away, tasks  # noqa: F401  (they register themselves)
        from guidelines.presentation import chapter, handbook, listing, recommendations

        for item in (
            registry.Item(
                "chapter",
                models.ChapterPage,
                "guidelines",
                _("Chapter"),
                _("Guidelines"),
                document=chapter.search_document,
                codes=handbook.codes,
                mark=handbook.sign_of,
                facts=handbook.row_facts,
                importer=importing.importer,
            ),
            registry.Item(
                "recommendation",
                models.RecommendationPage,
                "recommendations",
                _("Recommendation"),
                _("Recommendations"),
                document=recommendations.search_document,
                codes=recommendations.codes,
                facts=recommendations.row_facts,
            ),
        ):
            registry.register(item)
        registry.present(
            models.HandbookPage,
            context=handbook.context,
            data=handbook.book,
            answer=handbook.answer,
        )
        registry.present(
            models.ChapterPage,
            context=chapter.context,
            data=chapter.article,
            answer=taking_away.response,
        )
        registry.present(models.RecommendationIndexPage, context=listing.context)
        registry.present(
            models.RecommendationPage,
            context=recommendations.page,
            data=recommendations.json_ld,
            answer=recommendations.as_brief,
        )
