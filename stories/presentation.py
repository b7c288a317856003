"""What a story says of itself: facts, figures, voices, mark, search document, structured data."""

from decimal import Decimal
from functools import partial

from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

import vocabularies
from core import structured
from core.dates import day
from core.figures import with_unit
from core.marks import Mark, draw
from core.registry import SearchDocument
from core.text import plain
from organisations import presentation as organisations
from stories import neighbours

# Until stories name their methods, the form of work-based learning cuts the joint.
PROFILES = {
    "apprenticeship": 2,
    "traineeship": 1,
    "school_workshop": 3,
    "real_orders": 4,
    "learning_company": 9,
    "classroom_at_work": 6,
    "simulation": 7,
    "staff_placement": 8,
}
SIDES = {"designer": "school", "implementer": "work", "target_user": "learner"}
TEXTS = (
    ("problem", _("Problem")),
    ("innovation", _("What is new")),
    ("resources", _("Resources")),
    ("cost", _("Cost")),
    ("failed", _("What failed")),
    ("transfer", _("What must be true elsewhere")),
)


def codes(story) -> dict[str, list[str]]:
    """The codes by which a story is found, and from which rows draw its mark and name its facts."""
    names = (*story.facet_fields, "region")
    return {name: [code] for name in names if (code := getattr(story, name))}


def mark(codes: dict[str, list[str]]) -> SafeString:
    """The mark of a story as SVG; it is drawn from codes, so no text of an editor is in it."""
    form, field = (
        next(iter(codes.get(name, [])), None) for name in ("work_based_learning", "field")
    )
    return mark_safe(draw(Mark(kind="story", method=PROFILES.get(form, 1), field=field)))  # noqa: S308


def positions(before: Decimal, after: Decimal, unit: str) -> tuple[float, float]:
    """Where two figures lie on a line, in per cent of its width.

    Percentages lie on 0–100, others on 0 to a fifth more than the larger figure. Both ends keep
    room for the labels.

    >>> positions(Decimal(9), Decimal(64), "%")
    (14.8, 56.6)
    """
    top = (
        Decimal(100)
        if unit == "%" and max(before, after) <= 100
        else max(before, after) * Decimal("1.2")
    )
    top = top or Decimal(1)
    return tuple(round(float(8 + value / top * 76), 1) for value in (before, after))


def results(story, language: str) -> list[dict]:
    """The figures of the story with their places on the line; texts in the content's notation."""
    rows = []
    for child in story.results:
        value = child.value
        before, after, unit = value["before"], value["after"], value.get("unit") or ""
        if before is None or after is None:
            continue  # a draft in preview
        before_pos, after_pos = positions(Decimal(before), Decimal(after), unit)
        rows.append(
            {
                "label": value["label"],
                "base": value.get("base") or "",
                "unit": unit,
                "before": before,
                "after": after,
                "before_text": with_unit(before, unit, language),
                "after_text": with_unit(after, unit, language),
                "before_pos": before_pos,
                "after_pos": after_pos,
            }
        )
    return rows


def voices(story, language: str) -> list[dict]:
    """The voices in the order designer, implementer, target user."""
    order = list(SIDES)
    children = sorted(
        (child.value for child in story.voices if child.value["who"] in SIDES),
        key=lambda value: order.index(value["who"]),
    )
    return [
        {
            "kind": SIDES[value["who"]],
            "label": vocabularies.get("voice").label(value["who"], language),
            "quote": value["quote"],
            "role": value["role"],
        }
        for value in children
    ]


