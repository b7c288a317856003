from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MethodsConfig(AppConfig):
    name = "methods"
    verbose_name = _("Methods")

    def ready(self):
        from core import registry
        from methods import presentation
        from methods.models import MethodPage, ObstaclePage, SheetPage

        for item in (
            registry.Item(
                "method",
                MethodPage,
                "methods",
                _("Method"),
                _("Methods"),
                mark=presentation.mark_of,
                facts=presentation.row_facts,
            ),
            registry.Item("obstacle", ObstaclePage, "obstacles", _("Obstacle"), _("Obstacles")),
            registry.Item("sheet", SheetPage, "sheets", _("Sheet"), _("Sheets")),
        ):
            registry.register(item)
