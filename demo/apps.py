from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self):
        from demo import tasks  # noqa: F401  (it registers its handler)
