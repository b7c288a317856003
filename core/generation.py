"""One number that grows whenever something that readers see has changed.

Every process keeps what it built (navigation, settings, facet counts) together with the number it
was built at; one query a request tells whether it still holds. So a change is seen at once by all
processes, and no cache has to be emptied from afar.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F

KEPT_AT_MOST = 2_000
_kept: dict[Any, tuple[int, Any]] = {}


def _rows():
    return apps.get_model("core", "Generation").objects.filter(pk=1)


def current(request=None) -> int:
    """The number now; asked once a request if the request is given."""
    known = getattr(request, "_generation", None)
    if known is None:
        known = _rows().values_list("number", flat=True).first() or 0
        if request is not None:
            request._generation = known
    return known


def grow() -> None:
    """Says that something readers see has changed. Part of the transaction of the change."""
    if not _rows().update(number=F("number") + 1):
        with transaction.atomic():
            _rows().model.objects.get_or_create(pk=1, defaults={"number": 1})


def kept(request, key: Any, build: Callable[[], Any]) -> Any:
    """What `build()` gave for `key` at the current number; built anew when the number has grown."""
    number = current(request)
    found = _kept.get(key)
    if found is None or found[0] != number:
        if len(_kept) >= KEPT_AT_MOST:
            _kept.clear()
        found = _kept[key] = (number, build())
    return found[1]


def forget() -> None:
    """Empties this process's memory; for tests."""
    _kept.clear()
