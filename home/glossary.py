"""The glossary: terms of the field in the reader's language, with what others call them."""

import unicodedata

from django.conf import settings

import vocabularies
from core import generation, structured
from core.languages import language
from core.registry import SearchDocument
from vocabularies.collation import ALPHABETS, PLAIN, sort_key


def letter_of(term: str, code: str) -> str:
    """The letter under which a term stands in a language.

    >>> letter_of("žinia", "lt"), letter_of("éxito", "pt")
    ('Ž', 'E')
    """
    first = term[:1].casefold()
    if first not in ALPHABETS.get(code, PLAIN):
        first = unicodedata.normalize("NFD", first)[:1]
    return first.upper()


def terms(code: str) -> list[dict]:
    """All terms in the alphabetical order of a language, each with its names in the others."""
    glossary = vocabularies.get("glossary")
    others = [language(other) for other in settings.CONTENT_LANGUAGES if other != code]
    found = [
        {
            "code": term,
            "term": glossary.label(term, code),
            "text": glossary.description(term, code),
            "others": [
                {"lang": other.code, "dir": other.dir, "name": other.name, "term": name}
                for other in others
                if (name := glossary.label(term, other.code))
            ],
        }
        for term in glossary.codes
    ]
    return sorted(found, key=lambda one: sort_key(one["term"], code))


def context(page, request) -> dict:
    """The terms under their letters; no query."""
    code = page.locale.language_code

    def build() -> list[dict]:
        letters: dict[str, list[dict]] = {}
        for term in terms(code):
            letters.setdefault(letter_of(term["term"], code), []).append(term)
        return [
            {"letter": letter, "anchor": f"letter-{number}", "terms": under}
            for number, (letter, under) in enumerate(letters.items(), 1)
        ]

    return {"letters": generation.kept(request, ("glossary", code), build)}


def document(page) -> SearchDocument:
    """Every term with its explanation."""
    found = terms(page.locale.language_code)
    texts = [f"{term['term']}: {term['text']}" for term in found]
    return SearchDocument.of(page, "glossary", texts)


def defined_terms(page, absolute) -> dict:
    """schema.org `DefinedTermSet`."""
    code, url = page.locale.language_code, absolute(page.url_path)
    return structured.data_of(page, "DefinedTermSet", absolute) | {
        "@id": url,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "@id": f"{url}#{term['code']}",
                "termCode": term["code"],
                "name": term["term"],
                "description": term["text"],
            }
            for term in terms(code)
        ],
    }
