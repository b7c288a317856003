"""Two or three stories side by side: which they are, and the rows of the table."""

from dataclasses import dataclass

from babel.lists import format_list
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

import vocabularies
from core.dates import day
from core.languages import language, reading_order
from core.plaintext import to_text
from core.serving import reading_address
from stories import comparing, presentation
from stories.neighbours import ITEMS, context_of

COMPARED = (
    "country",
    "field",
    "narrow_field",
    "sector",
    "eqf_level",
    "organisation_size",
    "work_based_learning",
    "level_of_practice",
    "macro_needs",
    *ITEMS,
)
TEXTS = ("problem", "failed", "transfer", "resources", "cost")


@dataclass(frozen=True)
class Cell:
    """What one story says in one row; `lang` where it is the story's text, not the portal's."""

    story: str
    story_lang: str
    lines: tuple[str, ...]
    lang: str = ""
    dir: str = ""


def chosen(model, slugs: list[str], reader: str) -> list:
    """The public stories that these slugs of any version name, in this order, each once.

    Each is the best version for the reader. Two queries.
    """
    order = reading_order(reader, tuple(settings.CONTENT_LANGUAGES))
    rows = model.objects.live().filter(slug__in=slugs, locale__language_code__in=order)
    keys: dict[str, tuple[int, object]] = {}
    for slug, key, code in rows.values_list("slug", "translation_key", "locale__language_code"):
        if slug not in keys or order.index(code) < keys[slug][0]:
            keys[slug] = (order.index(code), key)
    wanted = list(dict.fromkeys(keys[slug][1] for slug in slugs if slug in keys))
    if not wanted:
        return []
    pages = model.objects.live().filter(translation_key__in=wanted)
    found = {page.translation_key: page for page in pages.best_for(reader).select_related("locale")}
    return [found[key] for key in wanted if key in found]


def titles_of(stories, reader: str) -> dict[str, str]:
    """The titles of all methods and obstacles that the stories name; one query."""
    keys = {key for story in stories for name in ITEMS for key in getattr(story, name)}
    if not keys:
        return {}
    order = reading_order(reader, tuple(settings.CONTENT_LANGUAGES))
    best: dict[str, tuple[int, str]] = {}
    rows = Page.objects.live().filter(translation_key__in=keys)
    for key, title, code in rows.values_list("translation_key", "title", "locale__language_code"):
        rank = order.index(code) if code in order else len(order)
        if str(key) not in best or rank < best[str(key)][0]:
            best[str(key)] = (rank, title)
    return {key: title for key, (_rank, title) in best.items()}


def label_of(model, name: str) -> str:
    return capfirst(str(model._meta.get_field(name).verbose_name))


def build(stories: list, reader: str) -> dict:
    """The context of the page: heads, what they share and where they differ, and the table."""
    model = type(stories[0])
    titles = titles_of(stories, reader)
    contexts = [
        context_of(story)
        | {"level_of_practice": (story.level_of_practice,), "macro_needs": tuple(story.macro_needs)}
        for story in stories
    ]

    def words(name: str, values) -> tuple[str, ...]:
        if name in ITEMS:
            return tuple(titles[value] for value in values if value in titles)
        scheme = "macro_need" if name == "macro_needs" else name
        return tuple(vocabularies.get(scheme).label(value, reader) for value in values if value)

    result = comparing.compare(contexts, COMPARED)
    rows = [{"label": label_of(model, "result"), "cells": [said(s, [s.result]) for s in stories]}]
    rows += [
        {
            "label": label_of(model, name),
            "cells": [
                cell(story, words(name, context.get(name, ())))
                for story, context in zip(stories, contexts, strict=True)
            ],
        }
        for name in COMPARED
    ]
    rows.append(
        {"label": label_of(model, "results"), "cells": [said(s, figures(s)) for s in stories]}
    )
    rows += [
        {
            "label": label_of(model, name),
            "cells": [said(s, to_text(getattr(s, name) or "").split("\n")) for s in stories],
        }
        for name in TEXTS
    ]
    rows.append(
        {
            "label": label_of(model, "confirmed_on"),
            "cells": [cell(s, confirmed(s, reader)) for s in stories],
        }
    )
    return {
        "heads": [head(story, reader) for story in stories],
        "shared": [
            {"label": label_of(model, name), "values": list(values)}
            for name, codes in result.shared.items()
            if (values := words(name, codes))
        ],
        "different": capfirst(
            format_list(
                [str(model._meta.get_field(name).verbose_name) for name in result.different],
                locale=reader.replace("-", "_"),
            )
        ),
        "rows": [row for row in rows if any(one.lines for one in row["cells"])],
    }


def head(story, reader: str) -> dict:
    content = language(story.locale.language_code)
    return {
        "title": story.title,
        "url": reading_address(story.url_path, reader),
        "slug": story.slug,
        "lang": content.code,
        "dir": content.dir,
        "language_name": "" if content.code == reader else content.name,
        "demonstration": story.demonstration,
    }


def cell(story, lines) -> Cell:
    return Cell(story.title, story.locale.language_code, tuple(line for line in lines if line))


def said(story, lines) -> Cell:
    """A cell with the story's own text."""
    content = language(story.locale.language_code)
    kept = tuple(line.strip() for line in lines if line.strip())
    return Cell(story.title, content.code, kept, content.code, content.dir)


def figures(story) -> list[str]:
    """The results of a story in its own language."""
    code = story.locale.language_code
    with override(code):
        return [
            _("%(label)s: %(before)s before, %(after)s after")
            % {"label": row["label"], "before": row["before_text"], "after": row["after_text"]}
            for row in presentation.results(story, code)
        ]


def confirmed(story, reader: str) -> list[str]:
    return [day(story.confirmed_on, reader)] if story.confirmed_on else []
