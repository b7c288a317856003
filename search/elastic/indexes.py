"""The indexes: one for each language, its settings written here and known by a fingerprint of them.

Readers and writers know an index by its alias, `portal-fi`. The name of the index itself carries the
fingerprint of its settings and a number, `portal-fi-1a2b3c4d-1`, so that whether it was made from the
settings of this version of the portal can be seen from outside. One that is being filled is known as
`portal-fi-next`, the one before as `portal-fi-previous`.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings

from search.elastic.analyzers import analysis

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

TEXTS = ("title", "summary", "body")
# What an index is there for, as the end of its alias.
LIVE, NEXT, PREVIOUS = ROLES = "", "-next", "-previous"
LONGEST_CODE = 200  # of a facet; a longer one is kept out of its counts
NAME = re.compile(r"(?P<alias>.+)-(?P<fingerprint>[0-9a-f]{8})-(?P<number>\d+)")


@dataclass(frozen=True)
class Index:
    """An index that exists, as its name tells it."""

    name: str
    alias: str
    fingerprint: str
    number: int


def alias(language: str, role: str = LIVE) -> str:
    """What the index of a language is known by, such as `portal-pt-br` or `portal-fi-next`."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{language.lower()}{role}"


def parsed(name: str) -> Index | None:
    """An index name of ours, taken apart.

    >>> parsed("portal-fi-1a2b3c4d-12").number, parsed("else")
    (12, None)
    """
    match = NAME.fullmatch(name)
    return match and Index(name, match["alias"], match["fingerprint"], int(match["number"]))


def body(language: str) -> dict:
    """Settings and mappings of a language's index."""
    return {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            # How long a deletion is remembered, so that a late write of something older is refused.
            "gc_deletes": "1h",
            "mapping": {"total_fields": {"limit": 300, "ignore_dynamic_beyond_limit": True}},
            "analysis": analysis(language),
        },
        "mappings": mappings(),
    }


def mappings() -> dict:
    """The rows are what is kept, so nothing but the index itself is stored."""
    keyword, number, date = {"type": "keyword"}, {"type": "long"}, {"type": "date"}
    lemmas = {"type": "text", "analyzer": "lemmas"}
    stemmed = {"type": "text", "analyzer": "stemmed", "index_options": "freqs"}
    # Each model has a field of its own, which comes with the first vector and takes its length.
    vector = {
        "type": "dense_vector",
        "similarity": "cosine",
        "index": True,
        "index_options": {"type": "int8_hnsw"},
    }
    return {
        "dynamic": False,
        "_source": {"enabled": False},
        "dynamic_templates": [
            {
                "codes": {
                    "path_match": "facets.*",
                    "mapping": keyword | {"ignore_above": LONGEST_CODE},
                }
            },
            {"vectors": {"path_match": "vectors.*", "match_mapping_type": "*", "mapping": vector}},
        ],
        "properties": {
            "document": number,
            "version": number,
            "translation_key": keyword,
            "language": keyword,
            "kind": keyword,
            "facets": {"type": "object", "dynamic": True},
            "published": date,
            "updated": date,
            "day": date,
            "place": {"type": "geo_point", "ignore_malformed": True},
            "organisation": number,
            "vectors": {"type": "object", "dynamic": True},
            **dict.fromkeys(TEXTS, lemmas),
            **{f"{name}_stemmed": stemmed for name in TEXTS},
        },
    }


def fingerprint(language: str) -> str:
    """Eight letters that change whenever the settings of a language change."""
    return sha256(json.dumps(body(language), sort_keys=True).encode()).hexdigest()[:8]


def current(client: "Elasticsearch") -> dict[str, Index]:
    """The index behind each alias of ours that there is."""
    known = client.indices.get_alias(
        name=f"{settings.ELASTICSEARCH_PREFIX}-*", ignore_unavailable=True, allow_no_indices=True
    )
    found = {}
    for name, told in known.items():
        for one in told["aliases"]:
            if (index := parsed(name)) and one in [f"{index.alias}{role}" for role in ROLES]:
                found[one] = index
    return found


def missing(client: "Elasticsearch") -> list[str]:
    """Content languages without an index."""
    found = current(client)
    return [code for code in settings.CONTENT_LANGUAGES if alias(code) not in found]


def read_only(client: "Elasticsearch") -> list[str]:
    """Searched indexes that take nothing, as Elasticsearch makes them when its disk is nearly full."""
    found = client.indices.get_settings(
        index=[alias(code) for code in settings.CONTENT_LANGUAGES],
        name="index.blocks.*",
        flat_settings=True,
        ignore_unavailable=True,
    )
    return sorted(one for one, told in found.items() if "true" in told["settings"].values())


def outdated(client: "Elasticsearch") -> list[str]:
    """Content languages whose index was made from other settings than those of this version."""
    found = current(client)
    known = {code: found.get(alias(code)) for code in settings.CONTENT_LANGUAGES}
    return [code for code, one in known.items() if one and one.fingerprint != fingerprint(code)]


def create(client: "Elasticsearch", language: str, *aliases: str) -> Index:
    """Makes a new index from the settings of this version, known by the aliases from the first moment."""
    keep_from_coming_by_themselves(client, aliases)
    numbers = [
        index.number
        for name in client.indices.get(index=f"{alias(language)}-*", features="aliases")
        if (index := parsed(name)) and index.alias == alias(language)
    ]
    name = f"{alias(language)}-{fingerprint(language)}-{max(numbers, default=0) + 1}"
    client.indices.create(index=name, **body(language), aliases={one: {} for one in aliases})
    return parsed(name)


def keep_from_coming_by_themselves(client: "Elasticsearch", aliases: Iterable[str]) -> None:
    """Elasticsearch makes an index for a removal that names none: never again, and what it made goes."""
    prefix = settings.ELASTICSEARCH_PREFIX
    client.indices.put_index_template(
        name=prefix, index_patterns=[f"{prefix}-*"], allow_auto_create=False, priority=500
    )
    for one in aliases:
        if one in client.indices.get(index=one, features="aliases", ignore_unavailable=True):
            client.indices.delete(index=one)
