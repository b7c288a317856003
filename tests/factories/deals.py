"""The smallest valid deals, in any state: by their moves, as they come about."""

import datetime
import uuid

import factory
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from factory.django import DjangoModelFactory

from marketplace.deals import moves, proposals
from marketplace.deals.models import Deal
from marketplace.deals.states import PARTIES, Side, State
from marketplace.deals.table import AGREEING, PROPOSING
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

# The moves that lead to each state: who makes them. A deal is opened by the client.
WAY = {
    State.ENQUIRY: [],
    State.CLARIFYING: [("answer", Side.PROVIDER)],
    State.PROPOSED: [("answer", Side.PROVIDER), ("propose", Side.PROVIDER)],
}
WAY[State.COUNTER_PROPOSED] = [*WAY[State.PROPOSED], ("counter_propose", Side.CLIENT)]
WAY[State.AGREED] = [*WAY[State.PROPOSED], ("agree", Side.CLIENT)]
WAY[State.IN_PROGRESS] = [*WAY[State.AGREED], ("start", Side.PROVIDER)]
WAY[State.PAUSED] = [*WAY[State.IN_PROGRESS], ("pause", Side.CLIENT)]
WAY[State.DELIVERED] = [*WAY[State.IN_PROGRESS], ("deliver", Side.PROVIDER)]
WAY[State.ACCEPTED] = [*WAY[State.DELIVERED], ("accept_delivery", Side.CLIENT)]
WAY[State.REVIEWED] = [*WAY[State.ACCEPTED], ("review", Side.CLIENT)]
WAY[State.CLOSED] = [*WAY[State.REVIEWED], ("close", Side.CLIENT)]
WAY[State.DECLINED] = [("decline", Side.PROVIDER)]
WAY[State.WITHDRAWN] = [("withdraw", Side.CLIENT)]
WAY[State.EXPIRED] = [("expire", Side.SYSTEM)]
WAY[State.CANCELLED] = [*WAY[State.AGREED], ("cancel", Side.PROVIDER)]
WAY[State.DISPUTED] = [*WAY[State.IN_PROGRESS], ("dispute", Side.CLIENT)]
WAY[State.RESOLVED] = [*WAY[State.DISPUTED], ("resolve", Side.DESK)]


class DealFactory(DjangoModelFactory):
    """An enquiry of a company, with its first step; `state=` moves it on, `people=True` adds members.

    `provider_user` and `client_user` of the result are the owners where there are people.
    """

    title = "A website for a joinery"
    provider = factory.SubFactory(OrganisationFactory)
    client = factory.SubFactory(OrganisationFactory, kind="company", country="LT", place="Kaunas")
    provider_language = "lv"
    client_language = "lt"
    service_key = factory.LazyFunction(uuid.uuid4)
    side = Side.CLIENT
    token = factory.LazyFunction(uuid.uuid4)

    class Meta:
        model = Deal

    @classmethod
    def _create(cls, model_class, *args, state=State.ENQUIRY, people=False, **fields):
        users = dict.fromkeys(PARTIES)
        if people:
            users = {
                side: MembershipFactory(organisation=fields[side.value]).user for side in PARTIES
            }
        deal = moves.open_deal(user=fields.pop("user", users[fields["side"]]), **fields)
        for move, side in WAY[State(state)]:
            step(deal, move, side, users.get(side))
        deal.provider_user, deal.client_user = users[Side.PROVIDER], users[Side.CLIENT]
        return deal


def step(deal: Deal, move: str, side: Side, user=None):
    """Makes a move without the parts that stand around it: no agreement is asked for, no reviews."""
    if move in PROPOSING:
        return proposals.propose(deal, user, proposal_values(), uuid.uuid4(), side=side)
    guards, moves._guards = (
        moves._guards,
        moves._guards | dict.fromkeys([*AGREEING, "review"], lambda deal: None),
    )
    try:
        return moves.perform(deal, move, user, side, reason="A reason.", token=uuid.uuid4())
    finally:
        moves._guards = guards


def proposal_values(**values) -> dict:
    """What a form of a proposal gives."""
    today = timezone.localdate()
    return {
        "scope": "Five pages in two languages.",
        "learns": "Asking a client what is needed.",
        "starts": today + datetime.timedelta(days=7),
        "ends": today + datetime.timedelta(days=49),
        "supervision": "A teacher of web design, two hours a week.",
        "milestones": [{"title": "A draft", "due": today + datetime.timedelta(days=21)}],
        **values,
    }


def mediator():
    """A person of a desk that mediates in disputes."""
    user = UserFactory()
    desk, _made = Group.objects.get_or_create(name="Desk that mediates")
    desk.permissions.add(Permission.objects.get(codename="mediate"))
    user.groups.add(desk)
    return user
