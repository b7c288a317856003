"""How fast the database engine answers: `python -m bench.search.database [documents] [languages]`.

On a scratch SQLite database, or on the PostgreSQL of DATABASE_URL, it writes documents of 300 words,
as unevenly spread as words in a language, and asks 200 questions of one to three words, frequent and
rare; the hundred most frequent are not asked for, as stop words are not. Printed are milliseconds of
the engine alone and of the whole page.
"""

import itertools
import os
import random
import statistics
import sys
import time
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
LANGUAGES = ["en", "fi", "it", "lt", "lv", "pl", "pt", "de"]
VOCABULARY = 20_000
LENGTHS = {"title": 6, "summary": 20, "body": 300}
QUESTIONS = 200
COUNTRIES = ["DE", "EE", "FI", "IT", "LT", "LV", "PL", "PT"]
FIELDS = [f"{number:02}" for number in range(11)]


def word(number: int) -> str:
    """A pronounceable word for each number."""
    syllables = [a + b for a, b in itertools.product("bdfgklmnprstv", "aeiou")]
    letters = ""
    while True:
        number, rest = divmod(number, len(syllables))
        letters += syllables[rest]
        if not number:
            return letters + "k"


def fill(number: int, languages: list[str], dice: random.Random, start: int = 0) -> None:
    """Documents up to a number, evenly spread over the languages, each item in all of them."""
    from wagtail.models import Page

    from search.models import SearchDocument
    from search.text.analysis import analyse

    page = Page.objects.get(depth=1)
    words = [word(rank) for rank in range(VOCABULARY)]
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
    rows = []
    for position in range(start, number):
        columns = {}
        for name, length in LENGTHS.items():
            text = " ".join(dice.choices(words, cum_weights=weights, k=length))
            columns |= {name: text, f"{name}_lemmas": " ".join(analyse(text).lemmas)}
        rows.append(
            SearchDocument(
                translation_key=uuid.UUID(int=position // len(languages)),
                language=languages[position % len(languages)],
                kind=(kind := dice.choice(["story", "page"])),
                facets={
                    "kind": [kind],
                    "country": [dice.choice(COUNTRIES)],
                    "field": [dice.choice(FIELDS)],
                },
                page=page,
                url=f"/en/{position}/",
                **columns,
            )
        )
        if len(rows) == 1_000 or position == number - 1:
            SearchDocument.objects.bulk_create(rows)
            rows.clear()


def questions(dice: random.Random) -> list[str]:
    ranks = [100, 300, 1_000, 3_000, 10_000, 19_990]
    return [
        " ".join(word(dice.choice(ranks) + dice.randrange(3)) for _ in range(dice.randint(1, 3)))
        for _ in range(QUESTIONS)
    ]


def milliseconds(ask, asked: list[str]) -> str:
    taken = []
    for text in asked:
        start = time.perf_counter()
        ask(text)
        taken.append((time.perf_counter() - start) * 1_000)
    cuts = statistics.quantiles(taken, n=20)
    return f"p50 {cuts[9]:6.1f}  p95 {cuts[18]:6.1f}  most {max(taken):6.1f}"


def main(number: int = 2_000, languages: int = len(LANGUAGES)) -> None:
    django.setup()
    from django.db import connection
    from django.http import QueryDict
    from django.test import Client

    from search.engine import engine
    from search.questions import Question

    dice = random.Random(7)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(number, LANGUAGES[:languages], dice)
        if connection.vendor == "postgresql":
            connection.cursor().execute("VACUUM ANALYZE search_searchdocument")
        asked = questions(dice)
        client = Client()

        def search(text: str) -> None:
            query = QueryDict(mutable=True)
            query["q"] = text
            engine().search(Question.read(query, "en").for_engine())

        print(f"{connection.vendor}, {number} documents in {languages} languages")
        print("engine", milliseconds(search, asked))
        print("page  ", milliseconds(lambda text: client.get("/en/search/", {"q": text}), asked))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
