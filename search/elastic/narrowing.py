"""What narrows the results beside the words, how they are counted by it, and their order. Pure."""

from search.engine import Query

PRECISE = 40_000  # up to this many items are counted one by one
MOST_CODES = 500  # of a facet
MANY = 60  # more than there are languages

SCORE, NEWEST = {"_score": "desc"}, {"published": {"order": "desc", "missing": "_last"}}


def conditions(query: Query) -> dict[str, dict]:
    """The filters of a question by their names, as `Results.without` calls them."""
    found = {
        name: {"terms": {f"facets.{name}": list(codes)}} for name, codes in query.filters.items()
    }
    days = {"gte": query.since, "lte": query.until}
    if given := {name: day.isoformat() for name, day in days.items() if day}:
        found["date"] = {"range": {"day": given}}
    if query.near:
        found["place"] = {
            "geo_distance": {"distance": f"{query.near.kilometres}km", "place": place(query)}
        }
    return found


def narrowed(query: Query, but: str = "") -> dict:
    """All filters, or all but one."""
    return together([one for name, one in conditions(query).items() if name != but])


def counts(query: Query, *, several: bool) -> dict:
    """Counts by facet, each without its own choice, and what there would be without each filter.

    Where several languages are asked, items are counted and not documents.
    """
    distinct = {"items": items()} if several else {}
    codes = {
        name: {"terms": {"field": f"facets.{name}", "size": MOST_CODES}, "aggs": distinct}
        for name in query.counted
    }
    filters = conditions(query)
    open_ = {f"facet {name}": agg for name, agg in codes.items() if name not in filters}
    made = {
        "narrowed": {
            "filter": narrowed(query),
            "aggs": by_language() | distinct | open_,
        }
    }
    for name, condition in filters.items():
        if name in codes:
            made[f"facet {name}"] = {
                "filter": narrowed(query, but=name),
                "aggs": {"codes": codes[name]},
            }
        missed = {"bool": {"filter": narrowed(query, but=name), "must_not": condition}}
        made[f"without {name}"] = {"filter": missed, "aggs": distinct}
    return made


def by_language() -> dict:
    return {"languages": {"terms": {"field": "language", "size": MANY}}}


def items() -> dict:
    return {"cardinality": {"field": "translation_key", "precision_threshold": PRECISE}}


def order(query: Query) -> list:
    """What comes first; where nothing else decides, the document that was made first."""
    by = {"best": [SCORE, NEWEST], "newest": [NEWEST, SCORE], "nearest": [SCORE]}[query.sort]
    if query.sort == "nearest" and query.near:
        by = [{"_geo_distance": {"place": place(query), "order": "asc", "unit": "km"}}, SCORE]
    return [*by, {"document": "asc"}]


def best() -> list:
    """The order by words alone."""
    return [SCORE, NEWEST, {"document": "asc"}]


def place(query: Query) -> dict:
    return {"lat": query.near.latitude, "lon": query.near.longitude}


def together(conditions: list[dict]) -> dict:
    if len(conditions) == 1:
        return conditions[0]
    return {"bool": {"filter": conditions}} if conditions else {"match_all": {}}


# ---- Reading the answers ---------------------------------------------------------------------


def number(answer: dict) -> int:
    """How many items a part of an answer counts."""
    return answer["items"]["value"] if "items" in answer else answer["doc_count"]


def total(page: dict) -> int:
    return number(page["aggregations"]["narrowed"])


def languages(answer: dict) -> dict[str, int]:
    """Documents of each language."""
    found = answer["aggregations"]["narrowed"]["languages"]["buckets"]
    return {one["key"]: one["doc_count"] for one in found}


def facets(page: dict, query: Query) -> dict[str, dict[str, int]]:
    """Items of each code of each facet in which there are any."""
    told, found = page["aggregations"], {}
    for name in query.counted:
        agg = told.get(f"facet {name}", {}).get("codes") or told["narrowed"].get(f"facet {name}")
        found[name] = {one["key"]: number(one) for one in agg["buckets"]}
    return {name: codes for name, codes in found.items() if codes}


def without(page: dict, query: Query) -> dict[str, int]:
    """What each filter keeps away that passes all others."""
    told = page["aggregations"]
    found = {name: number(told[f"without {name}"]) for name in conditions(query)}
    return {name: more for name, more in found.items() if more}


def has_items(page: dict, query: Query) -> bool:
    """Whether anything is found in the chosen languages, with or without a filter."""
    return bool(total(page) or without(page, query))
