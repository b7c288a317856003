from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from core import registry
        from events import presentation, taking_away
        from events import tasks as _tasks  # noqa: F401  (they register themselves)
        from events.models import EventIndexPage, EventPage

        registry.register(
            registry.Item(
                "event",
                EventPage,
                "events",
                _("Event"),
                _("Events"),
                document=presentation.search_document,
                codes=presentation.codes,
                mark=presentation.mark,
                facts=presentation.row_facts,
            )
        )
        registry.present(EventIndexPage, context=presentation.listing)
        registry.present(
            EventPage,
            context=presentation.event,
            data=presentation.json_ld,
            answer=taking_away.response,
        )
