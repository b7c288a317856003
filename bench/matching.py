"""One need against 10,000 services: `python -m bench.matching` on the PostgreSQL of DATABASE_URL.

Makes services in a scratch database with two windows each, spread over categories, fields, towns, languages
and prices, and asks for what fits a need, as its page does: reading, points, order, reasons in words. Asked
for are a need like most, one to which every service is about the same subject, and a service against as
many needs. A number as argument makes that many instead.
"""

import os
import statistics
import sys
import time
from dataclasses import dataclass

import django

from bench.listing import copy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
SERVICES = 10_000
ROUNDS = 30
SCHOOLS = 400
TOWNS = (
    "Riga Vilnius Kaunas Tallinn Tampere Helsinki Torino Porto Lisbon Gdansk Jelgava Ogre".split()
)
COUNTRIES = "LV LT LT EE FI FI IT PT PT PL LV LV".split()
CATEGORIES = (
    "web_design catering marketing laboratory_tests 3d_printing translation measurement repair events wood"
).split()
LANGUAGES = ['["lv", "en"]', '["lt", "en"]', '["fi"]', '["it", "en"]', '["pl"]', '["pt", "en"]']
WAYS = ['["school"]', '["school", "remote"]', '["company"]', '["remote"]', '["school", "company"]']
PRICES = "free materials quote".split()
SKILLS = (
    "<p>Planning, measuring, writing for clients, photography and testing in the workshop.</p>",
    "<p>HTML, accessibility, websites for small companies, talking with a client.</p>",
    "<p>Cooking for groups, calculating prices, hygiene, serving guests from abroad.</p>",
)


@dataclass
class Figures:
    """Milliseconds of many rounds."""

    taken: list[float]

    def __str__(self) -> str:
        ordered = sorted(self.taken)
        high = ordered[int(len(ordered) * 0.95)]
        return f"median {statistics.median(ordered):6.0f} ms   p95 {high:6.0f} ms"


def measured(run) -> Figures:
    taken = []
    run()
    for _round in range(ROUNDS):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1_000)
    return Figures(taken)


def spread(values: list[str], step: int) -> str:
    """SQL that chooses one of the values for copy `n`; neighbours differ by how often the step fits."""
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"(ARRAY[{quoted}])[1 + (n / {step}) % {len(values)}]"


def schools() -> list[int]:
    from organisations.models import Organisation
    from tests.factories.organisations import OrganisationFactory

    for number in range(SCHOOLS):
        place = number % len(TOWNS)
        OrganisationFactory(
            name=f"School number {number}",
            place=TOWNS[place],
            country=COUNTRIES[place],
            postal_code="",
        )
    return list(
        Organisation.objects.filter(name__startswith="School number").values_list("pk", flat=True)
    )


def multiply(cursor, page, table: str, number: int, changed: dict) -> None:
    """Copies a page until there are that many."""
    shared = {
        "path": "p.path || lpad(n::text, 8, '0')",
        "slug": "'s' || n",
        "url_path": "'/en/x/s' || n || '/'",
        "translation_key": "gen_random_uuid()",
        "first_published_at": "now() - n * interval '1 minute'",
    }
    copy(cursor, "wagtailcore_page", "p", page.pk, shared, 1, number)
    cursor.execute("SELECT max(id) FROM wagtailcore_page")
    last = cursor.fetchone()[0]
    child = {**changed, "page_ptr_id": f"{last} - {number} + n"}
    copy(cursor, table, "p", page.pk, child, 1, number, key="page_ptr_id")


def make(number: int):
    """A need and that many services, a service and that many needs."""
    from django.db import connection

    from tests.conftest import make_site
    from tests.factories import marketplace as factories

    home = make_site(["en"])["en"]
    parents = {
        name: factory(parent=home, locale=home.locale)
        for name, factory in (
            ("services", factories.ServiceIndexPageFactory),
            ("needs", factories.NeedIndexPageFactory),
        )
    }
    service = factories.ServicePageFactory(parent=parents["services"], locale=home.locale)
    need = factories.NeedPageFactory(
        parent=parents["needs"],
        locale=home.locale,
        place=["school", "company", "remote"],
        hours=120,
        radius=300,
    )
    factories.CapacityWindowFactory(service_key=service.translation_key)
    ids = schools()
    same = {
        "organisation_id": f"{ids[0]} + n % {len(ids)}",
        "category": spread(CATEGORIES, 1),
        "field": spread([f"{one:02}" for one in range(11)], 7),
        "languages": f"({spread(LANGUAGES, 3)})::jsonb",
        "place": f"({spread(WAYS, 5)})::jsonb",
        "hours": "20 + n % 300",
    }
    with connection.cursor() as cursor:
        multiply(
            cursor,
            service,
            "marketplace_servicepage",
            number,
            same
            | {
                "price_model": spread(PRICES, 11),
                "lead_time": "1 + n % 10",
                "skills": spread(list(SKILLS), 2),
            },
        )
        multiply(cursor, need, "marketplace_needpage", number, same)
        for first, length in ((7, 120), (150, 90)):
            cursor.execute(
                "INSERT INTO marketplace_capacitywindow"
                " (service_key, starts, ends, hours_a_week, places, taken, note)"
                " SELECT translation_key, current_date + %s, current_date + %s, 2 + id %% 8,"
                " 1 + id %% 3, 0, '' FROM wagtailcore_page p"
                " JOIN marketplace_servicepage s ON s.page_ptr_id = p.id",
                [first, first + length],
            )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    return service, need


def main() -> None:
    django.setup()
    from django.db import connection

    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must name a PostgreSQL.")
    number = int(sys.argv[1]) if len(sys.argv) > 1 else SERVICES
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        from marketplace import matches
        from marketplace.models import ServicePage

        service, need = make(number)
        print(f"{number} services, {number} needs")
        for what, find, page in (
            ("services for a need", matches.services_for, need),
            ("needs for a service", matches.needs_for, service),
        ):
            total = find(page, "en").total
            print(f"{what:<42} {measured(lambda f=find, p=page: f(p, 'en'))}   {total} fit")
        ServicePage.objects.update(category=need.category)
        total = matches.services_for(need, "en").total
        print(
            f"{'services for a need, all of its category':<42} "
            f"{measured(lambda: matches.services_for(need, 'en'))}   {total} fit"
        )
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
