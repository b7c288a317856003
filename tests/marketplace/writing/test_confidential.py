"""The confidential part of a need appears nowhere but to those who may read it."""

import json

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from wagtail.models import Revision

from core.models import OutboxEntry
from editorial import services as review
from marketplace.models import NeedDetails
from tests.marketplace.writing.conftest import SECRET, need, send_need, signed_in
from tests.stories.conftest import work

pytestmark = pytest.mark.django_db
WORD = SECRET.split()[0]
TABLES_THAT_MAY = {"marketplace.NeedDetails"}


@pytest.fixture
def public(people):
    send_need(signed_in(people.client), organisation=people.company.pk)
    page = need()
    review.approve(page, people.reviewer)
    work()
    return need()


def test_in_no_other_table_of_the_database(public):
    """Revisions, log entries, search documents, the outbox, mails that wait: all of them are rows."""
    found = set()
    for model in apps.get_models():
        for row in model._base_manager.values():
            if WORD in str(row):
                found.add(model._meta.label)
    assert found == TABLES_THAT_MAY


def test_in_no_page_feed_search_or_interface_for_others(public, people):
    addresses = [
        public.url_path,
        f"{public.url_path}?as=history",
        f"{public.url_path}?as=ris",
        "/en/needs/",
        "/en/needs/feed/",
        f"/en/search/?q={WORD}",
        f"/api/v1/search?q={WORD}&language=en",
        f"/en/account/needs/{public.pk}/",
        f"/en/account/needs/{public.pk}/preview/",
        f"/en/account/needs/{public.pk}/edit/",
    ]
    for client in (Client(), signed_in(people.stranger), signed_in(people.owner)):
        for address in addresses:
            html = client.get(address, follow=True).content.decode()
            assert SECRET not in html, address
    assert NeedDetails.objects.get().text == SECRET


def test_in_no_revision_mail_or_outbox(public):
    contents = [json.dumps(one) for one in Revision.objects.values_list("content", flat=True)]
    contents += [str(one.payload) for one in OutboxEntry.objects.all()]
    contents += [f"{one.subject} {one.body} {one.alternatives}" for one in mail.outbox]
    assert contents
    assert not [one for one in contents if WORD in one]


def test_a_reviewer_sees_the_need_without_it(public, people):
    client = signed_in(people.reviewer)
    for address in (f"/admin/pages/{public.pk}/edit/", f"/admin/pages/{public.pk}/history/"):
        assert WORD not in client.get(address, follow=True).content.decode()
