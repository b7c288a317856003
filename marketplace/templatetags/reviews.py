"""What readers see of the reviews of an organisation."""

from django import template
from django.utils.translation import get_language

from marketplace.reviews.models import Review
from marketplace.reviews.services import summary_for
from moderation import registry

register = template.Library()
MOST = 20  # on one page


@register.inclusion_tag("marketplace/reviews/of_organisation.html")
def reviews_of(organisation):
    """The latest reviews of a record with their figures; nothing where there are none. Two queries."""
    found = Review.objects.shown().of(organisation).select_related("deal__provider", "deal__client")
    reviews = [
        {
            "review": one,
            "by": (one.deal.provider if one.side == "provider" else one.deal.client).name,
            "report_url": registry.address("review", str(one.pk), get_language()),
        }
        for one in found.order_by("-shown_at", "-pk")[:MOST]
    ]
    return {
        "reviews": reviews,
        "summary": summary_for([organisation])[organisation.pk] if reviews else None,
    }
