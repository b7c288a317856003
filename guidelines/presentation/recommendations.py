"""What a recommendation says of itself: facts, evidence, course of events, answer, data."""

from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core import documents, generation, items, registry, structured
from core.dates import day
from core.figures import with_unit
from core.languages import language as language_named
from core.registry import SearchDocument
from core.text import plain
from guidelines.models.proceedings import Move, Proceeding, Status
from vocabularies import label

RICH = ("problem", "rationale", "needs", "first_step", "dissent")
BADGES = {
    Status.DRAFT: "draft",
    Status.CONSULTED: "in_review",
    Status.ADOPTED: "published",
    Status.SENT: "sent",
    Status.ANSWERED: "answered",
}
NEXT = {
    Status.DRAFT: _("It is still being discussed. Tell the editors what is missing."),
    Status.CONSULTED: _("Others were asked. Those who lead it decide whether they adopt it."),
    Status.ADOPTED: _("It is adopted. It will be sent to those who can act on it."),
    Status.SENT: _("It waits for an answer of those who can act on it."),
    Status.ANSWERED: _("There is an answer. Measure again, and see what has moved."),
}


def codes(page) -> dict[str, list[str]]:
    """The codes by which a recommendation is found, without its status, which is no page's own."""
    return {"macro_need": [page.theme], "addressee": list(page.addressees)}


def row_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts below a recommendation in a list."""
    facts = [
        " · ".join(label(scheme, code, language) for code in codes.get(scheme, []))
        for scheme in ("addressee", "macro_need")
    ]
    statuses = [str(Status(code).label) for code in codes.get("status", [])]
    return [fact for fact in [*facts, *statuses] if fact]


def facts(page, language: str) -> list[dict]:
    """The facts panel; what editors wrote carries the language of the page."""
    content = page.locale.language_code
    addressees = ", ".join(label("addressee", code, language) for code in page.addressees)
    rows = [
        (gettext("Addressees"), addressees, ""),
        (gettext("Which bodies exactly"), page.addressed_to, content),
        (gettext("Theme"), label("macro_need", page.theme, language), ""),
        (gettext("Led by"), page.led_by, content),
    ]
    return [
        {"term": term, "value": value, "lang": lang if lang != language else ""}
        for term, value, lang in rows
        if value
    ]


def statuses(request) -> dict[str, str]:
    """The status of every recommendation that is no draft any more, by translation key; kept."""
    return generation.kept(
        request,
        "recommendation statuses",
        lambda: {
            str(key): status
            for key, status in Proceeding.objects.values_list("translation_key", "status")
        },
    )


def moves(request, page) -> list[Move]:
    """The moves of a recommendation in their order, with proceeding and answer; kept."""
    key = page.translation_key
    return generation.kept(
        request,
        ("moves", str(key)),
        lambda: list(
            Move.objects.filter(proceeding__translation_key=key)
            .select_related("proceeding", "answer")
            .order_by("on", "pk")
        ),
    )


def status_row(status: str) -> dict:
    """A status as its badge shows it."""
    return {"state": BADGES[Status(status)], "label": str(Status(status).label)}


def course(made: list[Move], language: str) -> list[dict]:
    """Every status with its day and office: what is behind, where it stands, what may come."""
    by_status = {move.status: move for move in made}
    now = made[-1].status if made else Status.DRAFT
    order = list(Status)
    steps = []
    for status in order:
        move = by_status.get(status)
        place = order.index(status) - order.index(Status(now))
        steps.append(
            {
                **status_row(status),
                "tense": "present" if not place else "past" if place < 0 else "future",
                "on": move.on if move else None,
                "date": day(move.on, language) if move else "",
                "office": move.office if move else "",
            }
        )
    return steps


def evidence(request, page, reader: str) -> list[dict]:
    """Each piece with what it shows; stories as rows in the best language for the reader."""
    content = page.locale.language_code
    keys = [child.value["story"] for child in page.evidence if child.block_type == "story"]
    found = stories(request, keys, reader)
    pieces = []
    for child in page.evidence:
        value = child.value
        piece = {"kind": child.block_type, "shows": value["shows"]}
        if child.block_type == "story":
            piece["story"] = found.get(value["story"])
        else:
            piece |= {name: value[name] for name in ("label", "base", "source", "url", "on")}
            piece["text"] = with_unit(value["value"], value["unit"], content)
            piece["date"] = day(value["on"], content) if value["on"] else ""
        pieces.append(piece)
    return pieces


def stories(request, keys: list[str], reader: str) -> dict[str, dict]:
    """The published stories with these keys as rows of lists; one query, kept."""
    if not keys:
        return {}

    def build() -> dict[str, dict]:
        pages = registry.item("story").model.objects.live().filter(translation_key__in=keys)
        return {
            str(page.translation_key): items.row(page, reader)
            for page in pages.best_for(reader).select_related("locale")
        }

    return generation.kept(request, ("evidence", tuple(keys), reader), build)


def answer(page, made: list[Move], reader: str) -> dict | None:
    """The addressee's answer in their words, and in the language of the page where that differs."""
    given = next((move for move in made if hasattr(move, "answer")), None)
    if given is None:
        return None
    said, content = given.answer, page.locale.language_code
    own = language_named(said.language)
    return {
        "body": said.body,
        "on": given.on,
        "date": day(given.on, content),
        "text": said.text,
        "lang": own.code,
        "dir": own.dir,
        "language_name": own.name,
        "url": said.url,
        "translation": page.answer_text if said.language != content else "",
    }


