"""Every page of the marketplace that a person can meet, with deals in several states: for axe.

Run in the portal of the journeys, it prints the addresses as JSON, by who opens them.
"""

import json
from uuid import uuid4

from tests.journeys import dealing
from tests.journeys.running import PASSWORD, Portal

STATES = (
    *("enquiry", "counter_proposed", "in_progress", "delivered", "accepted", "closed"),
    *("disputed", "declined"),
)


def load(portal: Portal) -> dict[str, list[str]]:
    """Puts the deals into a running portal; gives the addresses of each person."""
    return json.loads(
        dealing.run(portal, "from tests.journeys import market; print(market.made())")
    )


def made() -> str:
    from django.db import transaction

    dealing.make_people()
    dealing.make_listings()
    with transaction.atomic():
        return json.dumps(make())


def make() -> dict[str, list[str]]:
    """Makes deals, drafts and a desk, and forgets the files and mails that they promise."""
    from django.utils import timezone
    from django.utils.translation import override

    from accounts.models import User
    from core.models import OutboxEntry
    from marketplace.agreements import evidence, story
    from marketplace.models import NeedIndexPage, NeedPage, ServicePage
    from organisations.services import ensure_desk
    from tests.factories import marketplace
    from tests.factories.deals import DealFactory
    from tests.factories.organisations import MembershipFactory, OrganisationFactory

    last = OutboxEntry.objects.order_by("pk").last()
    joiner, cook = (User.objects.get(email=f"{name}@example.org") for name in dealing.PEOPLE)
    service = ServicePage.objects.get(slug=dealing.SERVICE_SLUG)
    need = NeedPage.objects.get(slug=dealing.NEED_SLUG)
    same = {"parent": service.get_parent(), "organisation": service.organisation, "owner": joiner}
    exercise = marketplace.ServicePageFactory(**same, draft=True, slug="darba-galds")
    wish = marketplace.NeedPageFactory(
        parent=NeedIndexPage.objects.get(locale__language_code="lt"),
        organisation=need.organisation,
        owner=cook,
        draft=True,
        slug="stalas",
    )
    for page in (exercise, wish):
        page.save_revision(user=page.owner, clean=False)
    marketplace.NeedPageFactory(
        parent=need.get_parent(),
        organisation=need.organisation,
        slug="suolas",
        closed_on=timezone.localdate(),
    )
    deals = {
        state: DealFactory(
            provider=service.organisation,
            client=need.organisation,
            user=cook,
            title=dealing.SERVICE,
            service_key=service.translation_key,
            state=state,
        )
        for state in STATES
    }
    words = {"programme": "Galdnieks", "did": "Ķebļi.", "outcomes": "Mēra.", "hours": 40}
    evidence.write(deals["accepted"], joiner, {"language": "lv", **words}, uuid4())
    story.begin(deals["accepted"], joiner)
    chamber = OrganisationFactory(kind="chamber", country="LT", place="Kaunas", postal_code="")
    clerk = MembershipFactory(organisation=chamber, user__email="clerk@example.org").user
    clerk.groups.add(ensure_desk())
    clerk.set_password(PASSWORD)
    clerk.save()
    OutboxEntry.objects.filter(pk__gt=last.pk if last else 0).delete()

    found = {}
    for who, language, paths in (
        ("visitor", "lv", of_visitor),
        ("joiner", "lv", of_school),
        ("cook", "lt", of_company),
        ("clerk", "fi", of_desk),
    ):
        with override(language):
            found[who] = paths(service, need, exercise, wish, deals)
    return found


def url(name: str, *args) -> str:
    from django.urls import reverse

    return reverse(f"marketplace:{name}", args=args)


def of_visitor(service, need, exercise, wish, deals) -> list[str]:
    from marketplace.agreements import services

    return [
        "/lv/services/",
        "/lv/services/?view=map",
        "/lt/services/?place=remote&category=translation",
        f"/lt/services/{service.slug}/",
        "/lt/needs/",
        "/lt/needs/?view=map",
        "/lt/needs/?closed=1",
        f"/lv/needs/{need.slug}/",
        "/en/ordering/",
        url("alert", "service"),
        url("alert", "need"),
        url("alert-sent", "service"),
        url("need-new"),
        url("need-sent"),
        url("ask", service.translation_key),
        url("answer", need.translation_key),
        url("verify"),
        url("verified", services.current(deals["in_progress"]).sha256),
    ]


def of_school(service, need, exercise, wish, deals) -> list[str]:
    first = deals["enquiry"].key
    return [
        url("deals"),
        *(url("deal", deals[state].key) for state in ("enquiry", "in_progress", "disputed")),
        url("deal", deals["closed"].key),
        url("deal-move", first, "decline"),
        url("deal-propose", first),
        url("deal-propose", deals["counter_proposed"].key),
        f"{url('deal-proposals', deals['counter_proposed'].key)}",
        url("agreement", deals["counter_proposed"].key, 1),
        url("agreement", deals["counter_proposed"].key, 2),
        url("review", deals["accepted"].key),
        url("evidence-write", deals["accepted"].key),
        url("evidence", deals["accepted"].key, 1),
        url("story-of-deal", deals["accepted"].key),
        url("answer", need.translation_key),
        url("services-mine"),
        url("service-write"),
        *(url("service-step", exercise.pk, number) for number in range(1, 7)),
        url("service-status", exercise.pk),
        url("service-preview", exercise.pk),
        url("service-status", service.pk),
        url("service-windows", service.pk),
    ]


def of_company(service, need, exercise, wish, deals) -> list[str]:
    from marketplace import reporting
    from moderation import registry

    proposal = deals["in_progress"].proposal
    return [
        url("deals"),
        *(url("deal", deals[state].key) for state in ("counter_proposed", "delivered", "declined")),
        url("ask", service.translation_key),
        registry.address(reporting.PROPOSAL, str(proposal.pk), "lt"),
        url("needs-mine"),
        url("need-status", need.pk),
        url("need-matches", need.pk),
        url("need-status", wish.pk),
        url("need-edit", wish.pk),
        url("need-preview", wish.pk),
    ]


def of_desk(*_scene) -> list[str]:
    return [url("desk"), url("need-new")]
