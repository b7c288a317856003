"""Policy briefs as PDF: one for each published version of a recommendation."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from core import documents, pdf
from core.languages import language
from core.models import MadeDocument
from core.page_context import absolute
from guidelines.models import RecommendationPage
from guidelines.presentation import recommendations as presentation


def want_briefs(keys: Iterable[str] | None = None) -> None:
    """Promises the briefs of some recommendations, or of all, as they are published now."""
    pages = RecommendationPage.objects.live().select_related("locale")
    made = MadeDocument.objects.filter(name__startswith="brief/")
    if keys is not None:
        pages = pages.filter(translation_key__in=keys)
        made = made.filter(name__in=[f"brief/{key}" for key in keys])
    wanted = {
        (presentation.brief_name(page), page.locale.language_code): version(page) for page in pages
    }
    for name, code in made.values_list("name", "language"):
        wanted.setdefault((name, code), "")  # no page has it any more
    for (name, code), content in wanted.items():
        documents.wanted(name, code, content)


def version(page: RecommendationPage) -> str:
    """The fingerprint of whatever a brief is made of."""
    with override(page.locale.language_code):
        shown = content(page)
    shown.pop("brief")
    return documents.version(page.last_published_at, settings.SITE_NAME, page.url_path, shown)


def content(page: RecommendationPage) -> dict:
    """What a brief shows, in the active language."""
    shown = presentation.page(page, None)
    for step in shown["course"]:
        step["label"] = str(step["label"])
    return shown | {"next_step": str(shown["next_step"])}


@documents.maker("brief")
def make(key: str, code: str) -> documents.Made | None:
    """The brief of a recommendation in a language, if it is published there."""
    page = (
        RecommendationPage.objects.live()
        .filter(translation_key=key, locale__language_code=code)
        .select_related("locale")
        .first()
    )
    if page is None:
        return None
    with override(code):
        html = render_to_string(
            "guidelines/brief_pdf.html",
            {
                **content(page),
                "page": page,
                "content_language": language(code),
                "canonical_url": absolute(page.url_path),
                "site_name": settings.SITE_NAME,
            },
        )
    return version(page), partial(pdf.write, html, f"{settings.BASE_URL}/", page.title, code)
