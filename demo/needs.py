"""Demonstration needs, with deadlines so many days from now."""

import datetime

from django.utils import timezone

from core import markdown
from demo.items import Item
from demo.organisations import Profile
from demo.people import People
from marketplace.listings.confidential import NeedDetails
from marketplace.listings.models import NeedIndexPage, NeedPage

PLAIN = ("title", "slug", "outcome", "supervision", "requirements")
CODES = ("need_kind", "category", "field", "place", "radius", "budget", "hours", "languages")


class Need(Item):
    """A need of a company, an authority or a school, some with a part that is not public."""

    section = "needs"
    index = NeedIndexPage
    model = NeedPage

    def values(self, code: str) -> dict:
        text, parts = self.text(code)
        facts = self.facts
        today = timezone.localdate()
        return {
            **{name: facts[name] for name in CODES if name in facts},
            **{name: text[name] for name in PLAIN},
            "problem": markdown.html(parts["problem"]),
            "organisation": Profile(facts["organisation"]).ensure_record(),
            "entered_by_desk": Profile(facts["desk"]).ensure_record() if "desk" in facts else None,
            "starts": in_days(today, facts.get("starts_in")),
            "deadline": in_days(today, facts["deadline_in"]),
            "confidential": "confidential" in facts,
            "terms": facts.get("terms", []),
            "demonstration": True,
        }

    def review(self, page: NeedPage, people: People) -> None:
        super().review(page, people)
        if said := self.facts.get("confidential"):
            NeedDetails.objects.update_or_create(need_key=self.key, defaults={"text": said})


def in_days(today: datetime.date, days: int | None) -> datetime.date | None:
    return None if days is None else today + datetime.timedelta(days=days)
