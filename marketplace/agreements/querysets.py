"""Who reads what two sides agree."""

from django.db.models import QuerySet


class SignedTextQuerySet(QuerySet):
    """Versions of agreements or evidence."""

    def visible_to(self, user):
        """Those of the deals that a person may see."""
        deals = self.model._meta.get_field("deal").related_model
        return self.filter(deal__in=deals.objects.visible_to(user))

    def whole(self):
        """With their signatures, both parties and what they came from."""
        return self.select_related("deal__provider", "deal__client").prefetch_related("signatures")

    def readable(self):
        """Those that say nothing which a moderator has hidden."""
        if any(field.name == "proposal" for field in self.model._meta.get_fields()):
            return self.filter(proposal__hidden=False)
        return self
