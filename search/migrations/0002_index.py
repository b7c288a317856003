"""The index beside the rows, in the database's own way; it follows every change of a row.

A later migration that alters the table on SQLite must make the triggers anew, because Django copies
the table; the tests of the engine fail if one forgets.
"""

from django.db import migrations

POSTGRESQL = (
    # Long texts lie outside the rows, so that counting many rows reads few pages.
    "ALTER TABLE search_searchdocument SET (toast_tuple_target = 128)",
    """
    ALTER TABLE search_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_lemmas || ' ' || title_words), 'A') ||
        setweight(to_tsvector('simple'::regconfig, summary_lemmas || ' ' || summary_words), 'B') ||
        setweight(to_tsvector('simple'::regconfig, body_lemmas || ' ' || body_words), 'C')
    ) STORED
    """,
    "CREATE INDEX search_vector ON search_searchdocument USING gin (vector)",
)
COLUMNS = "title_lemmas, title_words, summary_lemmas, summary_words, body_lemmas, body_words"
OLD = ", ".join(f"old.{name.strip()}" for name in COLUMNS.split(","))
NEW = OLD.replace("old.", "new.")
FORGET = f"INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});"
TAKE_IN = f"INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, {NEW});"
SQLITE = (
    f"""
    CREATE VIRTUAL TABLE search_index USING fts5(
        {COLUMNS}, content='search_searchdocument', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0'
    )
    """,
    f"CREATE TRIGGER search_index_insert AFTER INSERT ON search_searchdocument BEGIN {TAKE_IN} END",
    f"CREATE TRIGGER search_index_delete AFTER DELETE ON search_searchdocument BEGIN {FORGET} END",
    f"CREATE TRIGGER search_index_update AFTER UPDATE ON search_searchdocument"
    f" BEGIN {FORGET} {TAKE_IN} END",
)
STATEMENTS = {
    "postgresql": (
        POSTGRESQL,
        (
            "ALTER TABLE search_searchdocument DROP COLUMN vector",
            "ALTER TABLE search_searchdocument RESET (toast_tuple_target)",
        ),
    ),
    "sqlite": (
        SQLITE,
        (
            "DROP TRIGGER search_index_insert",
            "DROP TRIGGER search_index_delete",
            "DROP TRIGGER search_index_update",
            "DROP TABLE search_index",
        ),
    ),
}


def make(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
