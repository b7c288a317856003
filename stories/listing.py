"""The list of stories: facets with counts, chips, sorting, pages; every state has an address."""

from dataclasses import dataclass, replace
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, F, Value, When
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

import vocabularies
from core import figures, generation, pagination, registry
from core.facets import facet, option
from core.languages import language, reading_order
from core.map import europe, marks
from core.serving import reading_address
from stories import presentation
from stories.models import FACETS, StoryPage
from stories.querysets import StoryQuerySet

PER_PAGE = 12
COUNTS_KEPT = 60  # seconds
SORTS = {
    "newest": (_("newest first"), ("-first_published_at", "-pk")),
    "oldest": (_("oldest first"), ("first_published_at", "pk")),
    "title": (_("by title"), ("title", "pk")),
}
VIEWS = {"list": _("List"), "map": _("Map")}


@dataclass(frozen=True)
class State:
    """What a reader has chosen; only known values are kept, so no query string can break a page."""

    languages: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    sort: str
    page: int
    view: str = "list"

    @classmethod
    def read(cls, query: QueryDict, available: list[str], own: str) -> "State":
        wanted = tuple(
            code for code in dict.fromkeys(query.getlist("language")) if code in available
        )
        page = query.get("page", "1")
        codes = {
            key: tuple(
                code
                for code in dict.fromkeys(query.getlist(key))
                if code in vocabularies.get(key).codes
            )
            for key in FACETS
        }
        return cls(
            languages=wanted or (own,),
            codes=vocabularies.get("narrow_field").within_choice(codes),
            sort=query.get("sort") if query.get("sort") in SORTS else "newest",
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            view="map" if query.get("view") == "map" else "list",
        )

    def is_plain(self, own: str) -> bool:
        """Whether nothing is chosen that narrows the list."""
        return self.languages == (own,) and not any(self.codes.values())

    def address(self, own: str, **changes) -> str:
        """The query string of this state with some of its parts changed, always in one order."""
        query = QueryDict(mutable=True)
        languages = changes.get("languages", self.languages)
        if tuple(languages) != (own,):
            query.setlist("language", languages)
        codes = vocabularies.get("narrow_field").within_choice(
            {key: changes.get(key, self.codes[key]) for key in FACETS}
        )
        for key in FACETS:
            query.setlist(key, codes[key])
        sort, page = changes.get("sort", self.sort), changes.get("page", 1)
        if sort != "newest":
            query["sort"] = sort
        if changes.get("view", self.view) == "map":
            query["view"] = "map"
        if page > 1:
            query["page"] = str(page)
        return f"?{encoded}" if (encoded := query.urlencode()) else "./"


def narrowed(stories: StoryQuerySet, state: State, without: str = "") -> StoryQuerySet:
    """The stories that match the chosen codes, leaving out one facet with what lies within it."""
    left_out = {without, *({"narrow_field"} if without == "field" else ())}
    for key, codes in state.codes.items():
        if codes and key not in left_out:
            stories = stories.filter(**{f"{key}__in": codes})
    return stories


def counts(stories: StoryQuerySet, state: State) -> dict[str, dict[str, int]]:
    """How many stories each value of each facet would give, counted in one query.

    Within a facet values add up, so a facet's own choice does not narrow its counts.
    """
    readable = stories.readable_in(list(state.languages))
    parts = [
        narrowed(readable, state, without=key)
        .order_by()
        .annotate(facet=Value(key, CharField()), code=Cast(F(key), CharField()))
        .values("facet", "code")
        .annotate(number=Count("pk"))
        .values_list("facet", "code", "number")
        for key in FACETS
    ]
    parts.append(
        narrowed(stories, state)
        .order_by()
        .annotate(facet=Value("language", CharField()), code=F("locale__language_code"))
        .values("facet", "code")
        .annotate(number=Count("pk"))
        .values_list("facet", "code", "number")
    )
    parts.append(
        narrowed(stories, state)
        .exclude(translation_key__in=narrowed(readable, state).values("translation_key"))
        .order_by()
        .annotate(facet=Value("missing", CharField()), code=F("locale__language_code"))
        .values("facet", "code")
        .annotate(number=Count("pk"))
        .values_list("facet", "code", "number")
    )
    found: dict[str, dict[str, int]] = {key: {} for key in [*FACETS, "language", "missing"]}
    for name, code, number in parts[0].union(*parts[1:], all=True):
        found[name][code] = number
    return found


