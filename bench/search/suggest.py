"""How fast titles are suggested: `python -m bench.search.suggest [documents] [languages]`.

On a scratch SQLite database, or on the PostgreSQL of DATABASE_URL, filled as `bench.search.database`
fills it. Typed are beginnings of frequent and rare words, from two letters on, alone and after a whole
word. Printed are milliseconds of the service alone and of the whole answer, for each length.
"""

import os
import random
import sys

import django

from bench.search.database import LANGUAGES, fill, milliseconds, word

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
RANKS = [0, 1, 10, 30, 100, 1_000, 10_000, 19_990]
LENGTHS = {"2 letters": 2, "3 letters": 3, "whole words": 30}
QUESTIONS = 200


def typed(length: int, dice: random.Random) -> list[str]:
    """Beginnings of words, every second one after a word before it."""
    found = []
    for number in range(QUESTIONS):
        beginning = word(dice.choice(RANKS) + dice.randrange(5))[:length]
        found.append(f"{word(dice.choice(RANKS))} {beginning}" if number % 2 else beginning)
    return found


def main(number: int = 2_000, languages: int = len(LANGUAGES)) -> None:
    django.setup()
    from django.db import connection
    from django.test import Client

    from search.suggest.suggestions import suggest

    dice = random.Random(7)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        codes = LANGUAGES[:languages]
        fill(number, codes, dice)
        if connection.vendor == "postgresql":
            connection.cursor().execute("VACUUM ANALYZE search_searchdocument")
        client = Client()
        print(f"{connection.vendor}, {number} documents in {languages} languages")
        for label, length in LENGTHS.items():
            asked = typed(length, dice)
            service = milliseconds(lambda text: suggest(text, "en", codes[:1]), asked)
            answer = milliseconds(
                lambda text: client.get("/en/search/suggest/", {"q": text}), asked
            )
            print(f"{label:12} service {service}")
            print(f"{'':12} answer  {answer}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
