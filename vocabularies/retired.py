"""Which terms of a vocabulary are still offered. What is retired stays valid wherever it is used."""

from django.core.cache import cache

import vocabularies

KEPT = 60  # seconds: so long may another process go on offering a term
CACHE = "vocabularies.retired"


def codes(scheme: str) -> set[str]:
    """The retired codes of a scheme."""
    found = cache.get(CACHE)
    if found is None:
        from vocabularies.models import RetiredTerm  # fields are made before models are loaded

        found = {}
        for name, code in RetiredTerm.objects.values_list("scheme", "code"):
            found.setdefault(name, set()).add(code)
        cache.set(CACHE, found, KEPT)
    return found.get(scheme, set())


def offered(scheme: str) -> list[tuple[str, str]]:
    """(code, label) pairs of a scheme for a form, without what is retired."""
    gone = codes(scheme)
    return [pair for pair in vocabularies.get(scheme).choices() if pair[0] not in gone]


def forget(**kwargs) -> None:
    """Reads the table anew at the next question; also a receiver of signals."""
    cache.delete(CACHE)
