"""What news and projects say of themselves: rows, facts, numbers, places, documents, data."""

import datetime
from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from core import generation, items, pagination, structured
from core.dates import day, leaf
from core.map import europe, marks
from core.registry import SearchDocument
from core.text import plain
from news.models import NewsPage, ProjectPage
from vocabularies import label

PER_PAGE = 20


# ---- News ----------------------------------------------------------------------------------


def public_since(page) -> datetime.date:
    return (page.first_published_at or timezone.now()).date()


def news_codes(page) -> dict[str, list[str]]:
    return {"public_since": [public_since(page).isoformat()]}


def news_mark(codes: dict[str, list[str]]) -> SafeString:
    """The day on which it became public, as a leaf of a calendar; lists alone know it."""
    days = map(datetime.date.fromisoformat, codes.get("public_since", []))
    return next((leaf(since, get_language()) for since in days), "")


def news_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    return [
        day(datetime.date.fromisoformat(since), language) for since in codes.get("public_since", [])
    ]


def news(page, request) -> dict:
    return {"date": public_since(page), "date_text": day(public_since(page), get_language())}


def listing(index, request) -> dict:
    """The news, each in the best language for the reader."""
    found = NewsPage.objects.live().best_for(get_language()).select_related("locale")
    paginator = Paginator(found.order_by("-first_published_at", "-pk"), PER_PAGE)
    current = paginator.get_page(request.GET.get("page"))

    def address(number: int) -> str:
        return index.url_path + (f"?page={number}" if number > 1 else "")

    return {
        "rows": [items.row(page, get_language()) for page in current],
        "feed_url": f"{index.url_path}feed/",
        "pages": pagination.numbers(current, address),
    }


def news_document(page) -> SearchDocument:
    texts = [plain(str(child.value)) for child in page.body if child.block_type != "picture"]
    facets = {"demonstration": ["yes"]} if page.demonstration else {}
    return SearchDocument.of(page, "news", texts, facets)


def news_data(page, absolute) -> dict:
    """schema.org `NewsArticle`."""
    return structured.work(page, "NewsArticle", absolute)


# ---- Projects ------------------------------------------------------------------------------


def partners(page, language: str) -> list[dict]:
    """The partners with their countries in words; one without a name is told by its country."""
    rows = []
    for child in page.partners:
        name = label("country", child.value["country"], language)
        rows.append(
            {
                "name": child.value.get("name") or name,
                "country": name if child.value.get("name") else "",
                "code": child.value["country"],
                "role": child.value.get("role") or "",
            }
        )
    return rows


def span(page, language: str) -> str:
    if page.start_date and page.end_date:
        return gettext("%(start)s to %(end)s") % {
            "start": day(page.start_date, language),
            "end": day(page.end_date, language),
        }
    return ""


def project_codes(page) -> dict[str, list[str]]:
    found = {"programme": [page.programme], "project_number": [page.number]}
    if page.start_date and page.end_date:
        found["years"] = [f"{page.start_date.year}–{page.end_date.year}"]
    return {name: values for name, values in found.items() if values != [""]}


def project_row_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    return [
        value for name in ("programme", "years", "project_number") for value in codes.get(name, [])
    ]


def project_facts(page, language: str) -> list[dict]:
    """The facts beside the text; those that nobody has told are left out."""
    rows = [
        {"term": gettext("Programme"), "value": page.programme},
        {"term": gettext("Project number"), "value": page.number},
        {"term": gettext("Duration"), "value": span(page, language)},
        {"term": gettext("Partners"), "value": str(len(page.partners) or "")},
        {
            "term": gettext("Countries"),
            "value": ", ".join(
                sorted(
                    {label("country", child.value["country"], language) for child in page.partners}
                )
            ),
        },
    ]
    return [row for row in rows if row["value"]]


def project(page, request) -> dict:
    """What the page of a project shows beside its fields."""
    return {
        "facts": project_facts(page, get_language()),
        "partners": partners(page, page.locale.language_code),
        "figures": [child.value for child in page.figures],
        "link_host": urlsplit(page.link).hostname or "",
    }


def projects(index, request) -> dict:
    """All projects, their numbers, and the countries of their partners; one query, kept."""
    reader = get_language()

    def build() -> dict:
        found = list(ProjectPage.objects.live().best_for(reader).select_related("locale"))
        found.sort(key=lambda page: (page.start_date or datetime.date.max, page.title))
        where = places(found, reader)
        return {
            "rows": [items.row(page, reader) for page in found],
            "numbers": numbers(found),
            "places": where,
            "map": europe(marks(where)) if where else None,
        }

    return generation.kept(request, ("projects", reader), build)


def numbers(pages) -> list[dict]:
    """How many projects, partners and countries; named partners of two projects count once."""
    named, unnamed, countries = set(), 0, set()
    for page in pages:
        for child in page.partners:
            countries.add(child.value["country"])
            name = " ".join((child.value.get("name") or "").casefold().split())
            named |= {name} if name else set()
            unnamed += not name
    told = [
        (len(pages), gettext("Projects")),
        (len(named) + unnamed, gettext("Partners")),
        (len(countries), gettext("Countries")),
    ]
    return [{"number": number, "label": label} for number, label in told if number]


def places(pages, language: str) -> list[dict]:
    """Partners by country for a map: `{code, label, count, url, projects}`, most partners first.

    `url` leads to the country in the list beside the map.
    """
    found: dict[str, dict] = {}
    for page in pages:
        for child in page.partners:
            code = child.value["country"]
            place = found.setdefault(
                code,
                {
                    "code": code,
                    "label": label("country", code, language),
                    "count": 0,
                    "url": f"#country-{code.lower()}",
                    "projects": [],
                },
            )
            place["count"] += 1
            if page.title not in place["projects"]:
                place["projects"].append(page.title)
    return sorted(found.values(), key=lambda place: (-place["count"], place["label"]))


def project_document(page) -> SearchDocument:
    texts = [plain(str(getattr(page, name))) for name in ("about", "results", "carried_on")]
    texts += [page.number, *(child.value.get("name") or "" for child in page.partners)]
    return SearchDocument.of(page, "project", texts, project_codes(page))


def project_data(page, absolute) -> dict:
    """schema.org `Project`."""
    data = structured.data_of(page, "Project", absolute)
    dates = {"foundingDate": page.start_date, "dissolutionDate": page.end_date}
    data |= {name: date.isoformat() for name, date in dates.items() if date}
    if page.number:
        data["identifier"] = page.number
    if page.programme:
        data["funder"] = {"@type": "Organization", "name": page.programme}
    named = [child.value["name"] for child in page.partners if child.value.get("name")]
    if named:
        data["member"] = [{"@type": "Organization", "name": name} for name in named]
    return data
