"""A story told from a deal: the draft is filled from it, and both sides approve what it says."""

from dataclasses import dataclass

import nh3
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.fields import RichTextField, StreamField

from core import registry
from core.drafts import mark_of
from core.plaintext import to_html
from marketplace.agreements.models import StoryApproval, StoryOfDeal
from marketplace.agreements.text import rendered_in
from marketplace.deals import moves
from marketplace.deals.models import Deal
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, Side, State, opposite

OPEN = (State.ACCEPTED, State.REVIEWED, State.CLOSED)
HIDDEN = ("slug", "seo_title", "search_description", "demonstration", "confirmed_on", "terms")


@dataclass(frozen=True)
class Part:
    """A field of the draft as both sides read it."""

    label: str
    html: str


def page_of(story: StoryOfDeal):
    """The page of the story; None where it was deleted."""
    pages = registry.item("story").model.objects
    found = pages.filter(translation_key=story.story_key, locale__language_code=story.language)
    return found.select_related("locale").first()


def names_of(page) -> list[str]:
    """The fields that both sides approve."""
    return [
        field.field_name
        for field in page.override_translatable_fields
        if field.field_name not in HIDDEN
    ]


def mark(page) -> str:
    """A fingerprint of what the latest draft says."""
    draft = page.get_latest_revision_as_object()
    return mark_of(draft, names_of(draft))


def parts(page) -> list[Part]:
    """What the latest draft says, field by field; empty fields are left out."""
    draft = page.get_latest_revision_as_object()
    found = []
    for name in names_of(draft):
        field = draft._meta.get_field(name)
        value = getattr(draft, name)
        if not value:
            continue
        if isinstance(field, RichTextField):
            html = nh3.clean(value)
        elif isinstance(field, StreamField):
            html = value.render_as_block()
        else:
            show = getattr(draft, f"get_{name}_display", None)
            html = to_html(str(show() if show else value)) or escape(value)
        found.append(Part(str(field.verbose_name), html))
    return found


@transaction.atomic
def begin(deal: Deal, user):
    """The draft of the story of a deal, filled from it; begun once, by either side.

    It is written in the language of the side that begins it, by the members of that organisation.
    Raises `Refused`, in words, before the result is accepted and for whoever acts for no party.
    """
    deal = moves.held(deal)
    side = acting(deal, user)
    if deal.state not in OPEN:
        raise Refused(_("A story can be told once the result is accepted."))
    known = StoryOfDeal.objects.filter(deal=deal).first()
    if known and (page := page_of(known)):
        return page
    language = rendered_in(deal.language(side))
    start = registry.item("story").begin
    if start is None:
        raise Refused(_("Stories cannot be begun here."))
    attempt = f"deal/{deal.key}/{known.pk}" if known else f"deal/{deal.key}"
    with override(language):
        filled = values(deal, side)
    try:
        page = start(user, attempt, language, filled)
    except ObjectDoesNotExist:
        raise Refused(_("There is no list of stories in your language yet.")) from None
    StoryOfDeal.objects.filter(deal=deal).delete()
    StoryOfDeal.objects.create(deal=deal, story_key=page.translation_key, language=language)
    return page


def values(deal: Deal, side: Side) -> dict:
    """What the deal already knows of its story."""
    own = deal.organisation(side)
    provider, client = (deal.organisation(one) for one in PARTIES)
    proposal = deal.proposal
    found = {
        "title": deal.title,
        "organisation": own,
        "country": provider.country,
        "sector": client.sector,
        "field": (provider.fields or [""])[0],
        "organisation_size": client.size,
        "work_based_learning": "real_orders",
        "contact_organisation": own.name,
        "contact_email": own.contact_email,
        "partners": [
            {"type": "partner", "value": partner(provider, _("Its learners did the work."))},
            {"type": "partner", "value": partner(client, _("It gave the work and the feedback."))},
        ],
    }
    if proposal:
        found["problem"] = to_html(proposal.scope)
        found["gap_applied"] = proposal.learns
        found["steps"] = [
            {"type": "step", "value": {"title": one.title[:120], "text": one.title}}
            for one in proposal.milestones.all()
        ]
    return found


def partner(record, role: str) -> dict:
    return {"name": record.name, "kind": record.kind, "country": record.country, "role": role}


def acting(deal: Deal, user) -> Side:
    """For which party a person acts; raises `Refused` for whoever acts for none."""
    mine = [side for side in deal.sides_of(user) if side in PARTIES]
    if not mine:
        raise Refused(_("You do not act for a party of this deal."))
    return mine[0]


def approvals(story: StoryOfDeal, now: str) -> dict[str, StoryApproval]:
    """Who has approved what the draft says now, by side."""
    return {one.side: one for one in story.approvals.all() if one.mark == now}


@transaction.atomic
def approve(deal: Deal, user, seen: str) -> StoryApproval:
    """A person's side approves the draft whose mark they have seen; twice is once.

    Raises `Refused`, in words, where the draft has changed since.
    """
    deal = moves.held(deal)
    side = acting(deal, user)
    story = StoryOfDeal.objects.filter(deal=deal).first()
    page = story and page_of(story)
    if page is None:
        raise Refused(_("Nobody has begun a story of this deal yet."))
    now = mark(page)
    if now != seen:
        raise Refused(
            _(
                "The draft has changed since you opened this page. Nothing was approved. Read it again."
            )
        )
    given = approvals(story, now)
    if side in given and (other := opposite(side)) in deal.sides_of(user):
        side = Side(other)  # a person of both sides
    approval, _made = StoryApproval.objects.get_or_create(
        story=story, side=side, mark=now, defaults={"user": user}
    )
    return approval


def check_approved(page) -> None:
    """Raises `Refused` for a story of a deal that both sides have not approved as it stands."""
    found = StoryOfDeal.objects.filter(
        story_key=page.translation_key, language=page.locale.language_code
    )
    story = found.prefetch_related("approvals").first()
    if story is None or page.first_published_at is not None:
        return
    missing = set(PARTIES) - set(approvals(story, mark(page)))
    if missing:
        raise Refused(
            _(
                "Both sides of the deal have to approve this story before it is sent. Ask the other "
                "side to read it in the room of the deal."
            )
        )
