"""What stands beside a story: similar stories, methods, obstacles and chapters, with the reason.

Three queries for a page, whatever the number of stories: the newest that share something, the
items that share something, the reports.
"""

from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

import vocabularies
from core import generation, items, registry
from core.languages import language, reading_order
from core.serving import reading_address
from stories import related
from stories.related import Context
from stories.tried import TriedToo

CODES = (
    "field",
    "narrow_field",
    "work_based_learning",
    "sector",
    "eqf_level",
    "organisation_size",
    "country",
)
ITEMS = {"methods": "method", "obstacles": "obstacle"}
EACH = 40  # how many of the newest stories that share one thing are looked at
MOST = 3
MOST_ITEMS = 60
FURTHER = 3  # how many of a kind that the story does not name are seen at once
BIG = ("problem", "steps", "innovation", "resources", "results", "failed", "transfer", "voices")


def context_of(story) -> Context:
    """What a story is filed under."""
    codes = {name: (code,) for name in CODES if (code := getattr(story, name))}
    return codes | {name: tuple(getattr(story, name) or ()) for name in ITEMS}


def names_any(pages, field: str, keys: list[str]):
    """The pages whose list of items names one of the keys."""
    said = f"{field}_said"
    found = reduce(or_, (Q(**{f"{said}__contains": key}) for key in keys))
    return pages.annotate(**{said: Cast(field, TextField())}).filter(found)


def similar(story, reader: str) -> list[dict]:
    """Rows of the stories that share most with this one, each with its `reasons`; one query."""
    model = type(story)
    others = model.objects.live().exclude(translation_key=story.translation_key).order_by("-pk")
    pools = [
        others.filter(**{name: getattr(story, name)})
        for name in ("narrow_field", "field", "work_based_learning")
        if getattr(story, name)
    ]
    pools += [names_any(others, name, keys) for name in ITEMS if (keys := getattr(story, name))]
    if not pools:
        return []
    pages = (
        model.objects.live()
        .filter(newest_of(pools))
        .best_for(reader)
        .select_related("locale")
        .defer(*BIG)
    )
    found = {str(page.translation_key): page for page in pages.order_by("-first_published_at")}
    ranked = related.rank(
        context_of(story), {key: context_of(page) for key, page in found.items()}, MOST
    )
    return [
        items.row(found[one.key], reader)
        | {"slug": found[one.key].slug, "reasons": list(one.reasons)}
        for one in ranked
    ]


def newest_of(pools: list) -> Q:
    """The newest stories of each pool, all their versions.

    Where the database can, one list of keys: it finds rows by index, and a choice of lists does not.
    """
    keys = [pool.values("translation_key")[:EACH] for pool in pools]
    if connection.features.supports_slicing_ordering_in_compound:
        return Q(translation_key__in=keys[0].union(*keys[1:], all=True))
    return reduce(or_, (Q(translation_key__in=one) for one in keys))


def kinds() -> dict[str, type]:
    """The models of the items beside a story, as far as they are part of this portal."""
    known = {item.kind: item.model for item in registry.items()}
    return {kind: known[kind] for kind in ("method", "obstacle", "chapter") if kind in known}


def shared_items(story, reader: str) -> dict[str, list[dict]]:
    """Methods, obstacles and chapters by kind, each once, in the best language; one query.

    They are those that the story names, methods against the same obstacle, and chapters that name
    the same method; `used` tells the first ones.
    """
    models = kinds()
    named = [*story.methods, *story.obstacles]
    wanted = Q(translation_key__in=named)
    for kind, field, keys in (
        ("method", "obstacles", story.obstacles),
        ("chapter", "methods", story.methods),
    ):
        model = models.get(kind)
        if keys and model and any(one.name == field for one in model._meta.get_fields()):
            beside = names_any(model.objects.live(), field, keys).order_by("-pk")
            wanted |= Q(pk__in=beside.values("pk")[:MOST_ITEMS])
    if not named:
        return {}
    of_type = {ContentType.objects.get_for_model(model).pk: kind for kind, model in models.items()}
    order = reading_order(reader, tuple(settings.CONTENT_LANGUAGES))
    rows = Page.objects.live().filter(wanted, content_type__in=of_type).order_by("title", "pk")
    best: dict[str, tuple[int, str, dict]] = {}
    for key, title, url, code, type_id in rows.values_list(
        "translation_key", "title", "url_path", "locale__language_code", "content_type"
    ):
        rank = order.index(code) if code in order else len(order)
        if str(key) not in best or rank < best[str(key)][0]:
            content = language(code)
            link = {
                "key": str(key),
                "title": title,
                "url": reading_address(url, reader),
                "lang": content.code if content.code != reader else "",
                "used": str(key) in named,
            }
            best[str(key)] = (rank, of_type[type_id], link)
    found: dict[str, list[dict]] = {}
    for _rank, kind, link in best.values():
        found.setdefault(kind, []).append(link)
    return found


def helps(links: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """What helps to do the same, each link with its `kind`: the `first` ones, and `more` behind them.

    What the story names comes first, then a few further ones of each kind.
    """
    parts: dict[str, list[dict]] = {"used": [], "further": [], "more": []}
    for kind in ("method", "obstacle", "chapter"):
        found = [link | {"kind": kind} for link in links.get(kind, [])]
        further = [link for link in found if not link["used"]]
        parts["used"] += [link for link in found if link["used"]]
        parts["further"] += further[:FURTHER]
        parts["more"] += further[FURTHER:]
    return {"first": [*parts["used"], *parts["further"]], "more": parts["more"]}


def in_words(reason: related.Reason, titles: dict[str, str], reader: str) -> str:
    """A reason as a sentence; empty where the item that is shared is not public any more."""
    if reason.about in ITEMS:
        title = titles.get(reason.value)
        sentence = {
            "methods": _("Same method: %(what)s"),
            "obstacles": _("Same obstacle: %(what)s"),
        }[reason.about]
        return sentence % {"what": title} if title else ""
    sentences = {
        "field": _("Same field: %(what)s"),
        "narrow_field": _("Same field: %(what)s"),
        "work_based_learning": _("Same form: %(what)s"),
        "sector": _("Same sector: %(what)s"),
        "eqf_level": _("Same level: %(what)s"),
        "organisation_size": _("Same size of company: %(what)s"),
        "country": _("Same country: %(what)s"),
    }
    what = vocabularies.get(reason.about).label(reason.value, reader)
    return sentences[reason.about] % {"what": what}


def reports(story, reader: str) -> list[dict]:
    """The published reports of those who tried it, each in its own language; one query."""
    found = TriedToo.objects.published().filter(story_key=story.translation_key)
    return [
        {
            "organisation": report.organisation,
            "country": vocabularies.get("country").label(report.country, reader),
            "context": report.context,
            "same": report.same,
            "different": report.different,
            "result": report.result,
            "on": report.submitted_at,
            "lang": report.language,
            "dir": language(report.language).dir,
        }
        for report in found[:20]
    ]


def beside(story, request) -> dict:
    """What the page of a story shows below the story; kept until something changes."""
    reader = get_language()

    def build() -> dict:
        links = shared_items(story, reader)
        titles = {link["key"]: link["title"] for links_ in links.values() for link in links_}
        stories = similar(story, reader)
        for row in stories:
            words = [in_words(reason, titles, reader) for reason in row["reasons"]]
            row["reasons"] = [one for one in words if one]
        return {
            "helps": helps(links),
            "related_stories": stories,
            "reports": reports(story, reader),
        }

    return generation.kept(request, ("beside", str(story.translation_key), reader), build)
