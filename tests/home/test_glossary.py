"""The glossary in every language, and words explained at the end of a page."""

import json
import re

import pytest
import yaml
from django.conf import settings

import vocabularies
from home.glossary import terms
from home.models import GlossaryPage
from tests.factories.home import GlossaryPageFactory
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossaries(site):
    key = None
    for code in ("en", "lt"):
        page = GlossaryPageFactory(
            parent=site[code], locale=site[code].locale, **({"translation_key": key} if key else {})
        )
        key = page.translation_key


def test_it_lists_terms_under_their_letters_with_the_names_of_others(
    client, glossaries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        html = client.get("/lt/glossary/").content.decode()
    assert 'id="apprenticeship"' in html
    assert 'class="loop-strip' in html
    assert '<dd lang="en" dir="ltr">Apprenticeship</dd>' in html
    letters = re.findall(r'id="letter-\d+" tabindex="-1">(.)</h2>', html)
    assert letters == list(dict.fromkeys(letters))
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    found = json.loads(data[1])
    assert found["@type"] == "DefinedTermSet"
    assert len(found["hasDefinedTerm"]) == len(terms("lt")) >= 60


def test_search_finds_it_by_a_term(glossaries):
    page = GlossaryPage.objects.get(locale__language_code="en")
    assert "Apprenticeship: Training under a contract" in page.search_document().body


def test_words_that_an_editor_chose_are_explained_in_the_readers_language(client, site, index):
    StoryPageFactory(parent=index(), slug="boxes", terms=["apprenticeship"])
    html = client.get("/lt/stories/boxes/").content.decode()
    assert '<a href="/lt/glossary/#apprenticeship">Pameistrystė</a>' in html


def test_words_that_shipped_content_explains_are_in_the_glossary():
    for path in settings.BASE_DIR.glob("*/content/*/*/facts.yaml"):
        chosen = yaml.safe_load(path.read_text(encoding="utf-8")).get("terms", [])
        assert set(chosen) <= set(vocabularies.get("glossary").codes), path
