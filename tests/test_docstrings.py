"""The examples in docstrings are true."""

import doctest
from importlib import import_module

import pytest
from django.conf import settings

from portal.catalogues.extract import modules


def with_examples() -> list[str]:
    return [
        ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
        for path in modules()
        if ">>> " in path.read_text()
    ]


@pytest.mark.parametrize("name", with_examples())
def test_examples_are_true(name):
    result = doctest.testmod(import_module(name.removesuffix(".__init__")))
    assert result.attempted
    assert not result.failed
