"""What is near in meaning beside what has the words; the same as `search.database.meaning` does in SQL."""

from dataclasses import dataclass
from functools import cached_property

from search.elastic import narrowing
from search.elastic.asking import Search, Wanted, key, last_page
from search.elastic.documents import field
from search.elastic.queries import WORDS
from search.engine import DEEPEST, Hit, Query, Results
from search.meaning import fusion
from search.meaning.nearest import BESIDE_THE_BEST, MOST
from search.meaning.space import Space, space
from search.models import SearchDocument

FIRST = fusion.FIRST
NOTHING = {"hits": {"hits": []}}


@dataclass(frozen=True)
class Version:
    """An item in one language."""

    item: str
    document: int
    language: str


@dataclass(frozen=True)
class Meant:
    """What is near to a question, in the chosen languages and in others, the nearest first."""

    own: tuple[Version, ...] = ()
    others: tuple[Version, ...] = ()

    @cached_property
    def chosen(self) -> list[int]:
        return [one.document for one in self.own]

    @cached_property
    def documents(self) -> list[int]:
        return [one.document for one in (*self.own, *self.others)]


def meant(answer: dict, query: Query, here: Space) -> Meant:
    """An item is as near as the nearest of its versions, and stands in the first of the languages it has."""
    near: dict[str, float] = {}
    for one in answer["hits"]["hits"]:
        # Elasticsearch says (1 + cosine) / 2.
        near[key(one)] = max(near.get(key(one), -1.0), round(2 * one["_score"] - 1, 5))
    least = max(here.threshold, BESIDE_THE_BEST * max(near.values(), default=0.0))
    near = {item: likeness for item, likeness in near.items() if likeness >= least}
    order = (*query.languages, *query.other_languages)
    rows = SearchDocument.objects.filter(translation_key__in=near, language__in=order)
    first: dict[str, Version] = {}
    for item, document, language in rows.values_list("translation_key", "pk", "language"):
        one = Version(str(item), document, language)
        known = first.get(one.item, one)
        first[one.item] = min(known, one, key=lambda version: order.index(version.language))
    ranked = sorted(
        first.values(),
        key=lambda one: (-near[one.item], order.index(one.language), one.document),
    )
    own = [one for one in ranked if one.language in query.languages]
    others = [one for one in ranked if one.language not in query.languages]
    return Meant(tuple(own[:MOST]), tuple(others[:MOST]))


class SearchWithMeaning(Search):
    """Asks for words and for what is near at once; what both find becomes one list."""

    def results(self) -> Results:
        here, vector = space(), self.query.vector
        if here is None or vector is None or not vector.any() or not self.asked.languages:
            return super().results()
        near = {"near": (self.known, self.asked.nearest(field(here.name)))}
        first = self.ask(self.at_first() | near)
        found = meant(first.pop("near"), self.query, here)
        return self.united(first, found) if found.documents else self.by_words(first)

    @property
    def known(self) -> list[str]:
        return [*self.query.languages, *self.query.other_languages]

    def united(self, first: dict, near: Meant) -> Results:
        every = self.has_every_word(first)
        second = self.ask(self.second(first, near, every=every))
        union, by_words = second["union"], narrowing.has_items(second["words"], self.query)
        total = narrowing.total(union)
        offset = min(self.offset, last_page(min(total, DEEPEST), self.query.limit))
        one = Together(self, near, first.get("others"), second, every=every)
        every = every or not by_words  # nothing has any of the words
        return Results(
            hits=one.hits(offset),
            others=one.offered(),
            total=total,
            offset=offset,
            all_words=every and (by_words or not total),
            by_words=by_words,
            facets=narrowing.facets(union, self.query),
            without=narrowing.without(union, self.query),
            languages=narrowing.languages(union)
            | self.counts_elsewhere(elsewhere(first.get("others"), near), second["everywhere"]),
        )

    def second(self, first: dict, near: Meant, *, every: bool) -> Wanted:
        """All that is needed whatever page is asked for."""
        asked, others = self.asked, first.get("others")
        codes = list(elsewhere(others, near))
        keys = [one.item for one in near.others]
        keys += [key(one) for one in others["hits"]["hits"]] if others else []
        everywhere = asked.everywhere(keys, codes, every=every, near=near.documents)
        return {
            "words": (asked.languages, asked.first(every=every)),
            "union": (asked.languages, asked.united(near.chosen, 0, 0, every=every)),
            "passing": (self.known, asked.passing(near.documents, every=every)),
            "everywhere": ([*asked.languages, *codes], everywhere),
        }


