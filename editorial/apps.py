from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Review and translation")

    def ready(self):
        from core import history, serving
        from editorial import (
            publishing,
            signals,
            tasks,  # noqa: F401  (they register)
            translations,
        )
        from editorial.gate import guards, localize, media, words
        from editorial.machine import plain
        from editorial.notices import menus, profile
        from editorial.notices import tasks as notices  # noqa: F401  (they register)

        history.WORDS[publishing.LOG_ACTION] = publishing.words
        history.WORDS[publishing.WITHDRAW_ACTION] = publishing.words
        serving.changed_original = translations.changed_original()
        localize.install()  # first, for its own words about aliases
        guards.install()
        media.install()
        words.install()
        profile.install()
        menus.install()
        plain.install()
        signals.connect()
