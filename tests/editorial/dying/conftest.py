"""Everything in these tests is really committed, so that other processes see it: PostgreSQL only."""

import pytest
from django.db import connection, connections


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """A copy of the tests' database that is gone afterwards, instead of a transaction."""
    options = connection.settings_dict
    name, copy = options["NAME"], f"{options['NAME']}_dying"

    def run(*commands: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            for command in commands:
                cursor.execute(command)

    with django_db_blocker.unblock():
        gone = f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)'
        run(gone, f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        options["NAME"] = copy
        try:
            yield
        finally:
            options["NAME"] = name
            run(gone)
