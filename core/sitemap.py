"""sitemap.xml: an index, and per language its public pages with their alternates."""

from itertools import groupby
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.page_context import absolute

PER_FILE = 2_000
MOST_FILES = 10_000


def public_pages():
    """Every public page of a content language."""
    return Page.objects.filter(
        live=True, depth__gte=2, locale__language_code__in=settings.CONTENT_LANGUAGES
    )


@require_safe
def index(request):
    """The list of the sitemaps."""
    counts = dict(
        public_pages().order_by().values_list("locale__language_code").annotate(Count("pk"))
    )
    lines = [
        f"<sitemap><loc>{absolute(f'/sitemap-{code}-{number + 1}.xml')}</loc></sitemap>"
        for code in settings.CONTENT_LANGUAGES
        for number in range((counts.get(code, 0) + PER_FILE - 1) // PER_FILE)
    ]
    return answer("sitemapindex", lines, "")


@require_safe
def section(request, language: str, number: int):
    """One file of a language: two queries, whatever the number of languages."""
    start = (number - 1) * PER_FILE
    if language not in settings.CONTENT_LANGUAGES or not 0 < number <= MOST_FILES:
        raise Http404
    pages = list(
        public_pages()
        .filter(locale__language_code=language)
        .order_by("pk")
        .values_list("translation_key", "url_path", "last_published_at")[start : start + PER_FILE]
    )
    if not pages:
        raise Http404
    rows = (
        public_pages()
        .filter(translation_key__in=[key for key, *_ in pages])
        .order_by("translation_key", "locale__language_code")
        .values_list("translation_key", "locale__language_code", "url_path")
    )
    versions = {key: list(group) for key, group in groupby(rows, key=lambda row: row[0])}
    lines = [entry(path, changed, versions[key]) for key, path, changed in pages]
    return answer("urlset", lines, ' xmlns:xhtml="http://www.w3.org/1999/xhtml"')


def entry(path: str, changed, versions: list) -> str:
    """One page with the addresses of all its versions, itself included."""
    links = [(code, url) for _key, code, url in versions]
    default = dict(links).get(settings.LANGUAGE_CODE, links[0][1])
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(absolute(url))}"/>'
        for code, url in [*links, ("x-default", default)]
    )
    modified = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(absolute(path))}</loc>{modified}{alternates}</url>"


def answer(root: str, lines: list[str], extra: str) -> HttpResponse:
    body = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{extra}>',
            *lines,
            f"</{root}>",
        ]
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
