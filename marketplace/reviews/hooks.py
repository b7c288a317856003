"""Reviews guard their move of the deal; importing this is enough."""

from marketplace.reviews import services, tasks  # noqa: F401  (they register themselves)