def facts(story, language: str) -> list[dict]:
    """The facts panel, in the reader's language; empty facts are left out."""
    label = partial(vocabularies.label, language=language)
    place = ", ".join(
        filter(None, [label("country", story.country), label("region", story.region)])
    )
    needs = "; ".join(label("macro_need", code) for code in story.macro_needs or [])
    confirmed = day(story.confirmed_on, language) if story.confirmed_on else ""
    rows = [
        (gettext("Country and region"), place),
        (gettext("Field of education"), label("field", story.field)),
        (gettext("Narrow field"), label("narrow_field", story.narrow_field)),
        (gettext("Sector"), label("sector", story.sector)),
        (gettext("EQF level"), label("eqf_level", story.eqf_level)),
        (gettext("Size of the company"), label("organisation_size", story.organisation_size)),
        (gettext("Work-based learning"), label("work_based_learning", story.work_based_learning)),
        (gettext("Level of practice"), label("level_of_practice", story.level_of_practice)),
        (gettext("Needs of European VET"), needs),
        (gettext("Licence"), label("licence", story.licence)),
        (gettext("Last confirmed"), confirmed),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]


def row_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts below a story in a list."""
    groups = (("country", "region"), ("field",), ("eqf_level",), ("work_based_learning",))
    facts = (
        [
            vocabularies.get(name).label(code, language)
            for name in group
            for code in codes.get(name, [])
        ]
        for group in groups
    )
    return [" · ".join(labels) for labels in facts if labels]


def context(story, request) -> dict:
    """What the template of a story shows beside the fields themselves, and beside the story."""
    content_language = story.locale.language_code
    reader = get_language()
    return {
        "facts": facts(story, reader),
        "results": results(story, content_language),
        "voices": voices(story, content_language),
        "partners": [
            {
                "name": child.value["name"],
                "role": child.value["role"],
                "kind": vocabularies.get("partner_kind").label(
                    child.value["kind"], content_language
                ),
                "country": vocabularies.get("country").label(
                    child.value["country"], content_language
                ),
            }
            for child in story.partners
        ],
        "steps": [child.value for child in story.steps],
        "files": [child.value for child in story.files if child.value],
        "mark": story.mark,
        "told_by": next(iter(told_by(story, reader)), None),
        **neighbours.beside(story, request),
    }


def told_by(story, reader: str) -> list[dict]:
    """The public profile of the organisation that tells the story, as a row."""
    if story.organisation_id is None:
        return []
    recorded = Q(organisation=story.organisation_id) | Q(organisation__merged=story.organisation_id)
    return organisations.linked(reader, recorded)


def search_document(story) -> SearchDocument:
    """Title and result weigh most; every text of the story can be found."""
    streams = [
        " ".join(str(child.value.get(key) or "") for key in keys)
        for stream, keys in (
            (story.partners, ("name", "role")),
            (story.steps, ("title", "text")),
            (story.results, ("label", "base")),
            (story.voices, ("quote", "role")),
        )
        for child in stream
    ]
    texts = [story.gap_learnt, story.gap_applied, story.gap_needed]
    texts += [plain(str(getattr(story, name))) for name, _label in TEXTS]
    texts += [*streams, story.results_note, story.contact_organisation]
    marked = {"demonstration": ["yes"]} if story.demonstration else {}
    told_for = story.organisation
    return SearchDocument.of(
        story,
        "story",
        texts,
        codes(story) | marked,
        summary=story.result,
        town=told_for.place if told_for and told_for.country == story.country else "",
        country=story.country,
        organisation=story.organisation_id,
    )


def json_ld(story, absolute) -> dict:
    """schema.org `Article` of a story."""
    return structured.work(story, "Article", absolute) | {
        "mainEntityOfPage": absolute(story.url_path),
        "license": vocabularies.get("licence").url(story.licence),
        "contentLocation": {
            "@type": "Country",
            "name": vocabularies.label("country", story.country, story.locale.language_code),
        },
        "author": {"@type": "Organization", "name": story.contact_organisation},
        "about": [
            {
                "@type": "DefinedTerm",
                "name": vocabularies.get(scheme).label(code, story.locale.language_code),
                "termCode": code,
                "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "ISCED-F 2013"},
            }
            for scheme in ("field", "narrow_field")
            if (code := getattr(story, scheme))
        ],
    }
