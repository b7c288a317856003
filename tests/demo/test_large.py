"""A portal with a lot in it: made once, marked as invented, found in lists and by search."""

import pytest
from django.core.management import CommandError, call_command

from core.models import OutboxEntry
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.models import NeedPage, ServicePage
from organisations.models import Organisation, OrganisationPage
from portal import shipped

pytestmark = pytest.mark.django_db
FEW = {"organisations": 4, "services": 5, "needs": 3}


@pytest.fixture
def portal(settings):
    settings.CONTENT_LANGUAGES = ["en", "de", "fi"]
    settings.DEMONSTRATION = True
    shipped.ensure_site()


def counted() -> list[int]:
    models = (Organisation, OrganisationPage, ServicePage, NeedPage)
    return [model.objects.count() for model in models]


def test_many_items_are_made_once_in_every_language_and_more_can_be_added(portal):
    call_command("demonstration_large", **FEW)
    assert counted() == [4, 12, 15, 9]
    call_command("demonstration_large", **FEW)
    assert counted() == [4, 12, 15, 9]
    call_command("demonstration_large", **FEW | {"services": 6})
    assert counted() == [4, 12, 18, 9]
    for page in (*ServicePage.objects.all(), *NeedPage.objects.all()):
        page.full_clean(exclude=["owner"])
        assert page.demonstration
        assert page.organisation.is_demonstration
        assert not page.problems()
        assert page.get_parent().locale == page.locale
    parent = ServicePage.objects.first().get_parent()
    assert parent.numchild == parent.get_children().count() == 6


@pytest.mark.usefixtures("portal")
def test_they_stand_in_the_lists_with_their_mark_and_search_is_asked_to_take_them(client):
    call_command("demonstration_large", **FEW)
    for section, model in (("services", ServicePage), ("needs", NeedPage)):
        for page in model.objects.filter(locale__language_code="de"):
            listed = client.get(f"/de/{section}/").content.decode()
            assert page.url_path in listed
            assert client.get(page.url_path).status_code == 200
    organisation = OrganisationPage.objects.filter(locale__language_code="fi").first()
    assert organisation.title in client.get("/fi/organisations/").content.decode()
    asked = OutboxEntry.objects.filter(kind="search.index").values_list("payload", flat=True)
    keys = {one["translation_key"] for one in asked}
    assert {str(one.translation_key) for one in ServicePage.objects.all()} <= keys


def test_where_no_language_has_the_lists_nothing_is_made_and_nothing_counted(settings, capsys):
    settings.CONTENT_LANGUAGES, settings.DEMONSTRATION = ["en"], True
    call_command("demonstration_large", **FEW)
    assert not ServicePage.objects.exists()
    assert not CapacityWindow.objects.exists()
    assert "service: 0 made" in capsys.readouterr().out


def test_a_portal_in_production_refuses_it(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError):
        call_command("demonstration_large", **FEW)
    assert not Organisation.objects.exists()
