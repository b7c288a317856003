"""How well meaning is found across languages: `python -m bench.search.meaning [--alternatives]`.

Questions of `bench/search/meaning.tsv`, each about one of the texts of `meaning_texts.tsv`, which is in
another language and stands among near topics. Texts of all languages, also of the question's own, may be
taken for the answer. Recall@n is how often the right text is among the first n; half of the texts were
held out when the recipe was chosen. Then how much is found at all, and how much for questions that no
text answers.

`--alternatives` compares recipes: the vectors as they come, title and text alone, other numbers of
directions. `--engine` asks the database engine instead, on a scratch database: once with all languages
chosen, once with the question's own, where the answer is among those offered in others.
"""

import csv
import os
import sys
import time
import uuid
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
# What no text answers: no words at all, then words of other matters.
NONSENSE = (
    "asdf qwerty|xyzzy|zzzzzz|blorptangle frimmish|lkjhg 12345|aaaa|qwe|foo bar baz|gnorfle wumpus|"
    "ąčęėįš|trololo|kjsdhf ksjdfh ksdjf|12345|2024|hgfds|vbnm poiu|xqzvkw wrrt|xqzvkw|asdfgh|mzbq rrtl"
).split("|")
ELSEWHERE = (
    "football results yesterday|recept på pannkakor|Wetter morgen in Berlin|kaip išvirti šaltibarščius|"
    "miglior film dell’anno|precio de la vivienda en Madrid|symptoms of influenza|horoskop na dziś|"
    "vols pas chers pour New York|parhaat kalareissut Lapissa|история на Римската империя|"
    "divorce lawyer|kærestesorger|bitcoin|koira|Weihnachten|γάτα|parliament election|Mozart|voleibol|"
    "kwantummechanica|mitologija|húsvéti nyúl"
).split("|")


def table(name: str) -> list[dict]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def report(name: str, alike: np.ndarray, right: np.ndarray) -> None:
    places = (alike > alike[np.arange(len(right)), right][:, None]).sum(axis=1)
    shares = [
        f"{(places[which] < first).mean():.3f}"
        for which in (places >= 0, right % 2 == 1)
        for first in (1, 5)
    ]
    print(f"{name:34} {'  '.join(f'{share:>8}' for share in shares)}")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
    import django

    django.setup()
    from search.meaning import space as spaces
    from search.meaning.nearest import BESIDE_THE_BEST

    if "--engine" in sys.argv:
        return through_engine()
    here = spaces.space()
    texts, asked = table("meaning_texts.tsv"), table("meaning.tsv")
    places = {text["id"]: place for place, text in enumerate(texts)}
    right = np.array([places[one["id"]] for one in asked])
    start = time.perf_counter()
    questions = np.array([here.question(one["question"]) for one in asked])
    asking = (time.perf_counter() - start) / len(asked)
    start = time.perf_counter()
    documents = here.documents([(text["title"], text["text"]) for text in texts])
    making = (time.perf_counter() - start) / len(texts)
    languages = {one["language"] for one in asked}
    print(f"{here.name}: {len(asked)} questions in {len(languages)} languages, {len(texts)} texts")
    print(f"{asking * 1e3:.0f} ms a question, {making * 1e3:.0f} ms a text of 200 letters\n")
    print(f"{'':34} {'recall@1':>8}  {'recall@5':>8}  {'held out':>8}  {'held out':>8}")
    alike = questions @ documents.T
    report("search", alike, right)
    if "--alternatives" in sys.argv:
        alternatives(here, texts, asked, right)

    def found(likeness: np.ndarray) -> np.ndarray:
        best = likeness.max(axis=1, keepdims=True)
        return likeness >= np.maximum(here.threshold, BESIDE_THE_BEST * best)

    kept = found(alike)
    first = alike >= np.sort(alike, axis=1)[:, -5][:, None]
    answered = (kept & first)[np.arange(len(right)), right].mean()
    print(f"\nthreshold {here.threshold}, or {BESIDE_THE_BEST} of the nearest")
    print(f"right text found {kept[np.arange(len(right)), right].mean():.3f}, ", end="")
    print(f"and among the first five {answered:.3f}; {kept.sum(axis=1).mean():.1f} texts found")
    for name, others in (("nonsense", NONSENSE), ("other matters", ELSEWHERE)):
        noise = found(np.array([here.question(text) for text in others]) @ documents.T)
        print(
            f"{name}: {noise.any(axis=1).mean():.2f} of the questions find something, "
            f"{noise.sum(axis=1).mean():.1f} texts on average"
        )


