"""What methods, obstacles and sheets say of themselves: facts, tasks, reasons, documents, data."""

from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

import vocabularies
from core import generation, items, structured
from core.marks import METHODS, Mark, draw, phase_sign
from core.registry import SearchDocument
from core.text import plain
from methods.choosing import EXPERIENCE, SIDES, Choice, Reason, Traits, rank
from methods.forms import ChooserForm
from methods.models import MethodPage, ObstaclePage, SheetPage
from vocabularies import label

PHASES_4C = ("commitment", "cooperation", "collaboration", "celebration")
TASK_PHASES = ("before", "during", "after")
ROLES = ("school", "company", "learner")
TONES = {"school": "school", "company": "work", "learner": "learner"}
STORIES = 6


def mark(number: int) -> SafeString:
    """The joint of a method; those after the twelfth take their turn again."""
    method = METHODS[(number - 1) % len(METHODS)]
    return mark_safe(draw(Mark(method=method)))  # noqa: S308


def span(least: int, most: int) -> str:
    """A number of learners: from least to most."""
    if least == most:
        return ngettext("%(number)s learner", "%(number)s learners", most) % {"number": most}
    return gettext("%(least)s to %(most)s learners") % {"least": least, "most": most}


def hours(number: int) -> str:
    return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}


def weeks(number: int) -> str:
    return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": number}


def facts(method, language: str) -> list[dict]:
    """The strip of facts under the head, in the reader's language."""
    phase = label("phase_4c", method.phase_4c, language)
    effort = gettext("School: %(school)s. Company: %(company)s.") % {
        "school": hours(method.hours_school),
        "company": hours(method.hours_company),
    }
    rows = [
        (gettext("Phase"), phase),
        (gettext("Effort for one round"), effort),
        (gettext("Group"), span(method.group_min, method.group_max)),
        (gettext("Cost"), label("cost", method.cost, language)),
        (gettext("Place"), ", ".join(label("place", code, language) for code in method.place)),
        (gettext("Experience"), label("experience", method.experience, language)),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]


def matrix(method, language: str) -> list[dict]:
    """Tasks by phase, then by role, with the weeks that each phase takes."""
    tasks: dict[tuple[str, str], list[str]] = {}
    for child in method.tasks:
        value = child.value
        tasks.setdefault((value["phase"], value["role"]), []).append(value["text"])
    return [
        {
            "phase": phase,
            "label": label("method_phase", phase, language),
            "weeks": weeks(getattr(method, f"weeks_{phase}")),
            "roles": [
                {
                    "role": role,
                    "tone": TONES[role],
                    "label": label("method_role", role, language),
                    "tasks": tasks.get((phase, role), []),
                }
                for role in ROLES
            ],
        }
        for phase in TASK_PHASES
    ]


def method(page, request) -> dict:
    """What the page of a method shows beside its fields."""
    reader, content = get_language(), page.locale.language_code
    stories = items.naming(request, "story", "methods", page.translation_key, reader)
    return {
        "mark": mark(page.number),
        "facts": facts(page, reader),
        "phase_sign": mark_safe(phase_sign(PHASES_4C.index(page.phase_4c) + 1)),  # noqa: S308
        "matrix": matrix(page, content),
        "roles": [
            {"role": role, "tone": TONES[role], "label": label("method_role", role, content)}
            for role in ROLES
        ],
        "stories": stories[:STORIES],
        "obstacles": items.rows(request, "obstacle", page.obstacles, reader),
        "sheets": items.rows(request, "sheet", page.sheets, reader),
    }


def listed(model: type, reader: str):
    """The published items of a list, each in the best language for a reader."""
    return model.objects.live().best_for(reader).select_related("locale")


def manual(index, request) -> dict:
    """All methods in their order, or ranked for what the reader has told."""
    reader = get_language()
    pages = generation.kept(
        request,
        ("manual", reader),
        lambda: list(listed(MethodPage, reader).order_by("number", "pk")),
    )
    asked = any(request.GET.get(name) for name in ("motive", "hours", "learners", "experience"))
    form = ChooserForm(request.GET if "side" in request.GET or asked else None)
    by_number = {page.number: page for page in pages}
    if form.is_bound and form.is_valid() and asked:
        choices = rank([traits(page) for page in by_number.values()], form.answers())
    else:
        choices = [Choice(number, 0, ()) for number in by_number]
        asked = False
    return {
        "form": form,
        "is_ranked": asked,
        "rows": [
            items.row(by_number[choice.number], reader)
            | {
                "reasons": [
                    {"fits": fits, "texts": [in_words(one, form.asked_side) for one in reasons]}
                    for fits, reasons in groupby(choice.reasons, key=lambda one: one.fits)
                ]
            }
            for choice in choices
        ],
    }


