"""What gives points to a need and a service that fit: each factor tells a share and what is said of it."""

from collections.abc import Callable
from typing import Any, Final

from marketplace.matching.skills import stems
from marketplace.matching.values import FIXED, FREE, MATERIALS_ONLY, QUOTE, Need, Service

# How many points each factor gives at most; together a hundred.
WEIGHTS: Final = {
    # Both named what the work is: the clearest thing that they say.
    "category": 25,
    # What the learners learn is what the need asks for.
    "field": 15,
    # Words of the skills that the need uses too.
    "words": 15,
    # What the texts mean, also across languages, where the portal can tell.
    "meaning": 15,
    # Learners' hours wanted and offered: far too small and far too large both end badly.
    "size": 10,
    # The price against the budget.
    "price": 10,
    # What earlier clients said. Few points, so that who is new is not shut out.
    "reviews": 5,
    # A desk has checked the organisation.
    "verified": 5,
}
ENOUGH_WORDS: Final = 5  # shared words that give all points
FEWEST_REVIEWS: Final = 5  # below, one opinion would weigh too much, and its author be known
MIDDLE, TOP = 3, 5  # ratings up to the middle give nothing, the top gives everything
MUCH_ALIKE, ALIKE = 0.75, 0.5  # the smaller number of hours as a share of the larger one


def category(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    return float(need.category == service.category), need.category


def field_of_education(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    return float(bool(need.field) and need.field == service.field), need.field


def words(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    offered, wanted = stems(service.text), stems(need.text)
    shared = sorted(offered[stem] for stem in offered.keys() & wanted.keys())
    return min(len(shared), ENOUGH_WORDS) / ENOUGH_WORDS, tuple(shared[:ENOUGH_WORDS])


def meaning(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    return min(max(alike, 0), 1), round(alike * 100)


def size(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    if not need.hours or not service.hours:
        return 0, None
    small, large = sorted((need.hours, service.hours))
    share = small / large
    worth = 1 if share >= MUCH_ALIKE else 0.5 if share >= ALIKE else 0
    return worth, (need.hours, service.hours)


def price(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    """A free service fits every budget; an unknown price or budget counts half."""
    said = (service.price_model, service.price if service.price_model == FIXED else None)
    if service.price_model == FREE:
        return 1, said
    if need.most is None:
        return 0.5, said
    if service.price_model == QUOTE:
        return 0.5 * (need.most > MATERIALS_ONLY), said
    asked = (service.price or 0) if service.price_model == FIXED else MATERIALS_ONLY
    return float(asked <= need.most), said


def reviews(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    if service.reviews < FEWEST_REVIEWS:
        return 0, None
    share = (service.rating - MIDDLE) / (TOP - MIDDLE)
    return min(max(share, 0), 1), (round(service.rating, 1), service.reviews)


def verified(need: Need, service: Service, alike: float) -> tuple[float, Any]:
    return float(service.verified), None


Factor = Callable[[Need, Service, float], tuple[float, Any]]
FACTORS: Final[dict[str, Factor]] = {
    "category": category,
    "field": field_of_education,
    "words": words,
    "meaning": meaning,
    "size": size,
    "price": price,
    "reviews": reviews,
    "verified": verified,
}

QUICK: Final = tuple((WEIGHTS[name], FACTORS[name]) for name in WEIGHTS if name != "words")


def score(need: Need, service: Service, alike: float = 0) -> int:
    """The points of all factors, 0 to 100. `alike` says how near the texts are in meaning, 0 to 1."""
    return quick_score(need, service, alike) + word_score(need, service)


def quick_score(need: Need, service: Service, alike: float = 0) -> int:
    """The points of all factors but the words, for which the texts would have to be read."""
    points = 0
    for weight, factor in QUICK:
        if share := factor(need, service, alike)[0]:
            points += round(weight * share)
    return points


def word_score(need: Need, service: Service) -> int:
    """The points of the words, at most their weight."""
    return round(WEIGHTS["words"] * words(need, service, 0)[0])