def brief_name(page) -> str:
    """The name of the brief among the documents made in the background."""
    return f"brief/{page.translation_key}"


def brief(request, page):
    """The policy brief as PDF in the language of the page, or None while it is not made; kept."""
    code = page.locale.language_code
    return generation.kept(
        request,
        ("brief", str(page.translation_key), code),
        lambda: documents.ready(brief_name(page), code),
    )


def page(page, request) -> dict:
    """What the page of a recommendation and its brief show beside the fields; three queries."""
    reader = get_language()
    made = moves(request, page)
    now = Status(made[-1].status) if made else Status.DRAFT
    proceeding = made[-1].proceeding if made else None
    follow_up_on = proceeding.follow_up_on if proceeding else None
    shown = facts(page, reader)
    if follow_up_on:
        shown.append({"term": gettext("Follow-up"), "value": day(follow_up_on, reader)})
    return {
        "facts": shown,
        "course": course(made, reader),
        "status": status_row(now),
        "next_step": NEXT[now],
        "follow_up_on": follow_up_on,
        "evidence": evidence(request, page, reader),
        "answer": answer(page, made, reader),
        "brief": brief(request, page),
        "brief_url": f"{page.url_path}?as=brief",
    }


def as_brief(page, request) -> TemplateResponse | None:
    """The policy brief, where the address asks for it."""
    if request.GET.get("as") != "brief":
        return None
    return TemplateResponse(
        request, "guidelines/recommendation_brief.html", page.get_context(request)
    )


def search_document(page) -> SearchDocument:
    """Title and sentence weigh most; every text can be found; the status is a facet."""
    texts = [plain(str(getattr(page, name))) for name in RICH]
    told = [
        " ".join(str(child.value.get(name) or "") for name in ("label", "base", "source", "shows"))
        for child in page.evidence
    ]
    status = (
        Proceeding.objects.filter(translation_key=page.translation_key)
        .values_list("status", flat=True)
        .first()
    )
    facets = codes(page) | {"status": [status or Status.DRAFT.value]}
    if page.demonstration:
        facets["demonstration"] = ["yes"]
    texts = [page.addressed_to, *texts, *told, page.answer_text, page.led_by]
    return SearchDocument.of(page, "recommendation", texts, facets)


def json_ld(page, absolute) -> dict:
    """schema.org `Report` of a recommendation."""
    language = page.locale.language_code
    return structured.work(page, "Report", absolute) | {
        "mainEntityOfPage": absolute(page.url_path),
        "about": label("macro_need", page.theme, language),
        "audience": [
            {"@type": "Audience", "audienceType": label("addressee", code, language)}
            for code in page.addressees
        ],
        "author": {"@type": "Organization", "name": page.led_by},
    }
