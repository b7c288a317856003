"""The demonstration of the marketplace: the same in every language, loaded once, never out of date."""

import pytest
from django.core.exceptions import ValidationError

from demo.needs import Need
from demo.services import RICH, Service

pytestmark = pytest.mark.django_db
UNTOLD = ["path", "depth", "content_type", "locale", "owner", "methods", "terms"]


@pytest.mark.parametrize("name", Service.names())
def test_versions_of_a_service_say_the_same_things(name):
    check(Service(name), RICH)


@pytest.mark.parametrize("name", Need.names())
def test_versions_of_a_need_say_the_same_things(name):
    check(Need(name), ("problem",))


def check(item, rich: tuple[str, ...]) -> None:
    """Every version passes validation, and has as many paragraphs and entries as the source."""
    assert len(item.languages) >= 3
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
