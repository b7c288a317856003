"""The portal's translations: found in the code, kept in `locale/`, checked, compiled. Without gettext.

`locale/<language>/LC_MESSAGES/django.po` holds our own strings. `wagtail.po` beside it is optional
and holds strings of Django, Wagtail and its extensions that they leave untranslated in that
language, or translate wrongly; `wagtailjs.po` holds those of their scripts.
"""

from pathlib import Path

from django.conf import settings

# Other people's strings: the file that holds our translations of them, by gettext domain.
SUPPLEMENTS = {"django": "wagtail.po", "djangojs": "wagtailjs.po"}


def languages() -> list[str]:
    """The languages that need a catalogue: all but the one in which the strings are written."""
    return [code for code in settings.INTERFACE_LANGUAGES if code != settings.LANGUAGE_CODE]


def folder(root: Path, code: str) -> Path:
    return root / code.replace("-", "_") / "LC_MESSAGES"


def ours(code: str) -> Path:
    """The catalogue of our own strings."""
    return folder(settings.LOCALE_PATHS[0], code) / "django.po"


def supplements(code: str) -> dict[str, Path]:
    """The catalogues of strings that Wagtail leaves untranslated, by domain, if there are any."""
    paths = {
        domain: folder(settings.LOCALE_PATHS[0], code) / name
        for domain, name in SUPPLEMENTS.items()
    }
    return {domain: path for domain, path in paths.items() if path.exists()}
