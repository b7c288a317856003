"""How stories are read."""

from django.db.models import Q

from core.querysets import ItemQuerySet
from organisations.models import Organisation


class StoryQuerySet(ItemQuerySet):
    """Stories as the public sees them, and as their authors do."""

    def published(self):
        return self.live()

    def told_by(self, user):
        """What is a person's: begun by them, or of an organisation whose owner or editor they are."""
        return self.filter(theirs(user))

    def written_by(self, user):
        """What a person tells or has told: no translations, which belong to their translators."""
        return self.told_by(user).sources()


def theirs(user) -> Q:
    own = Organisation.objects.editable_by(user).values("pk")
    return Q(owner=user) | Q(organisation__in=own) | Q(organisation__merged_into__in=own)
