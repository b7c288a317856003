"""Demonstration services, with free places that begin so many days from now."""

import datetime

from django.utils import timezone

from core import items, markdown
from demo.items import Item
from demo.organisations import Profile
from demo.people import People
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.models import ServiceIndexPage, ServicePage

RICH = ("client_gets", "deliverables", "learning_outcomes", "skills", "quality", "past_work")
PLAIN = ("title", "slug", "result", "programme", "supervision", "liability", "price_note")
CODES = (
    "category",
    "field",
    "narrow_field",
    "eqf_level",
    "team_smallest",
    "team_largest",
    "hours",
    "lead_time",
    "place",
    "radius",
    "price_model",
    "price",
    "languages",
    "result_licence",
)


class Service(Item):
    """A service of a school with the weeks in which its learners are free."""

    section = "services"
    index = ServiceIndexPage
    model = ServicePage

    def values(self, code: str) -> dict:
        text, parts = self.text(code)
        facts = self.facts
        return {
            **{name: facts[name] for name in CODES if name in facts},
            **{name: text[name] for name in PLAIN},
            **{name: markdown.html(parts.get(name, "")) for name in RICH},
            "organisation": Profile(facts["organisation"]).ensure_record(),
            "methods": [
                str(items.shipped_key("methods", name)) for name in facts.get("methods", [])
            ],
            "terms": facts.get("terms", []),
            "demonstration": True,
        }

    def review(self, page: ServicePage, people: People) -> None:
        super().review(page, people)
        CapacityWindow.objects.bulk_create(self.windows(timezone.localdate()))

    def windows(self, today: datetime.date) -> list[CapacityWindow]:
        """Its free weeks as they lie on a day; each begins on a Monday."""
        found = []
        for window in self.facts["windows"]:
            starts = today + datetime.timedelta(days=window["from"])
            starts += datetime.timedelta(days=(1 - starts.isoweekday()) % 7)
            found.append(
                CapacityWindow(
                    service_key=self.key,
                    starts=starts,
                    ends=starts + datetime.timedelta(weeks=window["weeks"], days=-3),
                    **{name: window[name] for name in ("hours_a_week", "places", "taken")},
                )
            )
        return found
