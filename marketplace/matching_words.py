"""Why a need and a service fit, and what would make it better, as sentences for readers."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, ngettext

import vocabularies
from core.dates import day
from core.figures import number, with_unit
from marketplace.matching import Match, Reason
from marketplace.matching.values import FIXED

WHOLE = 10  # points of a price that lies within the budget for certain


def for_need(match: Match, language: str) -> dict[str, list[str]]:
    """`reasons` and `better` of a service, told to those who look at the need."""
    return told(match, language, BETTER | {"ways": need_ways, "language": need_language})


def for_service(match: Match, language: str) -> dict[str, list[str]]:
    """`reasons` and `better` of a need, told to those who look at the service."""
    return told(match, language, BETTER | {"ways": service_ways, "language": service_language})


def told(match: Match, language: str, better: dict[str, Callable]) -> dict[str, list[str]]:
    return {
        "reasons": [REASONS[one.about](one, language) for one in match.reasons],
        "better": [better[one.about](one.value, language) for one in match.better],
    }


def names(scheme: str, codes: tuple[str, ...], language: str) -> str:
    return ", ".join(vocabularies.label(scheme, code, language) for code in codes)


def kilometres(distance: int, language: str) -> str:
    return with_unit(distance, "km", language)


def price(value: tuple[str, int | None], language: str) -> str:
    """The price model, with the number where there is one."""
    model, asked = value
    name = vocabularies.label("price_model", model, language)
    return f"{name}, {with_unit(asked, '€', language)}" if model == FIXED and asked else name


# --- Reasons ---


def languages(reason: Reason, language: str) -> str:
    what = names("language", reason.value, language)
    return ngettext(
        "Common language: %(what)s", "Common languages: %(what)s", len(reason.value)
    ) % {"what": what}


def dates(reason: Reason, language: str) -> str:
    begins, delivered = (day(one, language) for one in reason.value)
    return gettext("Time: from %(begins)s, delivery by %(delivered)s") % {
        "begins": begins,
        "delivered": delivered,
    }


def place(reason: Reason, language: str) -> str:
    ways, apart = reason.value
    where = names("service_place", ways, language)
    if apart is None:
        return gettext("Place: %(where)s") % {"where": where}
    return gettext("Place: %(where)s. Distance: %(distance)s") % {
        "where": where,
        "distance": kilometres(apart, language),
    }


def category(reason: Reason, language: str) -> str:
    what = vocabularies.label("service_category", reason.value, language)
    return gettext("Same category: %(what)s") % {"what": what}


def field(reason: Reason, language: str) -> str:
    return gettext("Same field: %(what)s") % {
        "what": vocabularies.label("field", reason.value, language)
    }


def words(reason: Reason, language: str) -> str:
    return gettext("Same words: %(what)s") % {"what": ", ".join(reason.value)}


def meaning(reason: Reason, language: str) -> str:
    return gettext("The texts are about the same")


def size(reason: Reason, language: str) -> str:
    return gettext("Size: %(wanted)s hours wanted, %(offered)s hours offered") % hours(
        reason.value, language
    )


def hours(value: tuple[int, int], language: str) -> dict[str, str]:
    wanted, offered = (number(one, language) for one in value)
    return {"wanted": wanted, "offered": offered}


def within_budget(reason: Reason, language: str) -> str:
    said = {"price": price(reason.value, language)}
    if reason.points < WHOLE:
        return gettext("Price: %(price)s") % said
    return gettext("Price within the budget: %(price)s") % said


def reviews(reason: Reason, language: str) -> str:
    rating, many = reason.value
    return ngettext(
        "Reviews: %(rating)s of 5 on average, from %(number)s client",
        "Reviews: %(rating)s of 5 on average, from %(number)s clients",
        many,
    ) % {"rating": number(rating, language), "number": many}


def verified(reason: Reason, language: str) -> str:
    return gettext("Verified organisation")


REASONS: dict[str, Callable[[Reason, str], str]] = {
    "languages": languages,
    "dates": dates,
    "place": place,
    "category": category,
    "field": field,
    "words": words,
    "meaning": meaning,
    "size": size,
    "price": within_budget,
    "reviews": reviews,
    "verified": verified,
}


# --- What would make it better ---


def deadline(weeks: int, language: str) -> str:
    return ngettext(
        "It would fit if the deadline were %(number)s week later.",
        "It would fit if the deadline were %(number)s weeks later.",
        weeks,
    ) % {"number": weeks}


def window(value: tuple, language: str) -> str:
    first, last = (day(one, language) for one in value)
    return gettext("It would fit if the learners had time between %(first)s and %(last)s.") % {
        "first": first,
        "last": last,
    }


def radius(value: tuple[int, int], language: str) -> str:
    wide, now = (kilometres(one, language) for one in value)
    return gettext("It would fit if the radius were %(wide)s instead of %(now)s.") % {
        "wide": wide,
        "now": now,
    }


def need_ways(value: tuple, language: str) -> str:
    return gettext("It would fit if the need also allowed: %(where)s.") % {
        "where": names("service_place", value[1], language)
    }


def service_ways(value: tuple, language: str) -> str:
    return gettext("It would fit if the service were also offered: %(where)s.") % {
        "where": names("service_place", value[0], language)
    }


def need_language(value: tuple, language: str) -> str:
    return gettext("It would fit if the need also took one of these languages: %(languages)s.") % {
        "languages": names("language", value[1], language)
    }


def service_language(value: tuple, language: str) -> str:
    return gettext(
        "It would fit if the service were also offered in one of these languages: %(languages)s."
    ) % {"languages": names("language", value[0], language)}


def above_budget(value: Any, language: str) -> str:
    return gettext(
        "The price is above the budget: %(price)s. It would fit with less work, or with a higher budget."
    ) % {"price": price(value, language)}


def other_size(value: tuple[int, int], language: str) -> str:
    return gettext(
        "The sizes differ: %(wanted)s hours wanted, %(offered)s hours offered. It would fit better with "
        "a part of the work, or with several orders."
    ) % hours(value, language)


def skills(value: tuple[str, ...], language: str) -> str:
    return gettext(
        "It would fit better if the need named skills of the service, such as: %(what)s."
    ) % {"what": ", ".join(value)}


def named_field(value: str, language: str) -> str:
    return gettext("It would fit better if the need named the field: %(what)s.") % {
        "what": vocabularies.label("field", value, language)
    }


def budget(value: None, language: str) -> str:
    return gettext("A budget in the need would show whether the price lies within it.")


def quote(value: None, language: str) -> str:
    return gettext("A price in the service would show whether it lies within the budget.")


def sooner(value: Any, language: str) -> str:
    return gettext(
        "It can begin on %(begins)s. A free place before that would let it begin sooner."
    ) % {"begins": day(value, language)}


def not_verified(value: None, language: str) -> str:
    return gettext("It would count for more if a desk had verified the organisation.")


def few_reviews(value: tuple[int, int], language: str) -> str:
    enough, now = (number(one, language) for one in value)
    return gettext(
        "Reviews of clients count from %(enough)s on. The organisation has this many: %(now)s."
    ) % {"enough": enough, "now": now}


BETTER: dict[str, Callable[[Any, str], str]] = {
    "deadline": deadline,
    "window": window,
    "radius": radius,
    "price": above_budget,
    "size": other_size,
    "skills": skills,
    "field": named_field,
    "budget": budget,
    "quote": quote,
    "sooner": sooner,
    "verified": not_verified,
    "reviews": few_reviews,
}
