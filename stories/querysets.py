"""How stories are read."""

from django.db.models import Q

from core.querysets import ItemQuerySet


class StoryQuerySet(ItemQuerySet):
    """Stories as the public sees them, and as their authors do."""

    def published(self):
        return self.live()

    def visible_to(self, user):
        """What a person may see: what is public, and what they have begun."""
        return self.filter(Q(live=True) | Q(owner=user))

    def written_by(self, user):
        """What a person tells or has told: no translations, which belong to their translators."""
        return self.visible_to(user).sources().filter(owner=user)
