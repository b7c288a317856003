"""How well words are found: `python -m bench.search.words [--misses] [--elastic] [set.tsv …] [language …]`.

Reads the sets beside it (or the named ones): in each row what a text has and what a reader types. A
row is found if the forms of both meet as the engines match them; with `--elastic`, if Elasticsearch
finds it, asked as the portal asks it, in scratch indexes that are removed. Printed is the share of
each language and kind in percent:

- `inflected`, `accents`, `compounds`: of what should be found, what is;
- `within`: of short words that stand in others by chance or mean something else, what is found;
- `strangers`: of words of another meaning that look alike, what is found all the same (in either
  direction), so less is better;
- `slips`: of typing errors, what is corrected to the word meant, among the words of the set and
  5,000 further ones of the language's dictionary.

Dictionaries that are missing are built first, in VAR_DIR (up to ten seconds each).
"""

import argparse
import csv
import os
from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import django

KINDS = ("inflected", "accents", "compounds", "within", "strangers", "slips")
UNWANTED = ("within", "strangers")
FURTHER_WORDS = 5_000
HERE = Path(__file__).parent
SETS = ("words.tsv", "words_held_out.tsv", "words_fresh.tsv")

Row = dict[str, str]
Shares = dict[str, list[bool]]
Finds = Callable[[str, list[tuple[str, str]]], list[bool]]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def by_forms(language: str, asked: list[tuple[str, str]]) -> list[bool]:
    """Of pairs of a text and a question, which questions find their text, as both engines match them."""
    from search.questions import sought
    from search.text.analysis import analyse
    from search.text.lemmas import lemmas, parts

    found = []
    for written, typed in asked:
        analysis = analyse(written, lemmas(language), parts(language))
        present = {*analysis.lemmas, *analysis.words}
        forms_of = sought(typed, language)
        found.append(bool(forms_of) and all(not present.isdisjoint(forms) for forms in forms_of))
    return found


def real_words(language: str, of_set: list[Row]) -> list[tuple[str, str]]:
    """Words that documents of the language may have, folded and as they are written."""
    from search.text.analysis import fold
    from search.text.lemmas import dictionary

    typed = {row["typed"] for row in of_set if row["kind"] not in ("slips", "accents")}
    words = {row["written"].lower() for row in of_set} | {word.lower() for word in typed}
    if known := dictionary(language):
        step = max(1, len(known) // FURTHER_WORDS)
        words |= {word for word in islice(known, 0, None, step) if word.isalpha()}
    return [(fold(word), word) for word in sorted(words)]


def shares(of_set: list[Row], language: str, misses: list[str], finds: Finds) -> Shares:
    """For each kind, which rows of a language are found; strangers in either direction."""
    from search.text.analysis import fold

    found_of = defaultdict(list)
    mine = [row for row in of_set if row["language"] == language]
    pairs = [(row["written"], row["typed"]) for row in mine]
    forth = finds(language, pairs)
    back = finds(language, [(typed, written) for written, typed in pairs])
    known = real_words(language, mine)
    for row, one, other in zip(mine, forth, back, strict=True):
        kind, written, typed = row["kind"], row["written"], row["typed"]
        better, good = "", one or (kind == "strangers" and other)
        if kind == "slips":
            better = corrected(typed, known)
            good = fold(better) == fold(written)
        found_of[kind].append(good)
        if good == (kind in UNWANTED):
            misses.append(f"{language} {kind}: {written} {typed} {better}")
    return found_of


def corrected(typed: str, known: list[tuple[str, str]]) -> str:
    """The word that is meant by a slip, or nothing."""
    from search.text.analysis import fold
    from search.text.slips import nearest, worth_comparing

    slip = fold(typed)
    return nearest(slip, (pair for pair in known if worth_comparing(slip, pair[0]))) or ""


def show(name: str, table: dict[str, Shares]) -> None:
    """A table of percentages, as docs/search.md has it."""
    print(f"\n{name}\n\n| language | {' | '.join(KINDS)} |\n|---|{'--:|' * len(KINDS)}")
    everything = {
        kind: [good for found_of in table.values() for good in found_of.get(kind, ())]
        for kind in KINDS
    }
    for label, found_of in (*table.items(), ("all", everything)):
        cells = (percent(found_of.get(kind)) for kind in KINDS)
        print(f"| {label} | {' | '.join(cells)} |")


def percent(goods: list[bool] | None) -> str:
    return f"{100 * sum(goods) / len(goods):.0f}" if goods else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "chosen", nargs="*", help="sets (*.tsv) and languages; all if none is named"
    )
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    parser.add_argument("--elastic", action="store_true", help="ask Elasticsearch")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from bench.search.words_elastic import by_elasticsearch
    from search.text import lemmas

    finds = by_elasticsearch if options.elastic else by_forms
    sets = [Path(name) for name in options.chosen if name.endswith(".tsv")]
    languages = [name for name in options.chosen if not name.endswith(".tsv")]
    for path in sets or [HERE / name for name in SETS if (HERE / name).exists()]:
        of_set = rows(path)
        wanted = languages or list(dict.fromkeys(row["language"] for row in of_set))
        for language in lemmas.missing(wanted):
            lemmas.build(language)
        misses: list[str] = []
        show(path.stem, {code: shares(of_set, code, misses, finds) for code in wanted})
        if options.misses:
            print("", *misses, sep="\n")


if __name__ == "__main__":
    main()
