"""Asks Elasticsearch what has the words of a question, and reads its answers."""

import time
from typing import TYPE_CHECKING

from search.elastic import client, indexes, narrowing
from search.elastic.narrowing import SCORE
from search.elastic.queries import Asked
from search.engine import DEEPEST, Hit, Results

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


class Failed(Exception):
    """Elasticsearch answered, but not with what was asked for."""


# Requests by name: the languages that are asked, and what.
Wanted = dict[str, tuple[list[str], dict]]


class Search:
    """One search: what is asked first, what then, and the results made of the answers."""

    def __init__(self, connection: "Elasticsearch", asked: Asked):
        self.connection = connection
        self.asked = asked
        self.query = asked.query
        self.offset = min(self.query.offset, last_page(DEEPEST, self.query.limit))
        self.end = time.monotonic() + client.SEARCHING

    def results(self) -> Results:
        return self.by_words(self.ask(self.at_first()))

    def by_words(self, first: dict) -> Results:
        """What has the words, after the first answers."""
        every = self.has_every_word(first)
        second = self.ask(self.then(first, every=every))
        page = second.get("page") or first.get("page")
        others, counts = (), {}
        if first.get("others") and "everywhere" in second:
            others = self.offered(first["others"], second["everywhere"])
            counts = self.counts_elsewhere(
                narrowing.languages(first["others"]), second["everywhere"]
            )
        if page is None:
            return Results(others=others, languages=counts)
        return Results(
            hits=self.hits(page, second.get("everywhere")),
            others=others,
            total=narrowing.total(page),
            offset=self.reachable(page),
            all_words=every or not narrowing.has_items(page, self.query),
            facets=narrowing.facets(page, self.query),
            without=narrowing.without(page, self.query),
            languages=narrowing.languages(page) | counts,
        )

    def at_first(self) -> Wanted:
        """A page of what has every word, and what there is in other languages."""
        asked, wanted = self.asked, {}
        if asked.languages:
            wanted["page"] = asked.languages, asked.page(self.offset, every=True)
            if self.offset and asked.several_words:
                wanted["some"] = asked.languages, asked.counted(every=False)
        if asked.others:
            wanted["others"] = asked.others, asked.candidates()
        return wanted

    def has_every_word(self, first: dict) -> bool:
        """Whether to keep to what has every word: there is such, or there is but one word."""
        page = first.get("page")
        return page is None or narrowing.has_items(page, self.query) or not self.asked.several_words

    def then(self, first: dict, *, every: bool) -> Wanted:
        """What follows from the first answers: another page, and the other versions of what was found."""
        asked, wanted = self.asked, {}
        page, others = first.get("page"), first.get("others")
        counted = page if every else first.get("some")
        offset = self.reachable(counted) if counted else 0
        if page and not (every and offset == self.offset):
            wanted["page"] = asked.languages, asked.page(offset, every=every, versions=True)
        elsewhere = list(narrowing.languages(others)) if others else []
        items = [page] if asked.several and "page" not in wanted else []
        items += [others] if elsewhere else []
        keys = [key(one) for answer in items for one in answer["hits"]["hits"]]
        if keys or elsewhere:
            body = asked.everywhere(keys, elsewhere, every=every)
            wanted["everywhere"] = asked.languages + elsewhere, body
        return wanted

    def ask(self, wanted: Wanted) -> dict[str, dict]:
        """Several requests in one; raises where any of the answers is not whole."""
        if not wanted:
            return {}
        searches: list[dict] = []
        for languages, body in wanted.values():
            # Where several languages are ranked, how rare a word is counts over all of them together,
            # or one with few documents would not compare with one that has many.
            ranked = len(languages) > 1 and SCORE in body.get("sort", ())
            kind = "dfs_query_then_fetch" if ranked else "query_then_fetch"
            names = [indexes.alias(code) for code in languages]
            searches += [{"index": names, "search_type": kind}, body]
        left = max(0.05, self.end - time.monotonic())
        answers = self.connection.options(request_timeout=left).msearch(searches=searches)
        for answer in answers["responses"]:
            if "error" in answer:
                raise Failed(str(answer["error"].get("type", answer["error"])))
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise Failed("not all of an index answered in time")
        return dict(zip(wanted, answers["responses"], strict=True))

    def hits(self, page: dict, everywhere: dict | None) -> tuple[Hit, ...]:
        """An item that is found in several languages stands in the first that the reader chose."""
        best = self.best(everywhere) if everywhere else {}
        found = []
        for one in page["hits"]["hits"]:
            versions_ = [one, best.get(key(one), one)]
            if "inner_hits" in one:
                versions_ += one["inner_hits"]["versions"]["hits"]["hits"]
            found.append(hit(min(versions_, key=self.preference), self.score(one)))
        return tuple(found)

    def best(self, everywhere: dict) -> dict[str, dict]:
        """For each item its document in the language that the reader knows best."""
        best: dict[str, dict] = {}
        for one in everywhere["hits"]["hits"]:
            best[key(one)] = min(best.get(key(one), one), one, key=self.preference)
        return best

    def offered(self, candidates: dict, everywhere: dict) -> tuple[Hit, ...]:
        """Of items that are not found in the chosen languages the first other version that is."""
        best, found = self.best(everywhere), []
        for one in candidates["hits"]["hits"]:
            version = best.get(key(one))
            if version and self.preference(version) >= len(self.query.languages):
                found.append(hit(version, self.score(one)))
        return tuple(found[: self.query.other_limit])

    def counts_elsewhere(self, documents: dict[str, int], everywhere: dict) -> dict[str, int]:
        """How many items each other language adds to what is found in the chosen ones."""
        if not documents or not self.asked.languages:
            return documents
        # The numbers are estimates above 40,000, but those of more languages are never the smaller.
        found = everywhere["aggregations"]
        chosen = found[self.asked.languages[0]]["items"]["value"]
        more = {code: found[code]["items"]["value"] - chosen for code in documents}
        return {code: number for code, number in more.items() if number > 0}

    def score(self, found: dict) -> float:
        return found["sort"][narrowing.order(self.query).index(SCORE)]

    def preference(self, found: dict) -> int:
        order = (*self.query.languages, *self.query.other_languages)
        return order.index(found["fields"]["language"][0])

    def reachable(self, page: dict) -> int:
        """The offset of the page that is asked for, or of the last one that there is."""
        return min(self.offset, last_page(min(narrowing.total(page), DEEPEST), self.query.limit))


def key(found: dict) -> str:
    return found["fields"]["translation_key"][0]


def hit(found: dict, score: float) -> Hit:
    fields = found["fields"]
    return Hit(fields["document"][0], fields["language"][0], score)


def last_page(total: int, limit: int) -> int:
    """The offset of the last page.

    >>> last_page(0, 10), last_page(20, 10), last_page(21, 10)
    (0, 10, 20)
    """
    return max(0, total - 1) // limit * limit
