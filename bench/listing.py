"""The list of stories at 100 and at 100,000: `python -m bench.listing` on the PostgreSQL of DATABASE_URL.

Makes stories in a scratch database, spread over countries, fields, levels and two languages, and asks
for lists with two facets chosen that fill a page at both sizes, each asked for once and then, with its
counts kept, again. Printed are milliseconds of the whole page and of its rows alone, their ratio
between the two sizes, and the rows of a rare choice, which at the smaller size finds almost nothing.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
SIZES = (100, 100_000)
ROUNDS = 30
FACETS = {
    "country": "FI LV LT IT PL PT DE EE SE FR".split(),
    "sector": [f"NACE2.1:{letter}" for letter in "ACFGHIKMQR"],
    "field": [f"{number:02}" for number in range(11)],
    "eqf_level": list("345"),
    "work_based_learning": "apprenticeship traineeship".split(),
    "level_of_practice": "organisation local regional national".split(),
}
ASKED = [
    f"?eqf_level={level}&work_based_learning={form}"
    for level in "345"
    for form in FACETS["work_based_learning"]
]
RARE = ["?country=FI&field=07", "?country=LV&field=03"]


def multiply(cursor, story, until: int) -> None:
    """Copies a story until there are that many, every second one with a version in Finnish."""
    have = type(story).objects.count()
    code = {
        name: f"(ARRAY{codes!r})[1 + (n * {step}) % {len(codes)}]"
        for step, (name, codes) in zip((1, 3, 7, 11, 13, 17), FACETS.items(), strict=True)
    }
    page = {
        "path": "p.path || lpad(n::text, 8, '0')",
        "slug": "'s' || n",
        "url_path": "'/en/stories/s' || n || '/'",
        "title": "'Story number ' || n",
        "translation_key": "gen_random_uuid()",
        "first_published_at": "now() - n * interval '1 minute'",
    }
    copy(cursor, "wagtailcore_page", "p", story.pk, page, have, until)
    cursor.execute("SELECT max(id) FROM wagtailcore_page")
    last = cursor.fetchone()[0]
    child = {**code, "page_ptr_id": f"{last} - {until} + n"}
    copy(cursor, "stories_storypage", "p", story.pk, child, have, until, key="page_ptr_id")
    # What the server would otherwise do in the background while it is measured.
    cursor.execute("VACUUM ANALYZE")
    cursor.execute("CHECKPOINT")


def copy(cursor, table, alias, pk, changed: dict, first: int, last: int, key: str = "id") -> None:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
    )
    columns = [name for (name,) in cursor.fetchall() if name != "id"]
    values = ", ".join(changed.get(name, f'{alias}."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} {alias}, "
        f"generate_series({first + 1}, {last}) n WHERE {alias}.{key} = {pk}"
    )


def milliseconds(run, rounds: int = ROUNDS) -> float:
    """The least of the rounds: whatever else the machine does can only add to it."""
    taken = []
    for _round in range(rounds):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1_000)
    return min(taken)


def measure(client) -> dict[str, float]:
    from django.http import QueryDict

    from core import generation
    from stories import listing
    from stories.models import StoryPage

    generation.forget()
    first = milliseconds(lambda: [client.get(f"/en/stories/{asked}") for asked in ASKED], 1)
    page = milliseconds(lambda: [client.get(f"/en/stories/{asked}") for asked in ASKED])

    def rows(asked_for: list[str]) -> None:
        for asked in asked_for:
            state = listing.State.read(QueryDict(asked[1:]), ["en"], "en")
            found = listing.narrowed(StoryPage.objects.published().readable_in(["en"]), state)
            order = listing.SORTS[state.sort][1]
            listing.rows_of(
                found.select_related("locale").order_by(*order)[: listing.PER_PAGE], "en"
            )

    number = len(ASKED)
    return {
        "page, first": first / number,
        "page, again": page / number,
        "rows alone": milliseconds(lambda: rows(ASKED)) / number,
        "rows, rare": milliseconds(lambda: rows(RARE)) / len(RARE),
    }


def main() -> None:
    django.setup()
    from django.db import connection
    from django.test import Client

    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must name a PostgreSQL.")
    from portal.shipped import ensure_site
    from tests.factories.stories import StoryPageFactory

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        ensure_site()
        from stories.models import StoryIndexPage

        parent = StoryIndexPage.objects.get(locale__language_code="en")
        story = StoryPageFactory(parent=parent, locale=parent.locale)
        found = {}
        for size in SIZES:
            with connection.cursor() as cursor:
                multiply(cursor, story, size)
            found[size] = measure(Client())
            for what, taken in found[size].items():
                print(f"{size:>7} stories  {what:<12} {taken:7.1f} ms")
        small, large = (found[size] for size in SIZES)
        for what in small:
            print(f"  ratio           {what:<12} {large[what] / small[what]:7.2f}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