def traits(page) -> Traits:
    """What the chooser knows of a method's page."""
    return Traits(
        number=page.number,
        hours={side: getattr(page, f"hours_{side}") for side in SIDES},
        learners=(page.group_min, page.group_max),
        experience=page.experience if page.experience in EXPERIENCE else EXPERIENCE[0],
        motives={side: tuple(getattr(page, f"motives_{side}")) for side in SIDES},
    )


def in_words(reason: Reason, side: str) -> str:
    """A reason as a sentence in the reader's language."""
    if reason.about == "motive":
        return gettext("You look for: %(motive)s.") % {
            "motive": label(f"motive_{side}", reason.value)
        }
    if reason.about == "hours":
        return gettext("One round takes your side %(hours)s.") % {"hours": hours(reason.value)}
    if reason.about == "learners":
        return gettext("It is made for %(group)s.") % {"group": span(*reason.value)}
    if reason.value == "none":
        return gettext("It needs no experience together.")
    return gettext("It is for those who have this behind them: %(experience)s.") % {
        "experience": label("experience", reason.value)
    }


def codes(page) -> dict[str, list[str]]:
    """What search and lists tell of a method: its place in the manual and codes of vocabularies."""
    return {
        "method": [str(page.number)],
        **{name: [getattr(page, name)] for name in ("phase_4c", "experience", "cost")},
    }


def mark_of(codes: dict[str, list[str]]) -> SafeString:
    return mark(int(next(iter(codes.get("method", [])), 1)))


def row_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts below a method in a list; each with its name: "Free" says nothing."""
    names = {
        "phase_4c": gettext("Phase"),
        "experience": gettext("Experience"),
        "cost": gettext("Cost"),
    }
    return [
        f"{name}: {label(scheme, code, language)}"
        for scheme, name in names.items()
        for code in codes.get(scheme, [])
    ]


def obstacles(index, request) -> dict:
    """All obstacles by kind, in the words that people use."""
    reader = get_language()
    found = generation.kept(
        request,
        ("obstacles", reader),
        lambda: list(listed(ObstaclePage, reader).order_by("title", "pk")),
    )
    return {
        "groups": [
            {
                "kind": code,
                "label": name,
                "rows": [items.row(page, reader) for page in found if page.kind == code],
            }
            for code, name in vocabularies.get("obstacle_kind").choices(reader)
        ]
    }


def obstacle(page, request) -> dict:
    """What the page of an obstacle shows: the methods that help, and stories of those who did."""
    reader = get_language()
    return {
        "methods": items.naming(request, "method", "obstacles", page.translation_key, reader),
        "stories": items.naming(request, "story", "obstacles", page.translation_key, reader)[
            :STORIES
        ],
        "kind_label": label("obstacle_kind", page.kind, page.locale.language_code),
    }


def sheets(index, request) -> dict:
    reader = get_language()
    found = generation.kept(
        request,
        ("sheets", reader),
        lambda: list(listed(SheetPage, reader).order_by("title", "pk")),
    )
    return {"rows": [items.row(page, reader) for page in found]}


def method_document(page) -> SearchDocument:
    """Title and purpose weigh most; tasks and every text can be found."""
    texts = [
        plain(str(getattr(page, name)))
        for name in (
            "idea",
            "example",
            "use_when",
            "leave_when",
            "pitfalls",
            "success",
            "safety",
        )
    ]
    tasks = [child.value["text"] for child in page.tasks]
    return SearchDocument.of(page, "method", [*texts, *tasks], codes(page))


def obstacle_document(page) -> SearchDocument:
    texts = [plain(str(getattr(page, name))) for name in ("behind", "first_step", "say")]
    return SearchDocument.of(page, "obstacle", texts)


def sheet_document(page) -> SearchDocument:
    texts = [
        plain(str(child.value)) for child in page.body if child.block_type in ("heading", "text")
    ]
    return SearchDocument.of(page, "sheet", texts)


def how_to(page, absolute) -> dict:
    """schema.org `HowTo` of a method: a section for each phase, a step for each task."""
    language = page.locale.language_code
    return structured.work(page, "HowTo", absolute) | {
        "step": [
            {
                "@type": "HowToSection",
                "name": phase["label"],
                "itemListElement": [
                    {"@type": "HowToStep", "name": f"{role['label']}: {text}", "text": text}
                    for role in phase["roles"]
                    for text in role["tasks"]
                ],
            }
            for phase in matrix(page, language)
        ]
    }


def obstacle_data(page, absolute) -> dict:
    """schema.org `Article` of an obstacle."""
    return structured.work(page, "Article", absolute)


def sheet_data(page, absolute) -> dict:
    """schema.org `DigitalDocument` of a sheet."""
    return structured.work(page, "DigitalDocument", absolute)
