"""Reviews guard their move of the deal; importing this is enough."""

from marketplace.reviews import services  # noqa: F401  (the guard registers itself)
