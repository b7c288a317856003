"""Demonstration organisations: every file fits, and one is loaded whole."""

import pytest
from django.core.exceptions import ValidationError

from demo import people
from demo.organisations import RICH, Profile
from organisations.models import Organisation, OrganisationPage, Verification
from portal import shipped

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", Profile.names())
def test_facts_and_texts_fit(name):
    profile = Profile(name)
    assert profile.ensure_record().is_demonstration
    source = profile.values(profile.facts["source"])
    for code in profile.languages:
        values = profile.values(code)
        page = OrganisationPage(**values)
        try:
            page.clean_fields(exclude=["path", "depth", "content_type", "locale", "owner"])
        except ValidationError as error:
            pytest.fail(f"{name}/{code}: {error}")
        for part in RICH:
            assert values[part].count("<li>") == source[part].count("<li>")
            assert values[part].count("<p>") == source[part].count("<p>")


def test_an_organisation_is_loaded_once_with_its_translations(settings, client):
    settings.CONTENT_LANGUAGES = ["en", "fi", "lt"]
    shipped.ensure_site()
    people.ensure("secret")
    cast = people.cast()
    Profile("ogre-wood-school").load(cast)
    assert Profile("ogre-wood-school").load(cast) is None
    assert OrganisationPage.objects.live().count() == 3
    assert (Organisation.objects.count(), Verification.objects.count()) == (1, 1)
    html = client.get("/fi/organisations/ogren-puukoulu/").content.decode()
    assert "Neljän hengen tiimejä" in html
    assert client.get("/lt/organisations/").context["rows"][0]["demonstration"]
