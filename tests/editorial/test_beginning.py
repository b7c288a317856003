"""Write something new: from My work to the empty form of a kind, in the right place."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from tests.factories.accounts import person

HOME, NEW = reverse("wagtailadmin_home"), reverse("editorial_new")
ADD = re.compile(r'href="(/admin/pages/add/[^"]+)"')


def text(response) -> str:
    return response.content.decode()


def test_is_offered_to_who_may_begin_a_text_and_to_nobody_else(signed_in, people):
    for name, who in people.items():
        client, may = signed_in(who), name in ("editor", "admin")
        assert (f'href="{NEW}"' in text(client.get(HOME))) is may, name
        assert bool(ADD.search(text(client.get(NEW, follow=True)))) is may, name


def test_leads_to_the_form_in_the_section_of_the_language(signed_in, people, index, site):
    client = signed_in(people["editor"])
    story = reverse("wagtailadmin_pages:add", args=["stories", "storypage", index("fi").pk])
    page = text(client.get(NEW, {"language": "fi"}))
    found = set(ADD.findall(page))
    assert story in found
    assert reverse("wagtailadmin_pages:add", args=["home", "standardpage", site["fi"].pk]) in found
    for url in found:
        assert client.get(url).status_code == 200, url


def test_languages_are_those_of_the_editor_and_nonsense_is_the_first(signed_in, people):
    client = signed_in(people["editor"])
    page = text(client.get(NEW))
    assert "?language=fi" in page
    assert "?language=lv" not in page
    for wrong in ("lv", "xx", "'", ""):
        answer = client.get(NEW, {"language": wrong})
        assert ADD.findall(text(answer)) == ADD.findall(page)
    alone = text(signed_in(person("editor", "fi")).get(NEW))
    assert ADD.findall(alone)
    assert "?language=" not in alone


def test_a_language_without_sections_says_so(signed_in, workflow):
    page = text(signed_in(person("editor", "de")).get(NEW))
    assert not ADD.search(page)
    assert "This language has no sections yet" in page


def test_costs_the_same_in_every_number_of_languages(signed_in, people):
    def count():
        client.get(NEW)
        with CaptureQueriesContext(connection) as queries:
            client.get(NEW)
        return len(queries)

    client = signed_in(people["editor"])
    first = count()
    for code in ("lv", "it", "lt"):
        people["editor"].roles.create(role=Role.EDITOR, language=code)
    assert count() == first <= 12
