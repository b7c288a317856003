"""The language of a text is a word of its vector, so that the index alone finds what is in a language.

Codes are counted by the thousand, too: they stand beside the facets as one flat list, *country:LV*.

The vector lies inside the row: what ranks thousands of documents reads as many vectors, and each of
those that lie outside costs more than all else. And the planner, which does not count that cost, would
read the whole table where a word is frequent.
"""

from django.db import migrations

TEXTS = {
    "A": "title_lemmas || ' ' || title_words",
    "B": "summary_lemmas || ' ' || summary_words",
    "C": "body_lemmas || ' ' || body_words",
}
WORDS = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {text}), '{weight}')"
    for weight, text in TEXTS.items()
)
INDEX = "CREATE INDEX search_vector ON search_searchdocument USING gin (vector)"
# Without a list of what is still to be put in order, which every search would have to read.
AT_ONCE = INDEX + " WITH (fastupdate = off)"
POSTGRESQL = (
    """
    CREATE FUNCTION search_codes(facets jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
        SELECT COALESCE(array_agg(facet || ':' || code), '{}')
        FROM jsonb_each(facets) AS f(facet, codes)
        CROSS JOIN LATERAL jsonb_array_elements_text(
            CASE jsonb_typeof(codes) WHEN 'array' THEN codes ELSE jsonb_build_array(codes) END
        ) AS c(code)
    $$
    """,
    "ALTER TABLE search_searchdocument DROP COLUMN vector",
    f"""
    ALTER TABLE search_searchdocument
        ADD COLUMN vector tsvector GENERATED ALWAYS AS (
            array_to_tsvector(ARRAY['@' || language]) || {WORDS}
        ) STORED,
        ALTER COLUMN vector SET STORAGE MAIN,
        ADD COLUMN codes text[] GENERATED ALWAYS AS (search_codes(facets)) STORED,
        ALTER COLUMN codes SET STORAGE MAIN
    """,
    AT_ONCE,
)
BACK = (
    f"""
    ALTER TABLE search_searchdocument
        DROP COLUMN codes,
        DROP COLUMN vector,
        ADD COLUMN vector tsvector GENERATED ALWAYS AS ({WORDS}) STORED
    """,
    "DROP FUNCTION search_codes",
    INDEX,
)


def make(apps, schema_editor):
    run(schema_editor, POSTGRESQL)


def back(apps, schema_editor):
    run(schema_editor, BACK)


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0008_indexes")]
    operations = [migrations.RunPython(make, back)]
