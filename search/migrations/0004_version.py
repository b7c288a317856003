"""A number that grows with every write of a document; see `search.versions`.

The column is added in SQL, because Django would copy the table on SQLite, without its triggers.
"""

from django.db import migrations, models

COLUMN = "ALTER TABLE search_searchdocument ADD COLUMN version bigint NOT NULL DEFAULT 0"
STATEMENTS = {
    "postgresql": ("CREATE SEQUENCE search_version", "DROP SEQUENCE search_version"),
    "sqlite": (
        "CREATE TABLE search_version AS SELECT 0 AS number",
        "DROP TABLE search_version",
    ),
}


def make(apps, schema_editor):
    schema_editor.execute(STATEMENTS[schema_editor.connection.vendor][0], params=None)


def drop(apps, schema_editor):
    schema_editor.execute(STATEMENTS[schema_editor.connection.vendor][1], params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_where_and_when")]
    operations = [
        migrations.RunPython(make, drop),
        migrations.RunSQL(
            COLUMN,
            "ALTER TABLE search_searchdocument DROP COLUMN version",
            state_operations=[
                migrations.AddField(
                    "searchdocument", "version", models.BigIntegerField(db_default=0)
                )
            ],
        ),
    ]
