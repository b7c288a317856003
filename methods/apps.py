from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MethodsConfig(AppConfig):
    name = "methods"
    verbose_name = _("Methods")

    def ready(self):
        from core import registry
        from methods import documents, models, presentation

        for item in (
            registry.Item(
                "method",
                models.MethodPage,
                "methods",
                _("Method"),
                _("Methods"),
                document=presentation.method_document,
                codes=presentation.codes,
                mark=presentation.mark_of,
                facts=presentation.row_facts,
            ),
            registry.Item(
                "obstacle",
                models.ObstaclePage,
                "obstacles",
                _("Obstacle"),
                _("Obstacles"),
                document=presentation.obstacle_document,
            ),
            registry.Item(
                "sheet",
                models.SheetPage,
                "sheets",
                _("Sheet"),
                _("Sheets"),
                document=presentation.sheet_document,
            ),
        ):
            registry.register(item)
        registry.present(models.MethodIndexPage, context=presentation.manual)
        registry.present(models.MethodPage, context=presentation.method, data=presentation.how_to)
        registry.present(models.ObstacleIndexPage, context=presentation.obstacles)
        registry.present(
            models.ObstaclePage, context=presentation.obstacle, data=presentation.obstacle_data
        )
        registry.present(models.SheetIndexPage, context=presentation.sheets)
        registry.present(models.SheetPage, data=presentation.sheet_data, answer=documents.response)
