from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import checks, documents, signals, tasks  # noqa: F401  (they register themselves)
