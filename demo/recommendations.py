"""Demonstration recommendations: from text files to reviewed pages and recorded moves.

They go the way of people's recommendations: written, reviewed and translated like a story, then
moved from status to status by the same service as in the admin.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import TranslationSource

from core import markdown
from demo import stories
from demo.stories import People
from editorial import services as review
from guidelines import services
from guidelines.models import RecommendationIndexPage, RecommendationPage, Status

CONTENT = Path(settings.BASE_DIR) / "demo" / "content" / "recommendations"
RICH = ("problem", "rationale", "needs", "first_step", "dissent")
PLAIN = ("title", "slug", "recommendation", "addressed_to", "led_by")


@dataclass(frozen=True)
class Recommendation:
    """One item of the demonstration content: its facts and its texts by language."""

    name: str

    @property
    def facts(self) -> dict:
        return yaml.safe_load((CONTENT / self.name / "facts.yaml").read_text(encoding="utf-8"))

    @property
    def languages(self) -> list[str]:
        """The languages it is written in, the source first, limited to those of this portal."""
        found = sorted(path.stem for path in (CONTENT / self.name).glob("*.md"))
        found = [code for code in found if code in settings.CONTENT_LANGUAGES]
        return sorted(found, key=lambda code: code != self.facts["source"])

    @property
    def translation_key(self):
        return uuid5(NAMESPACE_URL, f"demonstration/recommendations/{self.name}")

    def values(self, code: str) -> dict:
        """The fields of a version, as the page model takes them."""
        text, body = markdown.read(CONTENT / self.name / f"{code}.md")
        parts = dict(markdown.sections(body))
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
                if both[0].get("story") in (None, *stories.names())
            ],
        }

    def piece(self, number: int, fact: dict, words: dict) -> dict:
        """A piece of evidence as stream data; its id is the same in every language."""
        if fact["kind"] == "story":
            value = {"story": str(stories.Story(fact["story"]).translation_key)}
        else:
            value = {
                "value": fact["value"],
                "on": fact["day"].isoformat(),
                "url": fact.get("url") or "",
            }
        return {
            "type": fact["kind"],
            "id": str(uuid5(NAMESPACE_URL, f"{self.name}/evidence/{number}")),
            "value": value | words,
        }


def names() -> list[str]:
    """The recommendations written in a language of this portal."""
    found = sorted(path.parent.name for path in CONTENT.glob("*/facts.yaml"))
    return [
        name for name in found if Recommendation(name).facts["source"] in settings.CONTENT_LANGUAGES
    ]


def is_loaded(name: str) -> bool:
    key = Recommendation(name).translation_key
    return RecommendationPage.objects.filter(translation_key=key).exists()


@transaction.atomic
def load(name: str, people: People) -> RecommendationPage | None:
    """Loads one recommendation with its stories, translations and moves; nothing if it is there."""
    recommendation = Recommendation(name)
    if is_loaded(name):
        return None
    for piece in recommendation.facts["evidence"]:
        if piece.get("story") in stories.names():
            stories.load(piece["story"], people)
    page = draft(recommendation, people)
    review.submit(page, people.editor)
    review.approve(page, people.reviewer)
    for code in recommendation.languages[1:]:
        translate(recommendation, page, code, people)
    page = RecommendationPage.objects.get(pk=page.pk)
    move_on(recommendation, page, people)
    return page


def draft(recommendation: Recommendation, people: People) -> RecommendationPage:
    """The source version as a draft."""
    facts = recommendation.facts
    index = RecommendationIndexPage.objects.get(locale__language_code=facts["source"])
    page = RecommendationPage(
        **recommendation.values(facts["source"]),
        locale=index.locale,
        translation_key=recommendation.translation_key,
        owner=people.editor,
        live=False,
    )
    if "published" in facts:
        page.first_published_at = timezone.make_aware(
            datetime.datetime.combine(facts["published"], datetime.time(9))
        )
    index.add_child(instance=page)
    page.save_revision(user=people.editor)
    return page


def translate(
    recommendation: Recommendation, page: RecommendationPage, code: str, people: People
) -> None:
    """A version in another language, filled in segment by segment, submitted and approved."""
    page = RecommendationPage.objects.get(pk=page.pk)
    (target,) = review.send_for_translation(page, [code], people.translator)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    version = RecommendationPage(**recommendation.values(code), locale=target.locale)
    stories.fill_in(recommendation.name, version, source, people.translator)
    review.submit(target, people.translator)
    review.approve(target, people.approver)
    RecommendationPage.objects.filter(pk=target.pk).update(
        first_published_at=page.first_published_at
    )


def move_on(recommendation: Recommendation, page: RecommendationPage, people: People) -> None:
    """Every move of the files, with its day; the last one sets the follow-up."""
    facts = recommendation.facts
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
