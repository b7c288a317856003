"""Which services fit a need, and which needs fit a service, each match with its reasons.

A pure module: values in, frozen dataclasses out; what comes in is never changed. Hard conditions have to hold, the same ones in both
directions; soft factors give points, of which a hundred can be had. Nobody can pay for a place: nothing
but the conditions and factors named here has a part in the order.

    >>> from dataclasses import replace
    >>> from datetime import date
    >>> today = date(2026, 9, 1)
    >>> need = Need(
    ...     key="menu", organisation=1, category="web_design", languages=("lt", "en"),
    ...     ways=("remote",), deadline=date(2026, 11, 30), hours=60, most=0,
    ... )
    >>> autumn = Window(date(2026, 10, 1), date(2026, 11, 27), hours_a_week=4, places=1)
    >>> pages = Service(
    ...     key="pages", organisation=2, category="web_design", languages=("lv", "en"),
    ...     ways=("school", "remote"), windows=(autumn,), hours=60, team=4, price_model="free",
    ... )
    >>> kitchen = replace(pages, key="kitchen", category="catering")
    >>> winter = replace(autumn, starts=date(2026, 12, 1), ends=date(2026, 12, 18), hours_a_week=10)
    >>> late = replace(pages, key="late", windows=(winter,))
    >>> found = find_services(need, [kitchen, late, pages], today)
    >>> [(one.key, one.score) for one in found.matches]
    [('pages', 45)]
    >>> [(one.about, one.points) for one in match(need, pages, today).reasons]
    [('languages', 0), ('dates', 0), ('place', 0), ('category', 25), ('size', 10), ('price', 10)]
    >>> [(one.key, one.lacking, one.better[0]) for one in found.nearly]
    [('late', ('dates',), Better(about='deadline', value=2))]
"""

from marketplace.matching.conditions import CONDITIONS, MENDABLE
from marketplace.matching.factors import WEIGHTS
from marketplace.matching.ranking import (
    find_needs,
    find_services,
    match,
)
from marketplace.matching.values import Better, Found, Match, Need, Reason, Service, Window

__all__ = [
    "CONDITIONS",
    "MENDABLE",
    "WEIGHTS",
    "Better",
    "Found",
    "Match",
    "Need",
    "Reason",
    "Service",
    "Window",
    "find_needs",
    "find_services",
    "match",
]
