"""What is asked of Elasticsearch: a question in, the bodies of requests out.

A word is found by our own forms of it, in the lemma fields; one that our word list of the language
lacks also by Elasticsearch's stem of it as it was typed, and the better of the two counts. Of words
that the list has, stems find hardly more, but many that mean something else. Elasticsearch forgets by
itself, in each index, the parts of a question that are about other languages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from search.elastic import narrowing
from search.elastic.indexes import TEXTS, alias
from search.engine import DEEPEST, Forms, Query
from search.meaning.fusion import FIRST
from search.text.analysis import NOTHING, fold, words
from search.text.lemmas import listed

# How much a word counts in title, summary and body.
WEIGHTS = {"title": 1.0, "summary": 0.4, "body": 0.1}
LEMMAS = [f"{name}^{WEIGHTS[name]}" for name in TEXTS]
STEMMED = [f"{name}_stemmed^{WEIGHTS[name]}" for name in TEXTS]
STEM = 0.6  # what a stem counts beside a lemma
SIDE_BY_SIDE = 0.5
TIME = "900ms"  # after which a part of an index gives up
CANDIDATES = 100  # items of other languages that are looked at
FIELDS = ["document", "language", "translation_key"]
NEAREST = 200  # documents that are looked at; an item may have many versions
WORDS = "words"


@dataclass(frozen=True)
class Asked:
    """A question with what follows from it."""

    query: Query

    @cached_property
    def words(self) -> dict[str, tuple[Forms, ...]]:
        """The words of each language without what folding left empty; only languages that have any."""
        found = {}
        for code, words_ in self.query.words.items():
            kept = (tuple(form for form in forms if form != NOTHING) for forms in words_)
            found[code] = tuple(forms for forms in kept if forms)
        return {code: words_ for code, words_ in found.items() if words_}

    @cached_property
    def languages(self) -> list[str]:
        return [code for code in self.query.languages if code in self.words]

    @cached_property
    def others(self) -> list[str]:
        return [code for code in self.query.other_languages if code in self.words]

    @cached_property
    def several(self) -> bool:
        return len(self.languages) > 1

    @cached_property
    def several_words(self) -> bool:
        return any(len(self.words[code]) > 1 for code in self.languages)

    @cached_property
    def typed(self) -> dict[str, str]:
        """The words as they were typed, by their folded form."""
        return {fold(match.group()): match.group() for match in words(self.query.text)}

    # ---- Requests ----------------------------------------------------------------------------

    def page(self, offset: int, *, every: bool, versions: bool = False) -> dict:
        """A page of hits in the chosen languages, with all that is counted there.

        An item is a single hit; `versions` asks for all of its documents that are found.
        """
        made = {
            "query": self.matching(self.languages, every=every),
            "from": offset,
            "size": max(0, min(self.query.limit, DEEPEST - offset)),
            "post_filter": narrowing.narrowed(self.query),
            "docvalue_fields": FIELDS,
            "sort": narrowing.order(self.query),
            "aggs": narrowing.counts(self.query, several=self.several),
        }
        if self.several:
            made["collapse"] = {"field": "translation_key"}
        if self.several and versions:
            made["collapse"]["inner_hits"] = {
                "name": "versions",
                "size": len(self.languages),
                "docvalue_fields": FIELDS,
                "_source": False,
            }
        return request(made)

    def counted(self, *, every: bool) -> dict:
        """What `page` counts, without hits."""
        return request(
            {
                "query": self.matching(self.languages, every=every),
                "size": 0,
                "aggs": narrowing.counts(self.query, several=self.several),
            }
        )

    def candidates(self) -> dict:
        """Items in other languages, found or not in the chosen ones, and how many documents there are."""
        return request(
            {
                "query": self.matching(self.others, every=True),
                "size": CANDIDATES if self.query.other_limit else 0,
                "post_filter": narrowing.narrowed(self.query),
                "docvalue_fields": FIELDS,
                "collapse": {"field": "translation_key"},
                "sort": narrowing.order(self.query),
                "aggs": {
                    "narrowed": {
                        "filter": narrowing.narrowed(self.query),
                        "aggs": narrowing.by_language(),
                    }
                },
            }
        )

    def everywhere(
        self, keys: list[str], codes: list[str], *, every: bool, near: Sequence[int] = ()
    ) -> dict:
        """All documents of some items that are found in the chosen languages and some others, unranked.

        Counted is how many items are found in the chosen languages alone, and with each of the others.
        """
        found = [self.matching(self.languages, every=every)] if self.languages else []
        if codes:
            words = [code for code in codes if code in self.words]
            found += [self.matching(words, every=True)] if words else []
        if near:
            found.append(these(list(near)))
        counted = (self.languages[0], *codes) if self.languages and codes else ()
        return request(
            {
                "query": {"bool": {"filter": [either(found), narrowing.narrowed(self.query)]}},
                "post_filter": {"terms": {"translation_key": keys}},
                "size": min(DEEPEST, len(keys) * len([*self.languages, *codes])),
                "docvalue_fields": FIELDS,
                "sort": ["_doc"],
                "aggs": {
                    code: {
                        "filter": within([*self.languages, code]),
                        "aggs": {"items": narrowing.items()},
                    }
                    for code in counted
                },
            }
        )

    # ---- What is near beside what has the words ----------------------------------------------

    def nearest(self, model: str) -> dict:
        """Documents whose vectors are near to that of the question, in any of the languages."""
        near = {
            "field": f"vectors.{model}",
            "query_vector": self.query.vector.tolist(),
            "k": NEAREST,
            "num_candidates": NEAREST,
            "rescore_vector": {"oversample": 1.5},  # by the vectors as they came
        }
        return request({"knn": near, "size": NEAREST, "docvalue_fields": FIELDS})

    def first(self, *, every: bool) -> dict:
        """The best by words, as many as are fused, and what is counted of them."""
        return self.page(0, every=every) | {"size": FIRST, "sort": narrowing.best()}

    def after(self, offset: int, size: int, without: list[str], *, every: bool) -> dict:
        """What follows by words, without some items."""
        made = self.page(offset, every=every) | {"size": size, "sort": narrowing.best()}
        kept = {
            "bool": {"must": made["query"], "must_not": {"terms": {"translation_key": without}}}
        }
        return made | {"query": kept}

    def united(self, documents: list[int], offset: int, size: int, *, every: bool) -> dict:
        """What has the words or is near, in the order that is asked for, and all that is counted there."""
        made = self.page(offset, every=every)
        return made | {"query": either([made["query"], these(documents)]), "size": size}

    def passing(self, documents: list[int], *, every: bool) -> dict:
        """Which of some documents pass all filters; named are those that have the words."""
        words = [self.matching(self.languages, every=every)]
        words += [self.matching(self.others, every=True)] if self.others else []
        return request(
            {
                "query": {
                    "bool": {
                        "filter": [these(documents), narrowing.narrowed(self.query)],
                        "should": [{"bool": {"must": either(words), "_name": WORDS}}],
                    }
                },
                "size": len(documents),
                "docvalue_fields": FIELDS,
                "sort": narrowing.order(self.query),
            }
        )

    # ---- Other requests ----------------------------------------------------------------------

    def one(self, language: str, key: str) -> dict:
        """Whether a single document has every word, in whichever index is asked."""
        each = [self.word(forms, [language]) for forms in self.words[language]]
        return request(
            {"query": {"bool": {"must": each, "filter": {"ids": {"values": [key]}}}}, "size": 0}
        )

    # ---- Parts of requests -------------------------------------------------------------------

    def matching(self, codes: list[str], *, every: bool) -> dict:
        """What is found in any of the languages."""
        asked = sorted((self.words[code], code) for code in codes)
        return either(
            [
                self.in_languages([code for _forms, code in group], forms, every=every)
                for forms, group in groupby(asked, key=lambda pair: pair[0])
            ]
        )

    def in_languages(self, codes: list[str], found: tuple[Forms, ...], *, every: bool) -> dict:
        each = [self.word(forms, codes) for forms in found]
        made = {
            "filter": within(codes),
            "must": each if every else {"bool": {"should": each, "minimum_should_match": 1}},
        }
        if len(found) > 1:
            made["should"] = {
                "multi_match": {
                    "query": " ".join(forms[0] for forms in found),
                    "type": "phrase",
                    "fields": LEMMAS,
                    "boost": SIDE_BY_SIDE,
                }
            }
        return {"bool": made}

    def word(self, forms: Forms, codes: list[str]) -> dict:
        """A word in languages in which it has the same forms."""
        typed = next((self.typed[form] for form in forms if form in self.typed), forms[-1])
        ours = {"multi_match": anywhere(" ".join(forms), LEMMAS)}
        if all(listed(typed, code) for code in codes):
            return ours
        stem = anywhere(typed, STEMMED) | {"operator": "and", "boost": STEM}
        return {"dis_max": {"queries": [ours, {"multi_match": stem}]}}


def anywhere(text: str, fields: list[str]) -> dict:
    """Words in any of the fields; how rare they are counts alike in all, so that the weights decide."""
    return {"query": text, "fields": fields, "type": "cross_fields", "tie_breaker": 1.0}


def request(body: dict) -> dict:
    """Nothing but what is named is read, everything is counted, and time is bounded."""
    return {"_source": False, "track_total_hits": True, "timeout": TIME, **body}


def these(documents: list[int]) -> dict:
    return {"terms": {"document": documents}}


def within(codes: list[str]) -> dict:
    return {"terms": {"_index": [alias(code) for code in codes]}}


def either(queries: list[dict]) -> dict:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}}
