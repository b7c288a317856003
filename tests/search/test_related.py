"""Terms of the glossary that lead on where nothing was found."""

from dataclasses import replace

import numpy as np
import pytest

import vocabularies
from search import documents
from search.meaning import space
from search.meaning.language_free import Freedom
from tests.factories.home import GlossaryPageFactory
from tests.search import toy
from tests.search.test_page import found, visit

pytestmark = pytest.mark.django_db


def related(response) -> list[tuple[str, str]]:
    return [(term["title"], term["url"]) for term in response.context["related"]]


def test_empty_result_leads_to_related_terms_that_find_something(client, add, site):
    documents.write([GlossaryPageFactory(parent=site["en"], locale=site["en"].locale)])
    add("Apprenticeship in a bakery")
    add("Oppisopimuskoulutus", language="fi")
    assert related(visit(client, "tirocinio")) == []  # the glossary alone has traineeships
    assert related(visit(client, "apprendistato")) == [
        ("Apprenticeship", "?q=Apprenticeship"),
    ]
    response = visit(client, "apprendistato", extra="&language=fi&language=en&kind=story")
    link = ("Oppisopimuskoulutus", "?q=Oppisopimuskoulutus&language=fi&language=en")
    assert related(response) == [link]
    for _title, url in related(response):
        assert found(client.get(f"/en/search/{url}"))
    assert related(visit(client, "apprenticeship", extra="&kind=story")) == []  # the same words


@pytest.mark.parametrize("text", ["die", "e", "?!", "zzzz"])
def test_words_that_say_nothing_have_no_related_terms(client, add, text):
    """The first two stand in explanations of these terms in German and Italian."""
    add("World of work", "Apprenticeship, trainer, VET provider.")
    assert related(visit(client, text)) == []


def test_terms_near_in_meaning_lead_on_where_nothing_is_found(means, add, client, settings):
    meanings = np.eye(2, toy.WIDTH, dtype=np.float32)  # maintenance, hat
    near = replace(toy.FREEDOM, terms=("service", "need"), meanings=meanings)
    near.save(settings.SEARCH_DIRECTIONS / "toy.npz")
    add("Service")
    add("Need")
    means()
    shown = client.get("/en/search/?q=huolto").context["related"]
    assert [term["title"] for term in shown] == ["Service"]


def test_shipped_directions_know_every_term_of_the_glossary():
    """Else `manage.py search directions --into search/meaning/data` makes them anew."""
    for file in space.SHIPPED.glob("*.npz"):
        assert Freedom.load(file).terms == vocabularies.get("glossary").codes
