"""What every page says around its content: language, versions, breadcrumbs, addresses, data."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from core import citation, generation, loop, registry
from core.languages import language
from core.serving import Version


def absolute(path: str) -> str:
    """A path as a full address."""
    return path if "://" in path else f"{settings.BASE_URL}{path}"


def build(page, request) -> dict:
    """The context that `base.html` reads; one query at most beyond those of the page itself."""
    reader = get_language()
    content = language(page.locale.language_code)
    own = Version(page.pk, content.code, page.url_path)
    versions = getattr(request, "versions", None) or (own,)
    trail = breadcrumbs(page, request, reader)
    links = [version_link(version, content.code) for version in versions]
    data = [page.json_ld(absolute), breadcrumb_data(trail), organisation_data()]
    return {
        "content_language": content,
        "is_fallback": content.code != reader,
        # What the reader would see had they not asked for another language.
        "own_version": next(
            (link for link in links if link["code"] == reader and not link["current"]), None
        ),
        "versions": links,
        "alternates": [
            {"code": version.language, "url": absolute(version.url)} for version in versions
        ],
        "default_alternate": absolute(default_version(versions).url),
        "canonical_url": absolute(page.url_path),
        "changed_original": changed_original(page, versions),
        "breadcrumbs": trail,
        "loop_position": loop.position(page.loop_step, reader),
        "page_end": page_end(page, reader),
        "report_url": report_url(page, reader),
        "json_ld": [script(one) for one in data if one],
        "description": page.summary,
    }


def version_link(version: Version, current: str) -> dict:
    """A version as a link: in its own place, and to read where the reader is."""
    return {
        "code": version.language,
        "name": language(version.language).name,
        "url": version.url,
        "read_url": f"?read={version.language}",
        "current": version.language == current,
    }


def page_end(page, reader: str) -> dict | None:
    """What every item says at its end: its words explained, how to cite it, its last change.

    None for sections, which hold no text of their own, and for what is not stored yet.
    """
    if page.pk is None or registry.item_of(page) is None:
        return None
    content = page.locale.language_code
    read = f"&read={content}" if content != reader else ""
    return {
        "terms": page.explained(reader),
        "citation": citation.of(page),
        "published": page.first_published_at,
        "changed": page.last_published_at,
        "ris_url": f"?as=ris{read}",
        "history_url": f"?as=history{read}",
        "notice_url": notice_url(page, reader),
    }


def report_url(page, reader: str) -> str:
    """Where a mistake on this page, in its language, is told; empty for what is not stored yet."""
    return f"/{reader}/report/?about={page.pk}" if page.pk else ""


def notice_url(page, reader: str) -> str:
    """Where somebody says that a page should not be public, by law or by the rules of the portal."""
    key = f"{page.translation_key}/{page.locale.language_code}"
    return f"/{reader}/report/notice/?{urlencode({'kind': 'page', 'key': key})}"


def changed_original(page, versions) -> dict | None:
    """The version that a translation no longer says the same as, as `{code, name, url}`."""
    since = next((one.changed_original for one in versions if one.page_id == page.pk), None)
    found = next((one for one in versions if one.language == since), None)
    if found is None:
        return None
    name = language(found.language).name
    return {"code": found.language, "name": name, "url": found.url}


def default_version(versions) -> Version:
    """The version for readers of none of the languages."""
    return next((v for v in versions if v.language == settings.LANGUAGE_CODE), versions[0])


def breadcrumbs(page, request, reader: str) -> list[dict]:
    """From home to the page itself, with the menus' addresses; the last one has no address."""
    content = page.locale.language_code
    parts = page.url_path.strip("/").split("/")
    trail = [{"title": gettext("Home"), "url": f"/{reader}/", "lang": ""}] if len(parts) > 1 else []
    for depth in range(2, len(parts)):
        path = "/".join(parts[1:depth])
        title, lang = generation.kept(
            request, ("crumb", reader, path), lambda path=path: section_title(path, reader, content)
        )
        trail.append({"title": title, "url": f"/{reader}/{path}/", "lang": lang})
    own_lang = content if content != reader else ""
    trail.append({"title": page.title, "url": "", "lang": own_lang})
    return trail


def section_title(path: str, reader: str, content: str) -> tuple[str, str]:
    """The title of a section in the reader's language, or in the content's, with its `lang`."""
    titles = dict(
        Page.objects.filter(
            url_path__in=[f"/{reader}/{path}/", f"/{content}/{path}/"], live=True
        ).values_list("url_path", "title")
    )
    if title := titles.get(f"/{reader}/{path}/"):
        return title, ""
    return titles.get(f"/{content}/{path}/", path), content


def breadcrumb_data(trail: list[dict]) -> dict | None:
    """schema.org `BreadcrumbList`; none for a page without parents."""
    if len(trail) < 2:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": crumb["title"],
                **({"item": absolute(crumb["url"])} if crumb["url"] else {}),
            }
            for number, crumb in enumerate(trail, 1)
        ],
    }


def organisation_data() -> dict:
    """schema.org `Organization` of the portal."""
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": settings.BASE_URL + "/",
        "email": settings.CONTACT_EMAIL,
    }


def script(data: dict) -> SafeString:
    """Data as a script element that no text in it can close."""
    inner = json_script(data).split(">", 1)[1].rsplit("<", 1)[0]
    return mark_safe(f'<script type="application/ld+json">{inner}</script>')  # noqa: S308
