"""How stories are read."""

from core.querysets import ItemQuerySet


class StoryQuerySet(ItemQuerySet):
    """Stories as the public sees them."""

    def published(self):
        return self.live()