def all_counts(request, stories: StoryQuerySet, reader: str) -> dict[str, dict[str, int]]:
    """The counts where nothing is chosen, kept until something changes."""
    state = State.read(QueryDict(), [], reader)
    return generation.kept(request, ("story counts", reader), lambda: counts(stories, state))


def chosen_counts(request, stories, state: State, matching, reader: str) -> tuple[dict, int]:
    """The counts and the total for what a reader has chosen; kept for a minute or until a change."""
    address = replace(state, sort="newest", page=1).address(reader)
    key = sha256(f"{generation.current(request)} {reader} {address}".encode()).hexdigest()
    return cache.get_or_set(
        f"story-counts:{key}", lambda: (counts(stories, state), matching.count()), COUNTS_KEPT
    )


def rows_of(stories, reader: str) -> list[dict]:
    """Stories as lines of a list, with the languages in which each can be read; one query more."""
    stories = list(stories)
    if not stories:
        return []
    published = type(stories[0]).objects.published()
    languages = published.languages_of([story.translation_key for story in stories])
    return [row(story, reader, languages.get(story.translation_key, [])) for story in stories]


def row(story, reader: str, languages: list[str]) -> dict:
    """A story as a line of a list."""
    content = language(story.locale.language_code)
    codes = presentation.codes(story)
    return {
        "title": story.title,
        "slug": story.slug,
        "result": story.result,
        "url": reading_address(story.url_path, reader),
        "lang": content.code,
        "dir": content.dir,
        "language_name": "" if content.code == reader else content.name,
        "facts": presentation.row_facts(codes, reader),
        "languages": languages,
        "mark": presentation.mark(codes),
        "demonstration": story.demonstration,
    }


def context(page, request) -> dict:
    """The context of the template; at most four queries, whatever is chosen."""
    reader, stories = get_language(), StoryPage.objects.published()
    available = vocabulary_of_languages(request, stories)
    state = State.read(request.GET, list(dict.fromkeys([reader, *available])), reader)
    matching = narrowed(stories.readable_in(list(state.languages)), state)
    if state.is_plain(reader):  # what most readers see
        found = all_counts(request, stories, reader)
        total = generation.kept(request, ("story total", reader), lambda: matching.count())
    else:
        found, total = chosen_counts(request, stories, state, matching, reader)
    paginator = Paginator(
        matching.select_related("locale").order_by(*SORTS[state.sort][1]), PER_PAGE
    )
    paginator.count = total
    current = paginator.get_page(state.page)
    chips = chips_of(state, reader)
    places = places_of(state, found, reader) if state.view == "map" else []
    return {
        "rows": [] if places else rows_of(current, reader),
        "places": places,
        "map": europe(marks(places)) if places else None,
        "is_map": state.view == "map",
        "views": [
            {"view": view, "label": label, "url": state.address(reader, view=view)}
            for view, label in VIEWS.items()
        ],
        "total": total,
        "facets": facets_of(state, found, reader),
        "chips": chips,
        "clear_url": "?view=map" if state.view == "map" else "./",
        "sort_options": [
            {"value": key, "label": label, "selected": key == state.sort}
            for key, (label, _order) in SORTS.items()
        ],
        "pages": []
        if places
        else pagination.numbers(current, lambda page: state.address(reader, page=page)),
        "other_languages": [
            {
                "code": code,
                "name": language(code).name,
                "count": number,
                "url": state.address(reader, languages=(*state.languages, code)),
            }
            for code, number in sorted(
                found["missing"].items(), key=lambda pair: language(pair[0]).name
            )
        ],
        "summary_sentence": summary(total, chips),
        "is_filtered": bool(chips),
        "feed_url": f"{page.url_path}feed/",
    }


