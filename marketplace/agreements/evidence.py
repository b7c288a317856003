"""Evidence of what learners did in a deal: written by one side, confirmed by both, no learner named."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

import vocabularies
from core import dates
from core.text import without_controls
from marketplace.agreements import documents, signing
from marketplace.agreements.canonical import canonical, digest
from marketplace.agreements.models import Evidence, EvidenceSignature
from marketplace.agreements.text import languages, own
from marketplace.deals import moves
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, State

OPEN = (State.ACCEPTED, State.REVIEWED, State.CLOSED)
FIELDS = ("language", "programme", "did", "outcomes", "hours")
MOST = 20  # versions in one deal


def current(deal: Deal) -> Evidence | None:
    """The latest version; None where nobody has written any."""
    return signing.latest(Evidence, deal)


def clauses(deal: Deal, values: dict, language: str) -> list[dict]:
    """The evidence in one language."""
    proposal = deal.proposal

    def typed(label: str, text: str) -> dict:
        return {"label": label, "text": text, "language": values["language"]}

    with override(language):
        names = [
            ", ".join([record.name, vocabularies.label("country", record.country, language)])
            for record in (deal.organisation(side) for side in PARTIES)
        ]
        when = [
            own(label, dates.day(date, language))
            for label, date in (
                (_("Start"), proposal and proposal.starts),
                (_("End"), proposal and proposal.ends),
            )
            if date
        ]
        return [
            {
                "code": "work",
                "title": _("The work"),
                "text": [
                    _("A learner took part in this work: “%(title)s”.") % {"title": deal.title}
                ],
                "said": [own(_("Provider"), names[0]), own(_("Client"), names[1]), *when],
            },
            {
                "code": "learning",
                "title": _("What was done and learnt"),
                "text": [_("Both sides confirm what is said here.")],
                "said": [
                    typed(_("Programme"), values["programme"]),
                    typed(_("What was done"), values["did"]),
                    typed(_("Learning outcomes shown"), values["outcomes"]),
                    own(_("Hours of each learner"), str(values["hours"])),
                ],
            },
            {
                "code": "name",
                "title": _("The learner"),
                "text": [
                    _(
                        "The portal keeps no name of a learner. The trainer writes the name by hand on "
                        "the printed page and signs beside it."
                    )
                ],
                "said": [],
            },
        ]


def may_begin(deal: Deal, _document=None) -> None:
    """Raises `Refused` before the result is accepted."""
    if deal.state not in OPEN:
        raise Refused(_("Evidence can be written once the result is accepted."))


@transaction.atomic
def write(deal: Deal, user, values: dict, token: UUID) -> Evidence:
    """The next version, with `FIELDS`; the same `token` again gives back the same one.

    Raises `Refused`, in words, for whoever acts for no party and before the result is accepted.
    """
    deal = moves.held(deal)
    if not set(deal.sides_of(user)) & set(PARTIES):
        raise Refused(_("You do not act for a party of this deal."))
    if made := Evidence.objects.filter(deal=deal, token=token).first():
        return made
    may_begin(deal)
    last = current(deal)
    number = last.number + 1 if last else 1
    if number > MOST:
        raise Refused(_("There are many versions already. Use the latest one."))
    values = {
        name: without_controls(values[name]).strip() if name != "hours" else values[name]
        for name in FIELDS
    }
    texts = {
        language: clauses(deal, values, language)
        for language in languages(deal.provider_language, deal.client_language)
    }
    whole = canonical(f"evidence {deal.key} version {number} template 1", texts)
    made = Evidence.objects.create(
        deal=deal,
        number=number,
        languages=list(texts),
        texts=texts,
        text=whole,
        sha256=digest(whole),
        by=user,
        token=token,
        **values,
    )
    documents.want(made)
    return made


@transaction.atomic
def confirm(deal: Deal, user, sha256: str, name: str = "") -> EvidenceSignature:
    """A person's side confirms the evidence with this hash; raises `Refused` as for agreements."""
    made, new = signing.sign(current, deal, user, sha256, name or user.get_full_name(), may_begin)
    if new:
        documents.want(made.evidence)
    return made