class Together:
    """Makes one list of what has the words and what is near."""

    def __init__(
        self, search: Search, near: Meant, others: dict | None, second: dict, *, every: bool
    ):
        self.search, self.near, self.others, self.every = search, near, others, every
        self.query = search.query
        self.words = second["words"]["hits"]["hits"]
        self.passing = {document(one): one for one in second["passing"]["hits"]["hits"]}
        self.elsewhere = search.best(second["everywhere"])
        self.weight = 1.0 if every else fusion.SOME_WORDS
        self.ranked = narrowing.order(self.query)[0] == narrowing.SCORE

    def hits(self, offset: int) -> tuple[Hit, ...]:
        """A page of items, each in the first language that it is found in."""
        near = [self.passing[one.document] for one in self.near.own if one.document in self.passing]
        if self.ranked:
            items, points = self.fused(self.words, near)
            page = items[offset : offset + self.query.limit]
            if len(page) < self.query.limit and len(self.words) >= FIRST:
                page += self.after(offset, items)
        else:
            body = self.search.asked.united(
                self.near.chosen, offset, self.query.limit, every=self.every
            )
            page, points = self.ask("page", body), {}
        versions = [*page, *(one for one in near if key(one) in set(map(key, page)))]
        if self.search.asked.several and page:
            keys = [key(one) for one in page]
            versions += self.ask(
                "versions",
                self.search.asked.everywhere(keys, [], every=self.every, near=self.near.chosen),
            )
        best: dict[str, dict] = {}
        for one in versions:
            best[key(one)] = min(best.get(key(one), one), one, key=self.search.preference)
        return tuple(self.hit(best[key(one)], points) for one in page)

    def offered(self) -> tuple[Hit, ...]:
        """Items in other languages that are not found in the chosen ones."""
        chosen = len(self.query.languages)
        kept = {
            item: one
            for item, one in self.elsewhere.items()
            if self.search.preference(one) >= chosen
        }
        near = [
            self.passing[one.document] for one in self.near.others if one.document in self.passing
        ]
        near = [one for one in near if key(one) in kept]
        words = [one for one in (self.others or NOTHING)["hits"]["hits"] if key(one) in kept]
        found, points = self.fused(words, near)
        if not self.ranked:
            found.sort(key=lambda one: float(one["sort"][0]), reverse=self.query.sort == "newest")
        return tuple(self.hit(kept[key(one)], points) for one in found[: self.query.other_limit])

    def fused(self, words: list[dict], near: list[dict]) -> tuple[list[dict], dict[str, float]]:
        """Found documents, one of each item, best first, and what each item has earned."""
        lists, weights = [[key(one) for one in found] for found in (words, near)], [self.weight]
        known = {key(one): one for one in [*near, *words]}
        order = fusion.fused(*lists, weights=weights)
        points = fusion.earned(*lists, weights=weights)
        return [known[item] for item in order], points

    def after(self, offset: int, items: list[dict]) -> list[dict]:
        """What follows on what was fused, by words alone."""
        near = [one.item for one in self.near.own if one.document in self.passing]
        fused = len(set(map(key, self.words)) - set(near))
        start = max(0, offset - len(items))
        size = self.query.limit - len(items[offset:])
        return self.ask(
            "page", self.search.asked.after(fused + start, size, near, every=self.every)
        )

    def ask(self, name: str, body: dict) -> list[dict]:
        return self.search.ask({name: (self.search.asked.languages, body)})[name]["hits"]["hits"]

    def hit(self, found: dict, points: dict[str, float]) -> Hit:
        near = self.passing.get(document(found)) if document(found) in self.near.documents else None
        by_meaning = near is not None and WORDS not in near.get("matched_queries", ())
        language = found["fields"]["language"][0]
        return Hit(document(found), language, points.get(key(found), 0.0), by_meaning)


def elsewhere(others: dict | None, near: Meant) -> dict[str, int]:
    """Other languages in which anything is found."""
    by_words = narrowing.languages(others) if others else {}
    return by_words | {one.language: 1 for one in near.others}


def document(found: dict) -> int:
    return found["fields"]["document"][0]
