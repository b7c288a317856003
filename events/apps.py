from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from core import registry
        from events import presentation, tasks  # noqa: F401  (it registers its handler)
        from events.models import EventPage

        registry.register(
            registry.Item(
                "event",
                EventPage,
                "events",
                _("Event"),
                _("Events"),
                mark=presentation.mark,
                facts=presentation.row_facts,
            )
        )
