"""What the form of a proposal begins with, and what has changed from one version to the next."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

import vocabularies
from core.dates import day
from core.plaintext import to_text
from marketplace.agreements.differences import Piece, compare, has_changed
from marketplace.agreements.text import CRITERIA
from marketplace.deals.models import Deal, Proposal
from marketplace.listings.models import NeedPage, ServicePage

TEXTS = ("scope", "learns", "price_line", "supervision", "insurance", "minors", "data")
SAME = ("language", "starts", "ends", "price_model", "licence")


def beginning(deal: Deal, last: Proposal | None, side: str) -> dict:
    """The first values of the form: of the last version, else of the service and of the need.

    `language` is the one in which the texts among them are; where there are none, that of the side.
    """
    if last is not None:
        return of_version(last)
    language = get_language()
    found: dict = {"language": deal.language(side)}
    if deal.need_key:
        need = NeedPage.objects.live().filter(translation_key=deal.need_key).best_for(language)
        found |= of_need(need.first())
    if deal.service_key:
        pages = ServicePage.objects.live().filter(translation_key=deal.service_key)
        found |= of_service(pages.best_for(language).first())
    first = deal.messages.order_by("sent_at", "pk").first()
    window = getattr(deal, "window", None)
    if window is not None:
        found |= {"starts": window.starts, "ends": window.ends}
    if first is not None:
        wanted = {"starts": first.wanted_from, "ends": first.wanted_until}
        found |= {name: value for name, value in wanted.items() if value}
    return found


def of_service(service) -> dict:
    if service is None:
        return {}
    parts = [to_text(service.client_gets), to_text(service.deliverables)]
    price = f"{service.price} €" if service.price else ""
    return {
        "language": service.locale.language_code,
        "scope": "\n\n".join(filter(None, [service.result, *parts])),
        "learns": to_text(service.learning_outcomes),
        "supervision": service.supervision,
        "price_model": service.price_model,
        "price_line": "\n".join(filter(None, [price, service.price_note])),
        "insurance": service.liability,
        "licence": service.result_licence,
    }


def of_need(need) -> dict:
    if need is None:
        return {}
    return {
        "language": need.locale.language_code,
        "scope": "\n\n".join(filter(None, [need.outcome, to_text(need.problem)])),
        "supervision": need.supervision,
        "starts": need.starts,
        "ends": need.deadline,
    }


def of_version(proposal: Proposal) -> dict:
    """The values of a version, for the next one."""
    found = {name: getattr(proposal, name) for name in (*TEXTS, *SAME)}
    for code in CRITERIA:
        answer = (proposal.conditions or {}).get(code) or {}
        if "kept" in answer:
            found[f"{code}_kept"] = "yes" if answer["kept"] else "no"
        found[f"{code}_text"] = answer.get("text", "")
    return found


@dataclass(frozen=True)
class Part:
    """One part of a proposal beside the same part of the version before."""

    label: str
    pieces: tuple[Piece, ...]
    language: str  # "" where it is not what somebody typed

    @property
    def changed(self) -> bool:
        return has_changed(list(self.pieces))

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != "removed")


def parts(proposal: Proposal, before: Proposal | None) -> list[Part]:
    """All parts that one of the two versions has, with what changed; without a version before, as they are."""
    now, then = lines(proposal), lines(before) if before else {}
    found = []
    for label, (text, language) in now.items():
        old = then.get(label, ("", ""))[0] if before else text
        if text or old:
            found.append(Part(label, tuple(compare(old, text)), language))
    return found


def lines(proposal: Proposal) -> dict[str, tuple[str, str]]:
    """The parts of a version as text, by their names, each with the language it was written in."""
    reader, written = get_language(), proposal.language
    milestones = sorted(proposal.milestones.all(), key=lambda one: one.number)
    found = {
        _("What is done"): (proposal.scope, written),
        _("Start"): (day(proposal.starts, reader), ""),
        _("End"): (day(proposal.ends, reader), ""),
        _("Milestones"): (
            "\n".join(f"{day(one.due, reader)}: {one.title}" for one in milestones),
            written,
        ),
        _("How it is priced"): (label_of("price_model", proposal.price_model), ""),
        _("Price in words"): (proposal.price_line, written),
        _("What the learners learn"): (proposal.learns, written),
        _("Supervision"): (proposal.supervision, written),
    }
    for code in CRITERIA:
        answer = (proposal.conditions or {}).get(code) or {}
        said = (_("Kept.") if answer["kept"] else _("Not kept.")) if "kept" in answer else ""
        name = label_of("working_condition", code)
        found[name] = (" ".join(filter(None, [said, answer.get("text", "")])), written)
    return found | {
        _("Insurance"): (proposal.insurance, written),
        _("Safety of minors"): (proposal.minors, written),
        _("Licence of the result"): (label_of("licence", proposal.licence), ""),
        _("Personal data"): (proposal.data, written),
    }


def label_of(scheme: str, code: str) -> str:
    return vocabularies.label(scheme, code, get_language()) if code else ""
