"""What anybody may learn of a document from its hash: whether it counts and when, and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.agreements import services, signing
from marketplace.agreements.canonical import SHA256
from marketplace.agreements.models import Agreement, Evidence
from marketplace.deals.refusals import Refused

ACCEPTED, OPEN, NEVER, SUPERSEDED = "accepted", "open", "never", "superseded"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """`state`, the kind of document, and days.

    An `accepted` document is the one that counts. A `superseded` one was replaced by a newer version;
    `accepted_at` then says whether both had accepted it before. An `open` one is not accepted by both, and still
    can be; one that was `never` accepted no longer can.
    """

    state: str
    kind: str = ""
    made_at: datetime | None = None
    accepted_at: datetime | None = None
    provider_at: datetime | None = None
    client_at: datetime | None = None
    superseded_at: datetime | None = None


def look_up(sha256: str) -> Answer:
    """What is known of the document with this hash."""
    if not SHA256.fullmatch(sha256):
        return Answer(UNKNOWN)
    for kind, model in (("agreement", Agreement), ("evidence", Evidence)):
        found = model.objects.filter(sha256=sha256).prefetch_related("signatures").first()
        if found is not None:
            return answer(kind, model, found)
    return Answer(UNKNOWN)


def answer(kind: str, model, found) -> Answer:
    """A newer version replaces one that is not accepted at once, an accepted one when both accept it."""
    times = {signature.side: signature.accepted_at for signature in found.signatures.all()}
    signed = signing.is_signed(found)
    newer = model.objects.filter(deal=found.deal_id, number__gt=found.number)
    newer = list(newer.order_by("number").prefetch_related("signatures"))
    replaced_at = None
    if signed:
        accepted = next((one for one in newer if signing.is_signed(one)), None)
        if accepted is not None:
            replaced_at = max(one.accepted_at for one in accepted.signatures.all())
    elif newer:
        replaced_at = newer[0].made_at
    state = SUPERSEDED if replaced_at else ACCEPTED if signed else OPEN
    if state == OPEN and kind == "agreement" and not can_be_accepted(found):
        state = NEVER
    return Answer(
        state,
        kind,
        found.made_at,
        max(times.values()) if signed else None,
        times.get("provider"),
        times.get("client"),
        replaced_at,
    )


def can_be_accepted(agreement: Agreement) -> bool:
    """Whether both sides can still accept an agreement: not a change that was declined, nor a deal's that ended."""
    try:
        services.may_accept(agreement.deal, agreement)
    except Refused:
        return False
    return services.current(agreement.deal) == agreement
