"""Rooms, dashboard and desk at 10 and at 10,000 deals: `python -m bench.deals` on the PostgreSQL of DATABASE_URL.

Makes deals in a scratch database, all of one school with many companies, each with a need that nobody
else answers, spread over states, and asks for the room of one, the dashboard of the school's owner and
the page of a desk. Printed are queries and milliseconds (the middle and the 95th of a hundred) of the whole
answer.
"""

import os
import sys
import uuid

import django

from bench.matching import Figures, measured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
SIZES = (10, 10_000)
COMPANIES = 400
STATES = "enquiry clarifying proposed agreed in_progress delivered disputed closed declined".split()


class Market:
    """A school with an owner, its companies, a need, and a deal in each state; `grow` makes more."""

    def __init__(self):
        from tests.conftest import make_site
        from tests.factories import marketplace as factories
        from tests.factories.deals import DealFactory, mediator
        from tests.factories.organisations import MembershipFactory, OrganisationFactory

        home = make_site(["en"])["en"]
        self.needs = factories.NeedIndexPageFactory(parent=home, locale=home.locale)
        services = factories.ServiceIndexPageFactory(parent=home, locale=home.locale)
        school = OrganisationFactory(name="The school")
        self.owner = MembershipFactory(organisation=school).user
        self.desk = mediator()
        self.companies = [
            OrganisationFactory(name=f"Company {number}", kind="company")
            for number in range(COMPANIES)
        ]
        MembershipFactory(organisation=self.companies[0])
        service = factories.ServicePageFactory(
            parent=services, locale=home.locale, organisation=school
        )
        self.need = factories.NeedPageFactory(
            parent=self.needs, locale=home.locale, organisation=self.companies[0]
        )
        self.deals = [
            DealFactory(
                provider=school,
                client=self.companies[0],
                state=state,
                service_key=service.translation_key,
            )
            for state in STATES
        ]
        self.room = self.deals[STATES.index("in_progress")]

    def grow(self, number: int) -> None:
        """Until there are that many deals and needs."""
        from django.db import connection
        from wagtail.models import Page

        from marketplace.deals.models import Deal
        from marketplace.listings.models import NeedPage
        from tests.factories import copies

        names = [field.attname for field in Deal._meta.concrete_fields if field.name != "id"]
        made = []
        for one in range(Deal.objects.count(), number):
            like = self.deals[one % len(self.deals)]
            values = {name: getattr(like, name) for name in names}
            values |= {"key": uuid.uuid4(), "title": f"Deal number {one}"}
            values["client_id"] = self.companies[one % len(self.companies)].pk
            made.append(Deal(**values))
        Deal.objects.bulk_create(made, batch_size=1_000)
        first = NeedPage.objects.count()
        copies.write(
            self.need,
            [
                (
                    self.needs,
                    f"B{Page._int2str(one):0>3}",
                    {"slug": f"need-{one}", "translation_key": uuid.uuid4()},
                )
                for one in range(first, number)
            ],
        )
        with connection.cursor() as cursor:
            # What the server would otherwise do in the background while it is measured.
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def ask(client, path: str) -> tuple[int, Figures]:
    """The queries of one answer, and what many take."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries), measured(lambda: client.get(path))


def main() -> None:
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must name a PostgreSQL.")
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        market = Market()
        owner, desk = Client(), Client()
        owner.force_login(market.owner)
        desk.force_login(market.desk)
        for size in SIZES:
            market.grow(size)
            for what, client, path in (
                ("room", owner, reverse("marketplace:deal", args=[market.room.key])),
                ("dashboard", owner, reverse("marketplace:deals")),
                ("dashboard, over", owner, reverse("marketplace:deals") + "?state=over"),
                ("dashboard of a desk", desk, reverse("marketplace:deals")),
                ("desk", desk, reverse("marketplace:desk")),
            ):
                queries, figures = ask(client, path)
                print(f"{size:>6} deals  {what:<20} {queries:2} queries  {figures}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
