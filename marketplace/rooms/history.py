"""What stands beside the steps of a deal: the versions of proposals, and who has accepted."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.agreements.models import Acceptance
from marketplace.deals.table import AGREEING, PROPOSING
from marketplace.rooms.timeline import Card, name_of


def cards(deal, steps, proposals) -> dict[int, list[Card]]:
    """Cards by the number of the step to which they belong; one query.

    The one without a title says what the step itself brought: it takes the place of the step's own.
    """
    found: dict[int, list[Card]] = {}
    made = [step for step in steps if step.move in PROPOSING]
    url = reverse("marketplace:deal-proposals", args=[deal.key])
    numbers = {}
    for step, proposal in zip(made, proposals, strict=False):
        numbers[proposal.pk] = step.number
        found[step.number] = [
            Card(
                side=proposal.side,
                who=name_of(deal, proposal.side),
                title="",
                said=_("Hidden by a moderator") if proposal.hidden else first_line(proposal.scope),
                said_lang="" if proposal.hidden else proposal.language,
                url=f"{url}?version={proposal.number}",
                url_title=_("Version %(number)s") % {"number": proposal.number},
            )
        ]
    numbers |= agreed(steps, proposals)
    for one in acceptances(deal) if proposals else ():
        number = numbers.get(one.agreement.proposal_id)
        found.setdefault(number, []).append(accepted(deal, one))
    return found


def agreed(steps, proposals) -> dict[int, int]:
    """The steps by which versions were agreed, by the key of the proposal."""
    found, version = {}, 0
    for step in steps:
        version += step.move in PROPOSING
        if step.move in AGREEING and 0 < version <= len(proposals):
            found[proposals[version - 1].pk] = step.number
    return found


def acceptances(deal):
    """Who has accepted which version, in the order of time."""
    rows = Acceptance.objects.filter(agreement__deal=deal).select_related("agreement")
    return rows.order_by("accepted_at", "pk")


def accepted(deal, one: Acceptance) -> Card:
    """The acceptance of one side."""
    said = {"number": one.agreement.number, "hash": f"{one.sha256[:4]} {one.sha256[4:8]}"}
    return Card(
        side=one.side,
        who=one.organisation_name,
        title=_("Accepted by %(name)s") % {"name": one.name},
        when=one.accepted_at,
        note=_("Version %(number)s, fingerprint %(hash)s") % said,
        url=reverse("marketplace:agreement", args=[deal.key, one.agreement.number]),
        url_title=_("Read it"),
    )


def first_line(text: str, most: int = 140) -> str:
    """The beginning of a text, cut between words."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
