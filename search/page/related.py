"""Terms of the glossary near to a question that found nothing, as searches that find something."""

import re
from dataclasses import replace
from functools import lru_cache

import vocabularies
from core import registry
from search.database.present import present
from search.engine import Query
from search.meaning.fusion import fused
from search.meaning.nearest import nearest_terms
from search.questions import Question, sought
from search.text.analysis import Lemmas, alternatives, fold, words
from search.text.lemmas import every_form, lemmas, written_with
from search.text.stopwords import is_word, stop_words

MOST, MOST_TRIED = 5, 10
HALF = 0.5
IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


def related(question: Question, asked: Query) -> list[dict]:
    """At most five terms, named in the first of the chosen languages; one query.

    Near is what has at least half of the words, or parts of them, in its name in any language, or all of
    them in its explanation, and what is near in meaning. The glossary has every term: to be found there
    alone does not count.
    """
    language = question.languages[0]
    near = fused(by_words(question.text, asked), nearest_terms(asked.vector))
    tried = {}
    for code in near[:MOST_TRIED]:
        name = IN_BRACKETS.sub("", vocabularies.label("glossary", code, language))
        forms = sought(name, language)
        if forms and {*forms} != {*asked.words[language]}:
            tried[name] = forms
    kinds = [item.kind for item in registry.items() if item.kind != "glossary"]
    finds = present(list(tried.values()), language, kinds)
    plain = replace(question.plain(), languages=question.languages)
    found = [name for name, does in zip(tried, finds, strict=True) if does]
    return [
        {"title": name, "url": plain.address(text=name), "lang": language} for name in found[:MOST]
    ]


def by_words(text: str, asked: Query) -> list[str]:
    """Codes of terms that have the words, those that have most of them first."""
    typed = [match.group() for match in words(text)]
    best: dict[str, float] = {}
    for language in (*asked.languages, *asked.other_languages):
        stops = stop_words(language)
        telling = [word for word in typed if is_word(word) and fold(word) not in stops]
        for code, share in shares(telling, language):
            best[code] = max(best.get(code, 0), share)
    return sorted(best, key=best.get, reverse=True)


def shares(typed: list[str], language: str) -> list[tuple[str, float]]:
    """The terms that have enough of some words in a language, each with what share of them it has."""
    if not typed:
        return []
    known, every = lemmas(language), every_form(language)
    whole = [set(alternatives(word, known)) for word in typed]
    parts = [set(every(word)) for word in typed]
    found = []
    for code, name, explanation in terms(language, written_with(language)):
        share = sum(not name.isdisjoint(word) for word in parts) / len(typed)
        if not any(map(explanation.isdisjoint, whole)):
            share = max(share, HALF)
        if share >= HALF:
            found.append((code, share))
    return found


@lru_cache(maxsize=64)
def terms(language: str, dictionary: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Codes with the forms of their names and explanations, read anew with another dictionary."""
    glossary = vocabularies.get("glossary")
    known, every = lemmas(language), every_form(language)
    return [
        (
            code,
            forms(row.get(language, ""), every),
            forms(
                glossary.descriptions.get(code, {}).get(language, ""),
                lambda word: alternatives(word, known),
            ),
        )
        for code, row in glossary.rows.items()
    ]


def forms(text: str, of_word: Lemmas) -> frozenset[str]:
    return frozenset(form for match in words(text) for form in of_word(match.group()))
