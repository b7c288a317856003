"""The groups of equal words as questions are widened by them: read once, until something changes."""

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings

from core import generation
from search.editors.models import Synonym
from search.text.analysis import NOTHING, alternatives, words
from search.text.lemmas import lemmas, written_with
from search.text.stopwords import telling
from search.text.thesaurus import Phrase, Thesaurus

MOST_GROUPS = 500  # of a language


def known(request=None) -> Mapping[str, Thesaurus]:
    """The equal words of every language that has some; one query when something has changed."""
    versions = tuple(map(written_with, settings.CONTENT_LANGUAGES))
    return generation.kept(request, ("synonyms", versions), read)


def read() -> dict[str, Thesaurus]:
    groups: dict[str, list[str]] = {}
    stored = Synonym.objects.filter(active=True).order_by("language", "pk")
    for language, listed in stored.values_list("language", "words"):
        groups.setdefault(language, []).append(listed)
    return {language: of(language, found) for language, found in groups.items()}


def of(language: str, groups: list[str]) -> Thesaurus:
    """A thesaurus of groups, each with a word or phrase on a line."""
    return made(language, written_with(language), tuple(groups[:MOST_GROUPS]))


@lru_cache(maxsize=100)
def made(language: str, version: str, groups: tuple[str, ...]) -> Thesaurus:
    """Made anew only for other words or another dictionary."""
    found = ([phrase(line, language) for line in group.splitlines()] for group in groups)
    return Thesaurus([one for one in group if one] for group in found)


def phrase(text: str, language: str) -> Phrase:
    """A word or phrase as a question would have it."""
    known, typed = lemmas(language), [match.group() for match in words(text)]
    forms = (alternatives(word, known) for word in telling(typed, language))
    return tuple(one for one in forms if NOTHING not in one)
