"""The demonstration recommendations: the same in every language, loaded once with their moves."""

import pytest

from demo import people
from demo.recommendations import RICH, Recommendation
from guidelines.models import Move, RecommendationPage
from portal import shipped

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", Recommendation.names())
def test_versions_say_the_same_things(name):
    one = Recommendation(name)
    source = one.values(one.facts["source"])
    for code in one.languages:
        values = one.values(code)
        assert len(values["recommendation"]) <= 260
        assert bool(values["dissent"]) == bool(source["dissent"])
        assert [piece["type"] for piece in values["evidence"]] == [
            piece["type"] for piece in source["evidence"]
        ]
        for part in RICH:
            assert values[part].count("<p>") == source[part].count("<p>")
            assert values[part].count("<li>") == source[part].count("<li>")


def test_a_recommendation_is_loaded_once_with_its_stories_moves_and_answer(settings, client):
    settings.CONTENT_LANGUAGES = ["en", "lt"]
    shipped.ensure_site()
    people.ensure("secret")
    cast = people.cast()
    Recommendation("one-agreement-template").load(cast)
    assert Recommendation("one-agreement-template").load(cast) is None
    pages = RecommendationPage.objects.live().values_list("locale__language_code", flat=True)
    assert sorted(pages) == ["en", "lt"]
    assert Move.objects.count() == 5
    html = client.get("/lt/recommendations/viena-trumpa-sutartis/").content.decode()
    assert "Privalomo pavyzdžio nenustatysime" in html
    assert "/lt/stories/" in html