def places_of(state: State, found: dict, reader: str) -> list[dict]:
    """The countries with matching stories, each with its number and the address of their list."""
    return [
        {
            "code": code,
            "label": label,
            "count": found["country"][code],
            "url": state.address(reader, country=(code,), view="list"),
        }
        for code, label in vocabularies.get("country").choices(reader)
        if found["country"].get(code) and code in (state.codes["country"] or [code])
    ]


def vocabulary_of_languages(request, stories: StoryQuerySet) -> list[str]:
    """The languages in which there is at least one story."""
    return generation.kept(
        request,
        "story languages",
        lambda: list(stories.order_by().values_list("locale__language_code", flat=True).distinct()),
    )


def facets_of(state: State, found: dict, reader: str) -> list[dict]:
    """The facets as fieldsets: values with counts in the order of their vocabulary."""
    languages = sorted(
        {*found["language"], *state.languages},
        key=lambda code: (code != reader, language(code).name),
    )
    facets = [
        facet(
            "language",
            _("Language you can read"),
            [
                option(
                    code,
                    language(code).name,
                    found["language"].get(code, 0),
                    code in state.languages,
                )
                | {"lang": code}
                for code in languages
            ],
        )
    ]
    for key, legend in FACETS.items():
        if key == "narrow_field" and len(state.codes["field"]) != 1:
            continue
        vocabulary = vocabularies.get(key)
        options = [
            option(code, label, found[key].get(code, 0), code in state.codes[key])
            for code, label in vocabulary.choices(reader)
            if code in found[key] or code in state.codes[key]
        ]
        facets.append(facet(key, legend, options))
    return [one for one in facets if one["options"] or one["more"]]


def chips_of(state: State, reader: str) -> list[dict]:
    """One removable chip for every chosen value."""
    chips = []
    if state.languages != (reader,):
        for code in state.languages:
            rest = tuple(other for other in state.languages if other != code)
            chips.append(
                {
                    "label": language(code).name,
                    "lang": code,
                    "remove_url": state.address(reader, languages=rest or (reader,)),
                }
            )
    for key, codes in state.codes.items():
        for code in codes:
            rest = tuple(other for other in codes if other != code)
            chips.append(
                {
                    "label": vocabularies.get(key).label(code, reader),
                    "lang": "",
                    "remove_url": state.address(reader, **{key: rest}),
                }
            )
    return chips


def summary(total: int, chips: list[dict]) -> SafeString:
    """One sentence that says what is shown, the number in bold."""
    if chips:
        sentence = ngettext(
            "<strong>{number} story</strong> for: {choices}",
            "<strong>{number} stories</strong> for: {choices}",
            total,
        )
    else:
        sentence = ngettext(
            "<strong>{number} story</strong>", "<strong>{number} stories</strong>", total
        )
    return format_html(
        sentence,
        number=figures.number(total, get_language()),
        choices=format_html_join(", ", "{}", ((chip["label"],) for chip in chips)),
    )


def newest(request, code: str, number: int) -> list[dict]:
    """The newest stories as rows, those in the reader's language first, each story once.

    Wherever fewer than `number` exist in the language, others fill the list, marked.
    """
    languages = list(reading_order(code, tuple(settings.CONTENT_LANGUAGES)))
    stories = (
        registry.item("story")
        .model.objects.published()
        .readable_in(languages)
        .select_related("locale")
        .order_by(Case(When(rank=0, then=0), default=1), "-first_published_at", "-pk")
    )
    return rows_of(stories[:number], code)


def themes(request, reader: str) -> list[dict]:
    """The fields of education with stories in the reader's language, as links into the list."""
    stories = registry.item("story").model.objects.published()
    found = all_counts(request, stories, reader)["field"]
    return [
        {"title": label, "count": found[code], "url": f"/{reader}/stories/?field={code}"}
        for code, label in vocabularies.get("field").choices(reader)
        if code in found
    ]
