"""What every page shows around its content: languages, navigation, footer, versions."""

from django.conf import settings
from django.utils.translation import get_language

from core import generation
from core.languages import language
from core.serving import Version, address
from home.models import LanguageSettings
from home.presentation import inside


def portal(request) -> dict:
    """The context of `base.html`; one query, the rest kept until something changes."""
    if request.path.startswith("/admin/") and not getattr(request, "is_preview", False):
        return {"site_name": settings.SITE_NAME}
    code = get_language()
    code = code if code in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE
    around = generation.kept(request, ("around", code), lambda: read_settings(code))
    return {
        "site_name": settings.SITE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "base_url": settings.BASE_URL,
        "interface_language": language(code),
        "home_url": f"/{code}/",
        "search_url": f"/{code}/search/",
        "account_url": f"/{code}/account/",
        "navigation": [
            {**link, "current": request.path.startswith(link["url"])}
            for link in around["navigation"]
        ],
        "footer": around["footer"],
        "languages": language_menu(request, code),
    }


def read_settings(code: str) -> dict:
    """Navigation and footer of a language, of the default language where they are missing."""
    rows = {
        row.language: row
        for row in LanguageSettings.objects.filter(
            language__in=[code, settings.LANGUAGE_CODE], live=True
        )
    }
    row = rows.get(code) or rows.get(settings.LANGUAGE_CODE)
    if row is None:
        return {"navigation": [], "footer": {"columns": [], "funding": [], "licence_note": ""}}

    def links(stream) -> list[dict]:
        return [
            {"title": child.value["title"], "url": inside(code, child.value["url"])}
            for child in stream
        ]

    return {
        "navigation": links(row.navigation),
        "footer": {
            "columns": [
                {"title": child.value["title"], "links": links(child.value["links"])}
                for child in row.footer
            ],
            "funding": [dict(child.value) for child in row.funding],
            "licence_note": row.licence_note,
        },
    }


def language_menu(request, code: str) -> dict:
    """The interface languages: those in which this page exists, and those that change the menus only."""
    versions: tuple[Version, ...] = getattr(request, "versions", ())
    chosen = request.GET.copy()
    for name in ("language", "page", "read"):
        chosen.pop(name, None)
    query = f"?{chosen.urlencode()}" if chosen else ""
    existing = {version.language: version for version in versions}
    here, elsewhere = [], []
    for other in settings.INTERFACE_LANGUAGES:
        if other in existing:
            url = existing[other].url
        elif versions:
            url = address(versions[0].url, other)
        else:
            url = f"/{other}/{request.path.lstrip('/').partition('/')[2]}"
        entry = {
            "code": other,
            "name": language(other).name,
            "url": url + query,
            "current": other == code,
        }
        (here if other in existing or not versions else elsewhere).append(entry)
    return {"here": here, "elsewhere": elsewhere}
