"""What the portal advises: recommendations with what became of them."""

from guidelines.models.proceedings import Answer, Move, Proceeding, Status
from guidelines.models.recommendations import RecommendationIndexPage, RecommendationPage

__all__ = [
    "Answer",
    "Move",
    "Proceeding",
    "RecommendationIndexPage",
    "RecommendationPage",
    "Status",
]
