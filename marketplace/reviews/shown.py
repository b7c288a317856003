"""What readers see of the reviews of an organisation, on its profile."""

from core.registry import ProfilePart, add_to_profile
from marketplace.reviews.models import Review
from marketplace.reviews.querysets import FIGURES
from marketplace.reviews.services import summary
from moderation import registry

MOST = 20  # on one page


def of_organisation(record, language: str) -> dict | None:
    """The latest reviews of a record with their figures; None where there are none. One query."""
    found = Review.objects.shown().of(record).with_figures().order_by("-shown_at", "-pk")[:MOST]
    found = list(found.select_related("deal__provider__merged_into", "deal__client__merged_into"))
    if not found:
        return None
    reviews = [
        {
            "review": one,
            "by": one.deal.organisation(one.side).name,
            "report_url": registry.address("review", str(one.pk), language),
            "reply_report_url": registry.address("reply", str(one.pk), language),
        }
        for one in found
    ]
    figures = {name: getattr(found[0], f"figure_{name}") for name in FIGURES}
    return {"reviews": reviews, "summary": summary(figures)}


add_to_profile(ProfilePart("marketplace/reviews/of_organisation.html", of_organisation))
