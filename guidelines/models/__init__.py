"""What the portal advises: the handbook, and recommendations with what became of them."""

from guidelines.models.handbook import ChapterPage, HandbookPage
from guidelines.models.proceedings import Answer, Move, Proceeding, Status
from guidelines.models.recommendations import RecommendationIndexPage, RecommendationPage

__all__ = [
    "Answer",
    "ChapterPage",
    "HandbookPage",
    "Move",
    "Proceeding",
    "RecommendationIndexPage",
    "RecommendationPage",
    "Status",
]
