"""The board of translations at 5,000 items in 24 languages: `python -m bench.coverage`.

Needs the PostgreSQL of DATABASE_URL; makes items in a scratch database, with their versions in every
state, and asks for the board as a translator of two languages and as an operator sees it, for each filter
by state, for the whole table as a file, and for the translator's own work. Printed are milliseconds of
the whole answer (the least and the middle of the rounds) and of the first, the queries of the board
itself, and those of the whole answer, in which the frame of the admin asks its own.
"""

import statistics
import time

from bench import scratch

ITEMS = 5_000
ROUNDS = 10
ASKED = {
    "board, all languages": "?",
    "board, my languages": "?language=mine",
    "board, page 100": "?page=100",
    "stale in any": "?state=stale",
    "published in any": "?state=published",
    "in translation in any": "?state=translating",
    "in review in any": "?state=in_review",
    "missing in any": "?state=missing",
    "missing in Finnish": "?state=missing&language=fi",
    "kind, changed, words": "?kind=story&age=older&q=number+4",
}
# A version of item n in the language with number l: of ten, five public, two stale, one each in
# translation, in review and missing.
STATE = "((n * 7 + l) % 10)"


def insert(cursor, table: str, like: str, changed: dict[str, str], rows: str) -> None:
    """Copies a row for each of `rows`, with some columns replaced by expressions."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
    )
    columns = [name for (name,) in cursor.fetchall() if name != "id" or "id" in changed]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'o."{name}"') for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} o, {rows} AND {like}"
    )


def multiply(cursor, page, target, translation, revision, workflow) -> None:
    """Versions of `page` like `target`, with the records of their translation."""
    key = "md5('item' || n)::uuid"
    each = f"generate_series(1, {ITEMS}) n, wagtailcore_locale c, LATERAL (SELECT c.id l) x"
    english = f"c.id = {page.locale_id}"
    versions = f"{each} WHERE ({english} OR {STATE} <> 9)"
    changed = "timestamptz '2025-09-01' + n % 400 * interval '1 day'"
    version = {
        "path": "'0001' || lpad(c.id::text, 4, '0') || lpad(n::text, 8, '0')",
        "slug": "'s' || n",
        "url_path": "'/' || c.language_code || '/stories/s' || n || '/'",
        "title": "'Story number ' || n",
        "translation_key": key,
        "locale_id": "c.id",
        "live": f"({english} OR {STATE} <> 7)",
        "last_published_at": changed,
        "live_revision_id": "NULL",
        "latest_revision_id": "NULL",
    }
    insert(cursor, "wagtailcore_page", f"o.id = {page.pk}", version, versions)
    insert(
        cursor,
        "wagtail_localize_translatableobject",
        f"o.translation_key = '{page.translation_key}'",
        {"translation_key": key},
        f"generate_series(1, {ITEMS}) n WHERE true",
    )
    insert(
        cursor,
        "wagtail_localize_translationsource",
        f"o.id = {translation.source_id}",
        {"object_id": key, "last_updated_at": changed},
        f"generate_series(1, {ITEMS}) n WHERE true",
    )
    insert(
        cursor,
        "wagtail_localize_translation",
        f"o.id = {translation.pk}",
        {"uuid": "gen_random_uuid()", "source_id": "s.id", "target_locale_id": "c.id"},
        f"{each}, wagtail_localize_translationsource s WHERE s.object_id = {key} "
        f"AND NOT {english} AND {STATE} <> 9",
    )
    number = "substr(v.slug, 2)::int"
    of = STATE.replace("n *", f"{number} *").replace("+ l", "+ v.locale_id")
    made = (
        f"v.last_published_at + (CASE WHEN {of} IN (5, 6) THEN -1 ELSE 1 END) * interval '1 hour'"
    )
    insert(
        cursor,
        "wagtailcore_revision",
        f"o.id = {revision.pk}",
        {"object_id": "v.id::text", "created_at": made},
        "wagtailcore_page v WHERE v.slug ~ '^s[0-9]+$' AND v.live",
    )
    cursor.execute("ANALYZE wagtailcore_page, wagtailcore_revision")
    cursor.execute(
        "UPDATE wagtailcore_page p SET live_revision_id = r.id FROM wagtailcore_revision r "
        "WHERE r.object_id = p.id::text AND p.slug ~ '^s[0-9]+$'"
    )
    insert(
        cursor,
        "wagtailcore_workflowstate",
        f"o.id = {workflow.pk}",
        {"object_id": "v.id::text", "current_task_state_id": "NULL"},
        f"wagtailcore_page v WHERE v.slug ~ '^s[0-9]+$' AND {of} = 8 "
        f"AND v.locale_id <> {page.locale_id}",
    )
    # What the server would otherwise do in the background while it is measured.
    cursor.execute("VACUUM ANALYZE")
    cursor.execute("CHECKPOINT")


def prepare():
    """A translator; the scratch database is filled."""
    from django.db import connection
    from wagtail.models import Page
    from wagtail_localize.models import Translation

    from editorial import services
    from tests.factories.accounts import person

    services.ensure_workflow(Page.get_first_root_node())
    story = scratch.story()
    translator = person("translator", "fi", "lv")
    revision = story.save_revision()
    (target,) = services.send_for_translation(story, ["fi"], translator)
    workflow = target.specific.get_workflow().start(target.specific, translator)
    translation = Translation.objects.get(source__object_id=story.translation_key)
    with connection.cursor() as cursor:
        multiply(cursor, story, target, translation, revision, workflow)
    return translator


def own_queries(query: str, user) -> int:
    """The queries of the board without the frame of the admin around it."""
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from editorial.coverage import views

    request = RequestFactory().get(f"/admin/coverage/{query}")
    request.user = user
    with CaptureQueriesContext(connection) as queries:
        views.coverage(request)
    return len(queries)


def measure(client, path: str) -> tuple[float, float, float, int]:
    """Milliseconds of the first answer, the least, the middle; and the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        answer = client.get(path)
        taken.append((time.perf_counter() - start) * 1_000)
        assert answer.status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return taken[0], min(taken), statistics.median(taken), len(queries)


def main() -> None:
    with scratch.portal():
        from django.test import Client

        translator = prepare()
        client = Client()
        client.force_login(translator)
        for what, query in ASKED.items():
            first, least, middle, queries = measure(client, f"/admin/coverage/{query}")
            print(
                f"{what:<24} first {first:6.0f}  least {least:6.0f}  middle {middle:6.0f} ms  "
                f"{own_queries(query, translator):2} queries, {queries} with the frame"
            )
        for what, path in {
            "my work": "/admin/",
            "the table as a file": "/admin/coverage/table.csv",
            "an empty screen": "/admin/account/",
            "public totals": "/en/translations/",
        }.items():
            first, least, middle, queries = measure(client, path)
            print(
                f"{what:<24} first {first:6.0f}  least {least:6.0f}  middle {middle:6.0f} ms  "
                f"{queries} queries"
            )


if __name__ == "__main__":
    main()
