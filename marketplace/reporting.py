"""What people write around a deal, as something that can be reported: messages, proposals, reasons, reviews.

Who reports a thing has to see it. Moderators read what was reported, and nothing else of the deal.
"""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy, override
from wagtail.models import Page

from accounts.models import User
from core import generation
from marketplace.deals.models import Deal, Proposal, Step
from marketplace.deals.states import PARTIES, opposite
from marketplace.reviews.models import Review
from marketplace.rooms.models import Message
from marketplace.rooms.proposing import lines
from marketplace.rooms.views.frame import room_url
from moderation import registry
from moderation.registry import Reportable, Thing
from organisations.models import Membership

MESSAGE = "message"
PROPOSAL = "proposal"
REASON = "reason"
REVIEW = "review"
REPLY = "reply"
LONGEST = 20_000


def number_of(key: str) -> int | None:
    """The number in a key; None for anything else.

    >>> number_of("12"), number_of("x")
    (12, None)
    """
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 18 else None


def find_message(key: str, user) -> Thing | None:
    """A message of a deal, with the names of its files, for whoever sees the deal."""
    found = in_sight(Message.objects.prefetch_related("attachments"), key, user)
    if found is None:
        return None
    files = [one.name for one in found.attachments.all()]
    return thing_of_deal(
        found,
        found.author_id,
        gettext_lazy("A message in a deal"),
        "\n".join([found.text, *files]),
        room_url(found.deal, f"message-{found.pk}"),
    )


def find_proposal(key: str, user) -> Thing | None:
    """A version of a proposal, for whoever sees the deal."""
    found = in_sight(Proposal.objects.prefetch_related("milestones"), key, user)
    if found is None:
        return None
    return thing_of_deal(
        found,
        found.made_by_id,
        gettext_lazy("A proposal in a deal"),
        "\n".join(f"{label}: {text}" for label, (text, _code) in lines(found).items() if text),
        room_url(found.deal),
    )


def find_reason(key: str, user) -> Thing | None:
    """The reason that somebody gave for a step of a deal, for whoever sees the deal."""
    found = in_sight(Step.objects.exclude(reason=""), key, user)
    if found is None:
        return None
    return thing_of_deal(
        found,
        found.actor_id,
        gettext_lazy("A reason in a deal"),
        found.reason,
        room_url(found.deal),
        found.reason_language or settings.LANGUAGE_CODE,
    )


def in_sight(rows, key: str, user):
    """What a key names, if it is in a deal that the person sees and is not hidden."""
    number = number_of(key)
    if number is None or not user.is_authenticated:
        return None
    rows = rows.filter(deal__in=Deal.objects.visible_to(user), hidden=False)
    return rows.select_related("deal__provider", "deal__client").filter(pk=number).first()


def thing_of_deal(row, author: int | None, title, text: str, url: str, language="") -> Thing:
    """Something in a room. Its title tells nothing: it stands in mails."""
    language = language or row.language
    return Thing(
        key=str(row.pk),
        language=language,
        title=said_in(language, title),
        text=text[:LONGEST],
        url=url,
        authors=(author,) if author else (),
        **concerned(row.deal, row.side),
    )


def find_review(key: str, user) -> Thing | None:
    """A review that readers see: everybody where its organisation has a profile, else the two sides."""
    found, url = shown_review(key, user)
    return found and Thing(
        key=str(found.pk),
        language=found.language,
        title=said_in(found.language, gettext_lazy("A review of an organisation")),
        text=found.text,
        url=url,
        authors=(found.user_id,) if found.user_id else (),
        **concerned(found.deal, found.side),
    )


def find_reply(key: str, user) -> Thing | None:
    """What the reviewed side answered, for whoever reads the review."""
    found, url = shown_review(key, user)
    if found is None or not found.reply or found.reply_hidden:
        return None
    return Thing(
        key=str(found.pk),
        language=found.reply_language,
        title=said_in(found.reply_language, gettext_lazy("A reply to a review")),
        text=found.reply,
        url=url,
        authors=(found.reply_user_id,) if found.reply_user_id else (),
        **concerned(found.deal, opposite(found.side)),
    )


def shown_review(key: str, user) -> tuple[Review | None, str]:
    """A review that a person sees, and where."""
    number = number_of(key)
    rows = Review.objects.shown().select_related("deal__provider", "deal__client", "about")
    found = rows.filter(pk=number).first() if number is not None else None
    if found is None:
        return None, ""
    record = found.about.merged_into or found.about
    profile = Page.objects.live().filter(organisationpage__organisation=record).first()
    if profile is None and not Deal.objects.visible_to(user).filter(pk=found.deal_id).exists():
        return None, ""
    return found, profile.specific.url_path + "#reviews" if profile else room_url(found.deal)


def said_in(code: str, words) -> str:
    with override(code):
        return str(words)


def concerned(deal: Deal, side: str) -> dict:
    """Whose it is, and who of the other side must not decide about it."""
    own = [deal.organisation(side).pk] if side in PARTIES else []
    others = [opposite(side)] if side in PARTIES else PARTIES
    records = [deal.organisation(one).pk for one in others]
    members = Membership.objects.filter(
        Q(organisation__in=records) | Q(organisation__merged_into__in=records)
    )
    people = set(members.values_list("user", flat=True))
    return {"organisations": tuple(own), "involved": tuple(sorted(people))}


def hiding(model, hidden: bool, field: str):
    """What hides the rows of a model from everybody, or shows them again; harmless when repeated."""

    def change(key: str, by: User, reason: str = "") -> None:
        model.objects.filter(pk=number_of(key)).update(**{field: hidden})
        generation.grow()

    return change


def register() -> None:
    """Registers the kinds; safe to repeat."""
    for kind, name, find, model in (
        (MESSAGE, gettext_lazy("Message in a deal"), find_message, Message),
        (PROPOSAL, gettext_lazy("Proposal in a deal"), find_proposal, Proposal),
        (REASON, gettext_lazy("Reason in a deal"), find_reason, Step),
        (REVIEW, gettext_lazy("Review of an organisation"), find_review, Review),
        (REPLY, gettext_lazy("Reply to a review"), find_reply, Review),
    ):
        public, field = model is Review, "reply_hidden" if kind == REPLY else "hidden"
        hide, show = hiding(model, True, field), hiding(model, False, field)
        registry.register(Reportable(kind, name, find, hide, show, public))
