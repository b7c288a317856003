"""Demonstration recommendations, moved from status to status by the same service as in the admin."""

from core import markdown
from demo.items import Item
from demo.people import People
from demo.stories import Story
from guidelines import services
from guidelines.models import RecommendationIndexPage, RecommendationPage, Status

RICH = ("problem", "rationale", "needs", "first_step", "dissent")
PLAIN = ("title", "slug", "recommendation", "addressed_to", "led_by")


class Recommendation(Item):
    """A recommendation with the stories that are its evidence, and its moves."""

    section = "recommendations"
    index = RecommendationIndexPage
    model = RecommendationPage

    def values(self, code: str) -> dict:
        text, parts = self.text(code)
        facts = self.facts
        return {
            **{name: text[name] for name in PLAIN},
            **{name: markdown.html(parts.get(name, "")) for name in RICH},
            "theme": facts["theme"],
            "addressees": facts["addressees"],
            "answer_text": text.get("answer") or "",
            "demonstration": True,
            "evidence": [
                self.piece(number, *both)
                for number, both in enumerate(zip(facts["evidence"], text["evidence"], strict=True))
                if both[0].get("story") in (None, *Story.names())
            ],
        }

    def piece(self, number: int, fact: dict, words: dict) -> dict:
        """A piece of evidence as stream data; its id is the same in every language."""
        if fact["kind"] == "story":
            value = {"story": str(Story(fact["story"]).key)}
        else:
            value = {
                "value": fact["value"],
                "on": fact["day"].isoformat(),
                "url": fact.get("url") or "",
            }
        return {
            "type": fact["kind"],
            "id": self.block_id("evidence", number),
            "value": value | words,
        }

    def draft(self, people: People, **changed) -> RecommendationPage:
        """The draft after the stories that are its evidence."""
        for piece in self.facts["evidence"]:
            if piece.get("story") in Story.names():
                Story(piece["story"]).load(people)
        return super().draft(people, **changed)

    def review(self, page: RecommendationPage, people: People) -> None:
        super().review(page, people)
        self.move_on(self.model.objects.get(pk=page.pk), people)

    def move_on(self, page: RecommendationPage, people: People) -> None:
        """Every move of the files, with its day; the last one sets the follow-up."""
        facts = self.facts
        moves = facts.get("moves") or []
        for number, move in enumerate(moves, 1):
            answered = move["to"] == Status.ANSWERED
            services.move(
                page,
                move["to"],
                people.reviewer,
                move["day"],
                office=move["office"],
                answer=services.Answered(**facts["answer"]) if answered else None,
                follow_up_on=facts.get("follow_up_on") if number == len(moves) else None,
            )