def through_engine() -> None:
    """What the engine finds, words and meaning together."""
    from django.conf import settings
    from django.db import connection
    from wagtail.models import Page

    from search.engine import Query, engine
    from search.meaning import space, vectors
    from search.models import SearchDocument
    from search.questions import sought
    from search.text.analysis import analyse
    from search.text.lemmas import lemmas

    texts, asked = table("meaning_texts.tsv"), table("meaning.tsv")
    languages = sorted({text["language"] for text in texts})
    settings.CONTENT_LANGUAGES = languages
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        page = Page.objects.get(depth=1)
        rows = {}
        for number, text in enumerate(texts):
            known = lemmas(text["language"])
            title, summary = (analyse(text[part], known) for part in ("title", "text"))
            rows[text["id"]] = SearchDocument.objects.create(
                translation_key=uuid.UUID(int=number),
                language=text["language"],
                kind="story",
                page=page,
                title=text["title"],
                summary=text["text"],
                title_lemmas=" ".join(title.lemmas),
                title_words=" ".join(title.words),
                summary_lemmas=" ".join(summary.lemmas),
                summary_words=" ".join(summary.words),
            )
        vectors.make(space.space(), list(rows.values()))
        for chosen in ("all languages", "own language"):
            places = []
            for one in asked:
                order = [one["language"], *(set(languages) - {one["language"]})]
                number = len(order) if chosen == "all languages" else 1
                found = engine().search(
                    Query(
                        languages=tuple(order[:number]),
                        other_languages=tuple(order[number:]),
                        words={code: sought(one["question"], code) for code in languages},
                        text=one["question"],
                        vector=space.of_question(one["question"]),
                        limit=100,
                        other_limit=100,
                    )
                )
                hits = found.hits if number > 1 else found.others
                ids = [hit.document for hit in hits]
                right = rows[one["id"]].pk
                places.append(ids.index(right) if right in ids else len(texts))
            figures = " ".join(
                f"recall@{first} {np.mean([place < first for place in places]):.3f}"
                for first in (1, 5)
            )
            print(f"{chosen}: {figures}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def alternatives(here, texts: list[dict], asked: list[dict], right: np.ndarray) -> None:
    """The same with other recipes."""
    import vocabularies
    from search.meaning.language_free import Freedom, learn, unit

    def raw(values: list[str], role: str) -> np.ndarray:
        return here.provider.embed(values, role)

    questions = raw([one["question"] for one in asked], "query")
    titles = raw([text["title"] for text in texts], "passage")
    whole = raw([f"{text['title']}. {text['text']}" for text in texts], "passage")
    alone = raw([text["text"] for text in texts], "passage")
    report("as they come, title and text", unit(questions) @ unit(whole).T, right)

    def recipe(name: str, freedom: Freedom, weights: tuple[float, float, float]) -> None:
        parts = zip(weights, map(freedom.free, (titles, whole, alone)), strict=True)
        vectors = unit(sum(weight * part for weight, part in parts))
        report(name, freedom.free(questions) @ vectors.T, right)

    recipe("0.3 title, 0.7 text", here.freedom, (0.3, 0, 0.7))
    recipe("0.3 title, 0.7 title and text", here.freedom, (0.3, 0.7, 0))
    terms = list(vocabularies.get("glossary").rows.values())
    codes = [code for code in terms[0] if code != "code"]
    words = [term[code] or term["en"] for code in codes for term in terms]
    groups = [raw(words, role).reshape(len(codes), len(terms), -1) for role in ("query", "passage")]
    for number in (0, 8, 16, 24, 32, 40, 48):
        recipe(f"{number} directions", learn(groups, number), (0.3, 0.35, 0.35))


if __name__ == "__main__":
    main()
