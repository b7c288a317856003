"""Which reviews are shown, and what they add up to."""

from django.db.models import Avg, Count, Q, QuerySet, Window
from django.db.models.functions import Coalesce
from django.utils import timezone

from marketplace.deals.states import PARTIES

FIGURES = {
    "number": Count("pk"),
    "mean": Avg("rating"),
    "on_time": Count("pk", filter=Q(on_time=True)),
    "again": Count("pk", filter=Q(would_again=True)),
}


class ReviewQuerySet(QuerySet):
    """Reviews of organisations."""

    def shown(self, now=None):
        """Those that readers see: both are in, or the time to write one is over."""
        return self.filter(shown_at__lte=now or timezone.now(), hidden=False)

    def visible_to(self, user):
        """What is shown, and what a person's own side has written."""
        deals = self.model._meta.get_field("deal").related_model.objects
        mine = Q()
        for side in PARTIES:
            mine |= Q(side=side, deal__in=deals.of(user, side))
        return self.filter(Q(pk__in=self.model.objects.shown().values("pk")) | mine)

    def of(self, organisation):
        """Those about a record and about the records that were merged into it."""
        return self.filter(Q(about=organisation) | Q(about__merged_into=organisation))

    def figures(self, organisations) -> list[dict]:
        """Number, mean and share on time of what is shown, by the record that counts today; one query."""
        keys = [one if isinstance(one, int) else one.pk for one in organisations]
        return list(
            self.shown()
            .filter(Q(about__in=keys) | Q(about__merged_into__in=keys))
            .annotate(record=Coalesce("about__merged_into", "about"))
            .order_by()
            .values("record")
            .annotate(**FIGURES)
        )

    def with_figures(self):
        """Each with the figures of all of them, as `figure_<name>`."""
        return self.annotate(**{f"figure_{name}": Window(one) for name, one in FIGURES.items()})
