"""The demonstration of the marketplace: the same in every language, loaded once, never out of date."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from demo import members, people
from demo.needs import Need
from demo.services import RICH, Service
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.confidential import NeedDetails, details_for
from marketplace.listings.models import NeedPage, ServicePage
from portal import shipped

pytestmark = pytest.mark.django_db
UNTOLD = ["path", "depth", "content_type", "locale", "owner", "methods", "terms"]
SERVICES = [Service(name) for name in Service.names()]
NEEDS = [Need(name) for name in Need.names()]


@pytest.mark.parametrize("item", [*SERVICES, *NEEDS], ids=lambda item: item.name)
def test_versions_are_valid_and_say_the_same_things(item):
    assert len(item.languages) >= 3
    rich = RICH if isinstance(item, Service) else ("problem",)
    found = {code: item.values(code) for code in item.languages}
    source = found[item.source]
    for code, values in found.items():
        page = item.model(**values)
        try:
            page.clean_fields(exclude=UNTOLD)
        except ValidationError as error:
            pytest.fail(f"{item.name}/{code}: {error}")
        assert not page.problems()
        for part in rich:
            for tag in ("<p>", "<li>"):
                assert values[part].count(tag) == source[part].count(tag), f"{code}: {part}"
        for part, value in values.items():
            assert bool(value) == bool(source[part]), f"{code}: {part}"


def test_there_are_enough_of_all_kinds_in_every_language(settings):
    assert (len(SERVICES), len(NEEDS)) == (25, 15)
    for code in settings.INTERFACE_LANGUAGES:
        assert sum(code in item.languages for item in SERVICES) >= 4
        assert sum(code in item.languages for item in NEEDS) >= 2
    assert len({item.facts["category"] for item in SERVICES}) >= 12
    assert len({item.values("en")["organisation"].country for item in SERVICES}) >= 15
    kinds = [item.facts["need_kind"] for item in NEEDS]
    assert set(kinds) == {"project", "placement", "apprenticeship", "job"}
    assert any("desk" in item.facts for item in NEEDS)


@pytest.mark.parametrize("service", SERVICES, ids=lambda item: item.name)
def test_a_service_has_a_free_place_in_the_next_two_months(service):
    today = timezone.localdate()
    windows = service.windows(today)
    soon = [one for one in windows if one.starts <= today + datetime.timedelta(days=60)]
    assert any(one.ends >= today and one.left > 0 for one in soon)


def test_the_website_fits_the_need_of_the_weavers():
    service, need = Service("website-in-five-weeks"), Need("linen-website")
    offered, wanted = service.values("lv"), need.values("lt")
    assert offered["category"] == wanted["category"]
    assert set(offered["languages"]) & set(wanted["languages"])
    assert set(offered["place"]) & set(wanted["place"])
    window = service.windows(timezone.localdate())[0]
    begins = max(window.starts, wanted["starts"])
    assert begins + datetime.timedelta(weeks=offered["lead_time"]) <= wanted["deadline"]


def test_a_service_and_a_need_are_loaded_once_with_all_that_belongs_to_them(settings, client):
    settings.CONTENT_LANGUAGES = ["en", "lt", "lv"]
    shipped.ensure_site()
    people.ensure("secret")
    members.ensure("secret")
    members.ensure("other")
    cast = people.cast()
    for item in (Service("website-in-five-weeks"), Need("linen-website")):
        assert item.load(cast)
        assert item.load(cast) is None
    assert ServicePage.objects.live().count() == NeedPage.objects.live().count() == 3
    assert (CapacityWindow.objects.count(), NeedDetails.objects.count()) == (2, 1)
    (row,) = client.get("/lt/services/").context["rows"]
    assert row["demonstration"]
    need = NeedPage.objects.get(locale__language_code="lt")
    secret = "4 000"
    assert secret not in client.get(need.url).content.decode()
    may = {
        name: bool(details_for(members.member(name), need))
        for name in ("company", "school", "desk", "partner")
    }
    assert may == {"company": True, "school": True, "desk": False, "partner": True}
    assert User.objects.get(email="school@example.org").check_password("secret")
