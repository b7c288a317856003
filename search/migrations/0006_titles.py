"""An index of the words of titles alone, for what is suggested while somebody types.

The index of whole documents would have to look at every text that has a word with the beginning. On
SQLite its columns are told apart in the index itself.
"""

from django.db import migrations

POSTGRESQL = (
    # Titles are put in order by it: it stays inside the rows, short as it is.
    "ALTER TABLE search_searchdocument ALTER COLUMN title_lemmas SET STORAGE MAIN",
    "UPDATE search_searchdocument SET title_lemmas = title_lemmas || ''",
    """
    CREATE INDEX search_titles ON search_searchdocument
        USING gin (to_tsvector('simple'::regconfig, title_lemmas || ' ' || title_words))
    """,
)
BACK = (
    "DROP INDEX search_titles",
    "ALTER TABLE search_searchdocument ALTER COLUMN title_lemmas SET STORAGE EXTENDED",
)


def make(apps, schema_editor):
    run(schema_editor, POSTGRESQL)


def drop(apps, schema_editor):
    run(schema_editor, BACK)


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_meaning")]
    operations = [migrations.RunPython(make, drop)]
