"""Deals that are there already when a column comes."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from marketplace.deals.models import Deal
from marketplace.deals.table import awaited
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db
ask = importlib.import_module("marketplace.migrations.0005_who_is_asked_about_a_change").ask


@pytest.mark.parametrize("state", ["agreed", "in_progress"])
@pytest.mark.parametrize("changing", ["provider", "client"])
@pytest.mark.parametrize("asked", ["provider", "client"])
def test_a_change_that_is_open_already_asks_whom_it_asked(state, changing, asked):
    deal = DealFactory(state=state)
    other = {"provider": "client", "client": "provider"}[asked]
    awaits = awaited(state, deal.opened_side, deal.moved_side, asked)
    Deal.objects.filter(pk=deal.pk).update(
        agreed_version=1, changing=changing, change_asks=other, awaits=awaits
    )
    ask(apps, connection.schema_editor)
    deal.refresh_from_db()
    assert deal.change_asks == asked
