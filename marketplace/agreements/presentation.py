"""How agreements and evidence are shown: clause by clause, languages side by side, changes marked."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from core.languages import Language, language
from marketplace.agreements import signing
from marketplace.agreements.canonical import in_groups
from marketplace.agreements.differences import Piece, compare, has_changed
from marketplace.agreements.models import Agreement, SignedText
from organisations.models import MembershipRole

Pieces = list[Piece]


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it."""

    label: str
    pieces: Pieces


@dataclass(frozen=True)
class Cell:
    """A clause in one language: what belongs to the template."""

    language: Language
    title: Pieces
    paragraphs: list[Pieces]
    rows: list[Row]


@dataclass(frozen=True)
class Said:
    """What a party wrote, once for all languages, with its label in each of them."""

    labels: list[tuple[Language, str]]
    pieces: Pieces
    language: Language


@dataclass(frozen=True)
class Clause:
    """A clause in all languages; without a number where it was taken out."""

    number: int | None
    code: str
    cells: list[Cell]
    said: list[Said]
    changed: bool


def clauses(document: SignedText, before: SignedText | None = None) -> list[Clause]:
    """The clauses of a text; with an earlier version, marked with what has changed since.

    A language that the earlier version did not have is shown without marks.
    """
    codes = document.languages
    old = {
        code: {clause["code"]: clause for clause in before.texts.get(code, [])} if before else {}
        for code in codes
    }
    new = {code: {clause["code"]: clause for clause in document.texts[code]} for code in codes}
    numbers = {name: number for number, name in enumerate(new[codes[0]], 1)}
    gone = [name for name in old[codes[0]] if name not in numbers]
    return [
        clause_of(
            numbers.get(name),
            name,
            {code: new[code].get(name) for code in codes},
            {code: old[code].get(name) for code in codes} if before else None,
        )
        for name in [*numbers, *gone]
    ]


def clause_of(number, name: str, now: dict, then: dict | None) -> Clause:
    """One clause. `now` and `then` map languages to it; either has None where it does not stand."""
    empty = {"title": "", "text": [], "said": []}
    cells, said, marks = [], [], []

    def marked(before: str, after: str) -> Pieces:
        pieces = compare(before, after)
        marks.append(has_changed(pieces))
        return pieces

    for code, clause in now.items():
        clause = clause or empty
        # Where the language is new there is nothing to compare with.
        known = then is not None and (then[code] is not None or any(then.values()))
        was = (then[code] or empty) if known else clause
        paragraphs = [
            marked(earlier, later) for earlier, later in aligned(was["text"], clause["text"])
        ]
        rows = [
            Row(label, marked(earlier, later))
            for label, earlier, later, _language in matched(was["said"], clause["said"])
            if not _language
        ]
        cells.append(Cell(language(code), marked(was["title"], clause["title"]), paragraphs, rows))
    first = next(iter(now))
    texts = {code: clause or empty for code, clause in now.items()}
    was = (then[first] or empty) if then is not None else texts[first]
    for label, earlier, later, written in matched(was["said"], texts[first]["said"]):
        if written:
            said.append(
                Said(labels(label, texts, first), marked(earlier, later), language(written))
            )
    return Clause(number, name, cells, said, then is not None and any(marks))


def aligned(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Paragraphs of both versions by their place."""
    length = max(len(before), len(after))
    return list(
        zip(
            before + [""] * (length - len(before)),
            after + [""] * (length - len(after)),
            strict=True,
        )
    )


def matched(before: list[dict], after: list[dict]) -> list[tuple[str, str, str, str]]:
    """Rows of both versions by label and place among equals: `(label, earlier, later, language)`."""
    left = list(before)
    found = []
    for row in after:
        same = next(
            (
                one
                for one in left
                if one["label"] == row["label"] and one["language"] == row["language"]
            ),
            None,
        )
        if same is not None:
            left.remove(same)
        found.append((row["label"], same["text"] if same else "", row["text"], row["language"]))
    return found + [(row["label"], row["text"], "", row["language"]) for row in left]


def labels(label: str, texts: dict[str, dict], first: str) -> list[tuple[Language, str]]:
    """A row's label in all languages: rows stand at the same place in each of them."""
    place = next(
        (number for number, row in enumerate(texts[first]["said"]) if row["label"] == label), None
    )
    if place is None:
        return [(language(first), label)]
    return [(language(code), clause["said"][place]["label"]) for code, clause in texts.items()]


def document(one: SignedText, before: SignedText | None = None) -> dict:
    """What the page and the PDF of a text show."""
    return {
        "document": one,
        "title": title(one),
        "columns": [language(code) for code in one.languages],
        "clauses": clauses(one, before),
        "before": before,
        "lines": [line(one.deal, entry) for entry in signing.lines(one)],
        "signed": signing.is_signed(one),
        "hash_groups": in_groups(one.sha256),
        "verify_url": f"{settings.BASE_URL}/verify/{one.sha256}/",
    }


def title(one: SignedText) -> str:
    if isinstance(one, Agreement):
        return _("Agreement, version %(number)s") % {"number": one.number}
    return _("Evidence of learning, version %(number)s") % {"number": one.number}


def line(deal, entry: signing.Line) -> dict:
    """A party's line below a text; the name was typed in the language of the side."""
    signature = entry.signature
    roles = dict(MembershipRole.choices)
    return {
        "side": entry.side.label,
        "organisation": entry.organisation,
        "name": signature.name if signature else "",
        "lang": deal.language(entry.side),
        "role": roles.get(signature.role, "") if signature else "",
        "at": entry.accepted_at,
    }
